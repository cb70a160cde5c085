import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, oneFailure, readCounts, summary } from '../../scripts/counts.ts';

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
    testResults: [],
  };
  await writeFile(path, JSON.stringify(report));
  return path;
}

test('counts what passed, failed and was skipped, and never a skipped one as passed', async () => {
  const counts = await readCounts(await reportOf(7, 2, 3), 1);
  expect(summary(counts)).toBe('7 passed, 2 failed, 3 skipped');
});

test('a run that ended badly without a failed test is a failure', async () => {
  expect(summary(await readCounts(await reportOf(7, 0), 1))).toMatch(/^7 passed, 1 failed$/m);
});

test('a run without any test is a failure', async () => {
  expect(summary(await readCounts(await reportOf(0, 0), 0))).toMatch(/^0 passed, 1 failed$/m);
});

test('a run that left no report, or a broken one, is a failure', async () => {
  const broken = join(dir, 'broken.json');
  await writeFile(broken, '{"numPassedTests":');
  for (const path of [join(dir, 'no-such-file.json'), broken]) {
    expect(summary(await readCounts(path, 0))).toMatch(/^0 passed, 1 failed$/m);
  }
});

test('the sum of all kinds', () => {
  const sum = add(
    { passed: 1, failed: 2, skipped: 3, failures: [] },
    { passed: 10, failed: 20, skipped: 30, failures: [] },
  );
  expect(summary(sum)).toBe('11 passed, 22 failed, 33 skipped');
});

test('names what failed, with how its message begins: a test, a file, a check', async () => {
  const path = join(dir, 'failures.json');
  const assertion = (fullName: string, failureMessages: string[]) => ({
    fullName,
    status: failureMessages.length > 0 ? 'failed' : 'passed',
    failureMessages,
  });
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      {
        name: join(process.cwd(), 'a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [assertion('works', []), assertion('fails', ['expected 1 to be 2'])],
      },
      {
        name: join(process.cwd(), 'b.test.ts'),
        status: 'failed',
        message: 'cannot be loaded',
        assertionResults: [],
      },
    ],
  };
  await writeFile(path, JSON.stringify(report));
  const counts = add(await readCounts(path, 1), oneFailure('types'));
  expect(counts.failures).toEqual([
    'a.test.ts: fails\n    expected 1 to be 2',
    'b.test.ts\n    cannot be loaded',
    'types',
  ]);
  expect(counts.failed).toBe(3);
  for (const failure of counts.failures) expect(summary(counts)).toContain(failure);
});
