import { readFile } from 'node:fs/promises';
import * as v from 'valibot';

/** How many tests there were, over all kinds. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

const Report = v.object({
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
  return silent ? { ...counts, failed: 1 } : counts;
}

function toCounts(text: string): Counts {
  const report = v.parse(Report, JSON.parse(text));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export function add(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** The one line that a test run ends with. */
export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
