import { isAbsolute, resolve } from 'node:path';
import { isUsableToken, serviceUrlProblem } from '../settings/service-url.ts';
import { type Given, readArguments, unexpectedArgument } from './arguments.ts';
import {
  COMMANDS,
  type CommandName,
  type CommandSpec,
  commandEntries,
  isCommandName,
  type ProgramName,
} from './commands.ts';
import { type CommandLineAction, type Options, type Problem, problem } from './options.ts';
import { readCommand } from './read-command.ts';
import { isShareUrl, readShareUrl } from './share-url.ts';

export type CommandLine = { readonly ok: true; readonly options: Options } | Problem;

export interface CommandLineInput {
  /** As the process got it: the program first. */
  readonly argv: readonly string[];
  /** Where relative paths start; absent when that folder was deleted. */
  readonly cwd?: string | undefined;
  /** An unpackaged app is started as `electron [switches] app [arguments]`. */
  readonly packaged: boolean;
  /** Whether a file has this name, from `cwd` on; absent: none. */
  readonly isFile?: (name: string) => boolean;
  /** Absent: `linkify-tray`. `linkify` takes no switches of Chromium, and starts no app by itself. */
  readonly program?: ProgramName;
}

type Mutable<T> = { -readonly [Key in keyof T]?: T[Key] };

/**
 * Reads a command line: a command with its options, or the older flags (`--share FILE`). Switches of
 * Chromium and Electron (`--no-sandbox`) are passed over; one that looks like a slip of ours is
 * refused, as are files without a command. After `--share` a hyphen begins a switch of ours or
 * nothing: a shell writes whatever names `*` stands for there.
 * @param tokenFromEnv the server's token from `LINKIFY_TRAY_TOKEN`; the switch counts more
 */
export function parseCommandLine(input: CommandLineInput, tokenFromEnv?: string): CommandLine {
  const { cwd, isFile = () => false, program = 'linkify-tray' } = input;
  const found = readArguments(ownArguments(input), program, isFile);
  if (typeof found === 'string') return problem(found);
  const { flags, given, hasStdin, operands, switches } = found;
  const common = commonOptions(given, tokenFromEnv);
  if (typeof common === 'string') return problem(common);
  const has = (name: string): boolean => given.some((one) => one.name === name);

  const help = given.find(({ name }) => name === 'help' || name === 'version');
  if (help !== undefined) {
    const about = found.command === undefined ? {} : { command: found.command };
    const action =
      help.name === 'version'
        ? ({ kind: 'version' } as const)
        : ({ kind: 'help', ...about } as const);
    return { ok: true, options: { action, ...common, switches } };
  }
  if (flags.length > 1) {
    return problem(`${flags.map((flag) => `--${flag}`).join(' and ')} can't be used together.`);
  }
  const command = found.command ?? commandOfFlag(flags[0]);
  const wrong = misplacedOption(command, given);
  if (wrong !== undefined) return problem(wrong);
  if (command === undefined) {
    const asked = withoutCommand(operands, program, has('background'));
    if ('ok' in asked) return asked;
    return { ok: true, options: { action: asked, ...common, switches } };
  }
  const flagValue =
    flags[0] === command ? given.find(({ name }) => name === command)?.value : undefined;
  const asked = readCommand({
    command,
    flag: flags[0],
    given,
    hasStdin,
    operands: flagValue === undefined || command === 'share' ? operands : [flagValue, ...operands],
    cwd,
  });
  if (!asked.ok) return asked;
  return { ok: true, options: { ...asked.value, ...common, switches } };
}

/** What is asked for without a command: a share URL, or a start of the app. */
function withoutCommand(
  operands: readonly string[],
  program: ProgramName,
  isInBackground: boolean,
): CommandLineAction | Problem {
  const [operand] = operands;
  if (operand === undefined) {
    if (program === 'linkify') return { kind: 'help' };
    return isInBackground ? { kind: 'start', background: true } : { kind: 'start' };
  }
  if (operands.length > 1 || !isShareUrl(operand)) return problem(unexpectedArgument(operand));
  const url = readShareUrl(operand);
  return url.ok ? { kind: 'share-text', text: url.text } : url;
}

/** Takes away the program and, where it is not packaged, the app's folder. */
function ownArguments({ argv, packaged }: CommandLineInput): readonly string[] {
  const args = argv.slice(1);
  if (packaged) return args;
  const folder = args.findIndex((arg) => !arg.startsWith('-'));
  return folder < 0 ? args : args.toSpliced(folder, 1);
}

function commandOfFlag(flag: string | undefined): CommandName | undefined {
  if (flag === 'share-clipboard') return 'share';
  return flag !== undefined && isCommandName(flag) ? flag : undefined;
}

/** What is wrong with where an option stands; `undefined`: nothing. */
function misplacedOption(
  command: CommandName | undefined,
  given: readonly Given[],
): string | undefined {
  const spec: CommandSpec | undefined = command === undefined ? undefined : COMMANDS[command];
  const allowed: readonly string[] = spec?.options ?? [];
  const once = new Set<string>();
  for (const { name } of given) {
    if (once.has(name) && name !== 'share') return `--${name} can only be used once.`;
    once.add(name);
    // It means nothing elsewhere, and every command took it once.
    if (name === 'no-wait' || allowed.includes(name)) continue;
    const owners = commandEntries.filter(([, { options }]) =>
      options.some((option) => option === name),
    );
    const names = owners.map(([owner]) => owner).join(', ');
    if (names !== '') return `--${name} is an option of ${names}.`;
  }
  return undefined;
}

/** Options of every command. @returns what is wrong with them, if anything */
function commonOptions(
  given: readonly Given[],
  tokenFromEnv: string | undefined,
): Mutable<Options> | string {
  const options: Mutable<Options> = {};
  const token = given.find(({ name }) => name === 'service-token')?.value ?? tokenFromEnv;
  if (token) {
    if (!isUsableToken(token)) return "The token can't contain spaces.";
    options.serviceToken = token;
  }
  for (const { name, value = '' } of given) {
    switch (name) {
      case 'service-url': {
        const wrong = serviceUrlProblem(value);
        if (wrong !== undefined) return wrong;
        options.serviceUrl = value;
        break;
      }
      case 'user-data-dir':
        // A relative one could be a folder that came with somebody's archive.
        if (!isAbsolute(value)) return '--user-data-dir requires an absolute path.';
        options.userDataDir = resolve(value);
        break;
      case 'no-wait':
        options.noWait = true;
        break;
      case 'json':
        options.json = true;
        break;
      case 'quiet':
        options.quiet = true;
        break;
    }
  }
  return options;
}
