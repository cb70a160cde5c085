/** Something that the machine lacks. Its message says what, and what to do about it. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
}

/** Runs a script's main function; a lack is told in plain words, any other error with its stack. */
export function runScript(main: () => Promise<number>): void {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof SetupProblem ? `\n${error.message}` : error);
      process.exit(1);
    },
  );
}
