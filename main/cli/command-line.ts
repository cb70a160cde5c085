import { isAbsolute, resolve } from 'node:path';
import { isFileUri } from '../clipboard/file-list.ts';
import { isUsableToken, serviceUrlProblem } from '../settings/service-url.ts';
import { type Given, readArguments, shown } from './arguments.ts';
import {
  COMMANDS,
  type CommandName,
  type CommandSpec,
  commandEntries,
  isCommandName,
  type ProgramName,
  SHELLS,
  type Shell,
} from './commands.ts';
import { nearestName } from './nearest-name.ts';
import type { AppCommand } from './protocol.ts';
import { shareOptionsOf } from './share-switches.ts';
import { isShareUrl, readShareUrl } from './share-url.ts';

/** What one start is asked to do. */
export type CommandLineAction =
  /** `background`: without a window, also when the app is running already. */
  | { readonly kind: 'start'; readonly background?: true }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'completion'; readonly shell: Shell }
  | AppCommand;

export interface Options {
  readonly action: CommandLineAction;
  /** Whether the result is printed as JSON. */
  readonly json?: true;
  /** Whether no progress is shown. */
  readonly quiet?: true;
  /** Whether the command ends once the app has it, before there is a result. */
  readonly noWait?: true;
  /** Where the password of the new link comes from: the terminal, or the first line of a file. */
  readonly password?: 'terminal' | { readonly file: string };
  /** The value of a setting is asked for on the terminal, or read from a pipe. */
  readonly readsValue?: true;
  /** The server to use instead of the one in the settings: http(s), http on this computer only. */
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
  /** The profile folder, absolute. */
  readonly userDataDir?: string;
  /** Switches that are not ours, for Chromium and Electron: a start of the app passes them on. */
  readonly switches: readonly string[];
}

export type CommandLine =
  | { readonly ok: true; readonly options: Options }
  /** What is wrong with it, in a sentence for a person. */
  | { readonly ok: false; readonly sentence: string };

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

type Problem = Extract<CommandLine, { readonly ok: false }>;
type Parsed<T> = { readonly ok: true; readonly value: T } | Problem;
type Mutable<T> = { -readonly [Key in keyof T]?: T[Key] };

