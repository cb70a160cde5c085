import { basename } from 'node:path';
import { packServer } from '../support/service/pack-server.ts';
import { runScript } from '../support/setup-problem.ts';

// `npm run package:server`: the server alone as an npm package, release/linkify-tray-server-VERSION.tgz.

runScript(async () => {
  const tarball = await packServer();
  console.log(`\nrelease/${basename(tarball)}`);
  return 0;
});
