import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

// The umask is a process's own, so each is tried in one.
const run = promisify(execFile);
const module = join(import.meta.dirname, '../../../main/files/private-files.ts');

async function printed(code: string): Promise<readonly string[]> {
  const script = `import { withInheritedUmask } from ${JSON.stringify(module)};
const umask = () => process.umask().toString(8);
${code}`;
  const line = 'umask 027; exec "$@"';
  const args = ['-c', line, 'sh', process.execPath, '--input-type=module-typescript', '-e', script];
  return (await run('sh', args)).stdout.trim().split('\n');
}

test('files are private from the start; what is started for the person gets their own umask', async () => {
  expect(
    await printed(`console.log(umask());
console.log(withInheritedUmask(umask));
console.log(umask());
const later = withInheritedUmask(async () => { await 0; return umask(); });
console.log(await later);
await 0;
console.log(umask());
try { withInheritedUmask(() => { throw new Error('no'); }); } catch {}
await withInheritedUmask(async () => { throw new Error('no'); }).catch(() => {});
await 0;
console.log(umask());`),
  ).toEqual(['77', '27', '77', '27', '77', '77']);
});
