/** Something that the machine lacks. Its message says what, and what to do about it. */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
}

/**
 * Checks names of a command line: a mistyped one would run nothing, and look like success.
 * @throws SetupProblem with all names if a given one isn't among them
 */
export function requireKnown(
  what: string,
  given: readonly string[],
  names: readonly string[],
): void {
  const unknown = given.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new SetupProblem(`No ${what} "${unknown}". There are: ${names.join(', ')}`);
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
