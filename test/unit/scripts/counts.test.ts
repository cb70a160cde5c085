import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, readCounts, summary } from '../../scripts/counts.ts';

// The last line of `npm test` is only worth something if it cannot look green by accident.

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'counts-'));
});

afterAll(() => rm(dir, { recursive: true }));

async function reportOf(passed: number, failed: number, pending = 0): Promise<string> {
  const path = join(dir, `${passed}-${failed}-${pending}.json`);
  const report = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
  };
  await writeFile(path, JSON.stringify(report));
  return path;
}

test('counts what passed, failed and was skipped, and never a skipped one as passed', async () => {
  const counts = await readCounts(await reportOf(7, 2, 3), 1);
  expect(summary(counts)).toBe('7 passed, 2 failed, 3 skipped');
});

test('a run that ended badly without a failed test is a failure', async () => {
  expect(summary(await readCounts(await reportOf(7, 0), 1))).toBe('7 passed, 1 failed');
});

test('a run without any test is a failure', async () => {
  expect(summary(await readCounts(await reportOf(0, 0), 0))).toBe('0 passed, 1 failed');
});

test('a run that left no report, or a broken one, is a failure', async () => {
  const broken = join(dir, 'broken.json');
  await writeFile(broken, '{"numPassedTests":');
  for (const path of [join(dir, 'no-such-file.json'), broken]) {
    expect(summary(await readCounts(path, 0))).toBe('0 passed, 1 failed');
  }
});

test('the sum of all kinds', () => {
  const sum = add({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 });
  expect(summary(sum)).toBe('11 passed, 22 failed, 33 skipped');
});
