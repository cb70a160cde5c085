import { join } from 'node:path';
import { packServer } from '../support/service/pack-server.ts';
import { runScript } from '../support/setup-problem.ts';

// `npm run package:server [-- FOLDER]`: the server alone as an npm package,
// release/linkify-tray-server-VERSION.tgz, or in another folder.

runScript(async () => {
  const folder = process.argv[2] ?? join(import.meta.dirname, '../../release');
  console.log(`\n${await packServer(folder)}`);
  return 0;
});
