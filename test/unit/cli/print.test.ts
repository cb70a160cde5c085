import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { expect, test } from 'vitest';

const program = `
import { print } from ${JSON.stringify(new URL('../../../main/cli/print.ts', import.meta.url).href)};
const code = await print(process.stdout, 'x'.repeat(1_000_000));
process.exit(code);
`;

const run = (stdout: 'pipe' | number) =>
  spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', stdout, 'pipe'],
  });
const ended = (child: ReturnType<typeof run>): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', resolve));

test('a reader that takes its time gets everything', async () => {
  const child = run('pipe');
  const exit = ended(child);
  let size = 0;
  for await (const chunk of child.stdout ?? []) {
    size += (chunk as Buffer).length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(size).toBe(1_000_000);
  expect(await exit).toBe(0);
});

test('a reader that wants no more ends the command quietly', async () => {
  const child = run('pipe');
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await ended(child)).toBe(0);
  expect(errors).toBe('');
});

test('a full disk behind stdout fails the command', async () => {
  const full = await open('/dev/full', 'w');
  expect(await ended(run(full.fd))).toBe(1);
  await full.close();
});
