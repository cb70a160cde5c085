import {
  COMMANDS,
  type CommandName,
  commandEntries,
  isCommandName,
  OPTIONS,
  type OptionSpec,
  optionOf,
  optionOfLetter,
  type ProgramName,
} from './commands.ts';
import { nearestName } from './nearest-name.ts';

/** An option of ours, or the flag of a command. */
export interface Given {
  readonly name: string;
  readonly value?: string;
}

/** The arguments of a command line, sorted. */
export interface Found {
  /** The command; absent: flags say what to do, or nothing does. */
  readonly command?: CommandName;
  /** The flags that stand for commands, such as `share` for `--share`, each once. */
  readonly flags: readonly string[];
  readonly given: readonly Given[];
  readonly operands: readonly string[];
  /** Whether `-` was among the operands. */
  readonly hasStdin: boolean;
  /** Switches that are not ours. */
  readonly switches: readonly string[];
}

/** What the flag of a command takes. */
const FLAGS: ReadonlyMap<string, 'none' | 'one' | 'files'> = new Map([
  ...commandEntries.flatMap(([, { alias }]) =>
    alias === undefined ? [] : [[alias.name, alias.value ?? 'none'] as const],
  ),
  ['share-clipboard', 'none'] as const,
]);

/**
 * Sorts arguments by the tables of commands and options.
 * @param isFile whether a file has this name: after `share`, a name that a shell put for `*` must not
 *   act as an option
 * @returns a sentence where that can't be done
 */
export function readArguments(
  args: readonly string[],
  program: ProgramName,
  isFile: (name: string) => boolean,
): Found | string {
  const reader = new Reader(program, isFile);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--') return reader.found(args.slice(index + 1));
    const taken = reader.read(arg, args[index + 1]);
    if (typeof taken === 'string') return taken;
    index += taken;
  }
  return reader.found([]);
}

class Reader {
  readonly #program: ProgramName;
  readonly #isFile: (name: string) => boolean;
  readonly #given: Given[] = [];
  readonly #flags = new Set<string>();
  readonly #operands: string[] = [];
  readonly #switches: string[] = [];
  #command: CommandName | undefined;
  #hasStdin = false;

  constructor(program: ProgramName, isFile: (name: string) => boolean) {
    this.#program = program;
    this.#isFile = isFile;
  }

  found(rest: readonly string[]): Found {
    const command = this.#command;
    return {
      ...(command === undefined ? {} : { command }),
      flags: [...this.#flags],
      given: this.#given,
      operands: [...this.#operands, ...rest],
      hasStdin: this.#hasStdin,
      switches: this.#switches,
    };
  }

  /** @returns how many of the following arguments it took, or what is wrong */
  read(arg: string, next: string | undefined): 0 | 1 | string {
    const isShare = this.#command === 'share' || this.#isAfterShareFlag;
    if (isShare && arg.startsWith('-') && this.#isFile(arg)) {
      return `"${shown(arg)}" is a file here. Put -- before file names that start with a hyphen.`;
    }
    if (arg === '-' && this.#command !== undefined) {
      if (this.#hasStdin) return '- can only be used once.';
      this.#hasStdin = true;
      return 0;
    }
    if (!arg.startsWith('-')) {
      const isFirst = this.#operands.length === 0 && this.#flags.size === 0;
      if (this.#command === undefined && isFirst && isCommandName(arg)) this.#command = arg;
      else this.#operands.push(arg);
      return 0;
    }
    const [name, value] = nameAndValue(arg);
    const flag = this.#command === undefined ? FLAGS.get(name) : undefined;
    if (flag !== undefined) return this.#readFlag(arg, name, flag, value, next);
    const option = optionOf(name);
    return option === undefined
      ? this.#readUnknown(arg, name)
      : this.#readOption(arg, name, option, value, next);
  }

  /** Whether names of files may follow, also names that look like options. */
  get #isAfterShareFlag(): boolean {
    return this.#flags.has('share');
  }

  #readFlag(
    arg: string,
    name: string,
    takes: 'none' | 'one' | 'files',
    value: string | undefined,
    next: string | undefined,
  ): 0 | 1 | string {
    if (takes === 'files') {
      // A file can have this name, and a shell expands `*` to it. For a file named `--share=..` the
      // value would be the parent folder.
      if (this.#isAfterShareFlag && value !== undefined) return hyphenProblem(arg);
      this.#flags.add(name);
      this.#given.push({ name });
      if (value !== undefined) this.#operands.push(value);
      return 0;
    }
    this.#flags.add(name);
    return this.#add(arg, name, takes === 'one', value, next);
  }

  #readOption(
    arg: string,
    name: string,
    option: OptionSpec,
    value: string | undefined,
    next: string | undefined,
  ): 0 | 1 | string {
    if (name === 'password' && value !== undefined) {
      return 'Other users can see command lines. Use --password without a value, or --password-file.';
    }
    return this.#add(arg, name, option.value !== undefined, value, next, option.isAfterFiles);
  }

  #add(
    arg: string,
    name: string,
    takesValue: boolean,
    value: string | undefined,
    next: string | undefined,
    isAfterFiles = false,
  ): 0 | 1 | string {
    if (!takesValue) {
      if (value !== undefined) return `--${name} doesn't take a value.`;
      this.#given.push({ name });
      return 0;
    }
    // A file can be named like this, too.
    if (this.#isAfterShareFlag && !isAfterFiles) return hyphenProblem(arg);
    if (value !== undefined) {
      this.#given.push({ name, value });
      return 0;
    }
    if (next === undefined || next.startsWith('-')) return `--${name} requires a value.`;
    this.#given.push({ name, value: next });
    return 1;
  }

  #readUnknown(arg: string, name: string): 0 | string {
    if (this.#isAfterShareFlag) return hyphenProblem(arg);
    const isStrict = this.#command !== undefined || this.#program === 'linkify';
    const names = [...Object.keys(OPTIONS), ...(this.#command === undefined ? FLAGS.keys() : [])];
    const meant = nearestName(name, names);
    if (meant !== undefined) return `Unknown option --${shown(name)}. Did you mean --${meant}?`;
    // macOS gives `-psn_0_123` to an app that was opened by a double click.
    if (isStrict || (name === '' && !arg.startsWith('-psn_'))) {
      const hint = this.#command === 'share' ? ' Put -- before file names with a hyphen.' : '';
      return `Unknown option "${shown(arg)}".${hint}`;
    }
    this.#switches.push(arg);
    return 0;
  }
}

/** The name of an option, and its value after an equals sign. The name is empty for no option. */
function nameAndValue(arg: string): readonly [name: string, value?: string] {
  const letter = /^-([a-z])$/.exec(arg)?.[1];
  if (letter !== undefined) return [optionOfLetter(letter) ?? ''];
  const [, name, value] = /^--([A-Za-z0-9][\w.-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
  if (name === undefined) return [''];
  return value === undefined ? [name] : [name, value];
}

function hyphenProblem(arg: string): string {
  return `"${shown(arg)}" can't follow --share. Put -- before file names that start with a hyphen, and other options before --share.`;
}

/** Someone's argument in a sentence: short, and without control characters. */
export function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 80);
}

/** What is said about an argument that no command takes. */
export function unexpectedArgument(operand: string): string {
  const name = shown(operand);
  const meant = nearestName(name, Object.keys(COMMANDS));
  return meant === undefined
    ? `Unexpected argument "${name}". To share a file, use: share ${name}.`
    : `Unknown command "${name}". Did you mean ${meant}?`;
}
