/** One connection or permission that the server needs. */
export interface Check {
  /** What is checked, such as `contents: write`. */
  readonly name: string;
  /** @throws CheckError with what to do; any other error as it is */
  run(): Promise<void>;
}

/** Why a check failed, and what helps: a sentence or two for the person who sets up the server. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}

/**
 * Runs checks in turn, and prints a line for each. After one that failed, the rest of its group is
 * skipped: it would fail for the same reason.
 * @param groups independent of each other, such as the database and the contents
 * @returns whether all passed
 */
export async function runChecks(
  groups: readonly (readonly Check[])[],
  print: (line: string) => void,
): Promise<boolean> {
  let passed = true;
  for (const checks of groups) {
    for (const { name, run } of checks) {
      try {
        await run();
        print(`ok      ${name}`);
      } catch (error) {
        passed = false;
        print(`failed  ${name}`);
        print(`        ${error instanceof CheckError ? error.message : String(error)}`);
        break;
      }
    }
  }
  return passed;
}
