import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import * as v from 'valibot';

/** How many tests there were, over all kinds. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failure with its file, its name and how its message begins. */
  readonly failures: readonly string[];
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function oneFailure(what: string): Counts {
  return { passed: 0, failed: 1, skipped: 0, failures: [what] };
}

/** Lines of a failure's message that are repeated at the end. */
const MESSAGE_LINES = 8;

const FileReport = v.object({
  name: v.string(),
  status: v.string(),
  message: v.string(),
  assertionResults: v.array(
    v.object({
      fullName: v.string(),
      status: v.string(),
      failureMessages: v.nullish(v.array(v.string()), []),
    }),
  ),
});

const Report = v.object({
  testResults: v.array(FileReport),
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
});

/**
 * Reads a test run's JSON report. A run that failed without a failed test (a file that could not
 * be loaded, an error outside any test, no report at all) counts as one failure.
 */
export async function readCounts(reportPath: string, exitCode: number): Promise<Counts> {
  const counts = await readFile(reportPath, 'utf8')
    .then(toCounts)
    .catch(() => NONE);
  const silent = counts.failed === 0 && (exitCode !== 0 || counts.passed === 0);
  if (!silent) return counts;
  const failures = counts.failures.length > 0 ? counts.failures : ['the run itself: see above'];
  return { ...counts, failed: 1, failures };
}

function toCounts(text: string): Counts {
  const report = v.parse(Report, JSON.parse(text));
  const failures = report.testResults.flatMap(failuresOf);
  return {
    passed: report.numPassedTests,
    // A file that could not be loaded has no tests that failed.
    failed: Math.max(report.numFailedTests, failures.length),
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

function failuresOf(file: v.InferOutput<typeof FileReport>): string[] {
  const path = relative(process.cwd(), file.name);
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0) return file.status === 'failed' ? [describe(path, file.message)] : [];
  return failed.map((test) =>
    describe(`${path}: ${test.fullName}`, test.failureMessages?.join('\n') ?? ''),
  );
}

function describe(what: string, message: string): string {
  const own = message.split('\n').filter((line) => !line.includes('node_modules/'));
  const lines = own.slice(0, MESSAGE_LINES);
  return [what, ...lines.map((line) => `    ${line}`)].join('\n');
}

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** What a test run ends with: its failures, so that nobody has to search, and one line of counts. */
export function summary({ passed, failed, skipped, failures }: Counts): string {
  const list = failures.map((failure) => `FAILED ${failure}\n\n`).join('');
  return `${list}${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