const problem = (sentence: string): Problem => ({ ok: false, sentence });

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
    const [operand = ''] = operands;
    if (operands.length === 1 && isShareUrl(operand)) {
      const url = readShareUrl(operand);
      if (!url.ok) return url;
      return {
        ok: true,
        options: { action: { kind: 'share-text', text: url.text }, ...common, switches },
      };
    }
    if (operands.length > 0) return problem(unexpected(operands[0] ?? ''));
    const start = has('background') ? ({ background: true } as const) : {};
    const action =
      program === 'linkify' ? ({ kind: 'help' } as const) : ({ kind: 'start', ...start } as const);
    return { ok: true, options: { action, ...common, switches } };
  }
  const flagValue =
    flags[0] === command ? given.find(({ name }) => name === command)?.value : undefined;
  const asked = actionOf({
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

function unexpected(operand: string): string {
  const name = shown(operand);
  const meant = nearestName(name, Object.keys(COMMANDS));
  return meant === undefined
    ? `Unexpected argument "${name}". To share a file, use: share ${name}.`
    : `Unknown command "${name}". Did you mean ${meant}?`;
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

interface Asked {
  readonly command: CommandName;
  /** The flag that stands for the command, if there was one. */
  readonly flag: string | undefined;
  readonly given: readonly Given[];
  readonly operands: readonly string[];
  /** Whether `-` was among the files. */
  readonly hasStdin: boolean;
  readonly cwd: string | undefined;
}

type Action = Pick<Options, 'action' | 'password' | 'readsValue'>;

function actionOf(asked: Asked): Parsed<Action> {
  const { command, flag, operands } = asked;
  if (command === 'share') return shareAction(asked);
  const { count, operands: usage }: CommandSpec = COMMANDS[command];
  const name = flag === undefined ? command : `--${flag}`;
  if (operands.length < count[0]) return problem(`${name} requires: ${usage}.`);
  if (operands.length > count[1]) {
    return problem(`Unexpected argument "${shown(operands[count[1]] ?? '')}".`);
  }
  const [first] = operands;
  const action = (value: CommandLineAction): Parsed<Action> => ({
    ok: true,
    value: { action: value },
  });
  switch (command) {
    case 'copy':
    case 'open':
    case 'revoke': {
      // A revoke has one: the table says so.
      if (first === undefined) return action({ kind: command === 'open' ? 'open' : 'copy' });
      if (first === '' || first.length > 2_048) {
        return problem(`${name} requires a link. Run list to see them.`);
      }
      return action({ kind: command, link: first });
    }
    case 'completion': {
      const shell = SHELLS.find((one) => one === first);
      return shell === undefined
        ? problem(`completion requires one of: ${SHELLS.join(', ')}.`)
        : action({ kind: 'completion', shell });
    }
    case 'settings':
      return settingsAction(operands);
    default:
      return action({ kind: command });
  }
}

function settingsAction(operands: readonly string[]): Parsed<Action> {
  const [verb, name, value] = operands;
  const action = (asked: CommandLineAction): Parsed<Action> => ({
    ok: true,
    value: { action: asked },
  });
  switch (verb) {
    case undefined:
      return action({ kind: 'settings' });
    case 'get':
      if (value !== undefined) return problem(`Unexpected argument "${shown(value)}".`);
      return action({ kind: 'get-settings', ...(name === undefined ? {} : { name }) });
    case 'set': {
      if (name === undefined) return problem('settings set requires a name and a value.');
      if (name !== 'serviceToken') {
        return value === undefined
          ? problem('settings set requires a name and a value.')
          : action({ kind: 'set-setting', name, value });
      }
      if (value !== undefined) {
        return problem(
          'Other users can see command lines. Leave the token out, and enter it when you are asked.',
        );
      }
      return {
        ok: true,
        value: { action: { kind: 'set-setting', name, value: '' }, readsValue: true },
      };
    }
    default:
      return problem(`Unknown argument "${shown(verb)}". Use settings get or settings set.`);
  }
}

const NO_FOLDER =
  'The current folder no longer exists. Use absolute paths, or change to another folder.';

function shareAction({ cwd, flag, given, hasStdin, operands }: Asked): Parsed<Action> {
  const value = (name: string): string | undefined => given.find((one) => one.name === name)?.value;
  const has = (name: string): boolean => given.some((one) => one.name === name);
  const options = shareOptionsOf(given);
  if (typeof options === 'string') return problem(options);
  const name = value('name');
  if (name !== undefined && (name.trim() === '' || name.length > 200)) {
    return problem('--name requires 1 to 200 characters.');
  }
  const file = value('password-file');
  if (file !== undefined && has('password')) {
    return problem("--password and --password-file can't be used together.");
  }
  const passwordFile = file === undefined ? undefined : absolute([file], cwd)?.[0];
  if (file !== undefined && passwordFile === undefined) return problem(NO_FOLDER);
  const password = has('password')
    ? ({ password: 'terminal' } as const)
    : passwordFile === undefined
      ? {}
      : { password: { file: passwordFile } };
  const rest = {
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(name === undefined ? {} : { name }),
  };
  const action = (asked: CommandLineAction): Parsed<Action> => ({
    ok: true,
    value: { action: asked, ...password },
  });

  const isClipboard = has('clipboard') || flag === 'share-clipboard';
  if ([isClipboard, hasStdin, operands.length > 0].filter(Boolean).length > 1) {
    const [operand] = operands;
    return flag === 'share-clipboard' && operand !== undefined
      ? problem(unexpected(operand))
      : problem("Files, - and the clipboard can't be shared together.");
  }
  if (isClipboard) return action({ kind: 'share-clipboard', ...rest });
  if (hasStdin) return action({ kind: 'share-content', ...rest });
  if (operands.some((one) => one === '')) return problem('A file name is empty.');
  if (operands.length === 0) {
    return problem(
      flag === undefined
        ? 'share requires files, - for stdin, or --clipboard.'
        : '--share requires at least one file.',
    );
  }
  const paths = absoluteFiles(operands, cwd);
  return paths === undefined ? problem(NO_FOLDER) : action({ kind: 'share-files', paths, ...rest });
}

/** Absolute paths; `undefined` when one is relative and there is no folder that it starts in. */
function absolute(
  paths: readonly string[],
  cwd: string | undefined,
): readonly string[] | undefined {
  if (cwd !== undefined) return paths.map((path) => resolve(cwd, path));
  return paths.every(isAbsolute) ? paths.map((path) => resolve(path)) : undefined;
}

/** The same for files, of which some may be URIs: those are absolute. */
function absoluteFiles(
  files: readonly string[],
  cwd: string | undefined,
): readonly string[] | undefined {
  const paths = files.map((file) => (isFileUri(file) ? [file] : absolute([file], cwd)));
  return paths.every((path) => path !== undefined) ? paths.flat() : undefined;
}
