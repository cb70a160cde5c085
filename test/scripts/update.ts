import { runScript, SetupProblem } from '../support/setup-problem.ts';
import { buildVersions } from '../support/updates/build-versions.ts';
import { BROKEN_CASES, UPDATE_CASES } from '../support/updates/cases.ts';
import { startUpdateServer } from '../support/updates/update-server.ts';
import { ensureSessionPackages } from '../support/updates/user-session.ts';
import { buildIfNeeded } from './build.ts';

// `npm run test:update [-- NAME...]`: builds AppImages of several versions and updates between them
// from a server on this computer, as an ordinary user with Chromium's sandbox. Needs root, to become
// that user. With names: the cases whose names contain one of them.

runScript(async () => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new SetupProblem('Run it as root on Linux: it becomes an ordinary user.');
  }
  await ensureSessionPackages();
  if ((await buildIfNeeded()) !== 0) return 1;
  const server = await startUpdateServer();
  const names = process.argv.slice(2);
  const cases = [...UPDATE_CASES, ...BROKEN_CASES].filter(
    ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
  );
  const failed: string[] = [];
  try {
    const versions = await buildVersions(server.url);
    for (const { name, run } of cases) {
      const startedMs = performance.now();
      try {
        server.cutAfter = undefined;
        server.files.clear();
        server.sentBytes = 0;
        const note = await run({ server, versions });
        const seconds = Math.round((performance.now() - startedMs) / 1000);
        console.log(`ok      ${name} (${seconds} s)${note === undefined ? '' : `: ${note}`}`);
      } catch (error) {
        failed.push(name);
        console.log(`FAILED  ${name}:`, error);
      }
    }
  } finally {
    server.close();
  }
  console.log(`${cases.length - failed.length} of ${cases.length} cases passed`);
  return failed.length === 0 && cases.length > 0 ? 0 : 1;
});
