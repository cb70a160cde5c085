import { isAbsolute, resolve } from 'node:path';
import * as v from 'valibot';
import { isFileUri } from '../clipboard/file-list.ts';
import { isUsableToken, serviceUrlProblem } from '../settings/service-url.ts';
import { type ShareOptions, shareOptionsSchema } from '../share-options.ts';
import { nearestName } from './nearest-name.ts';

/** What one start of the app is asked to do. */
export type CommandLineAction =
  /** `background`: without a window, also when the app is running already. */
  | { readonly kind: 'start'; readonly background?: true }
  | { readonly kind: 'share-clipboard'; readonly options?: ShareOptions }
  /** Absolute paths and URIs of files, at least one. */
  | {
      readonly kind: 'share-files';
      readonly paths: readonly string[];
      readonly options?: ShareOptions;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'copy'; readonly id: string }
  | { readonly kind: 'revoke'; readonly id: string }
  | { readonly kind: 'settings' }
  | { readonly kind: 'quit' }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export interface Options {
  readonly action: CommandLineAction;
  /** Whether the command ends once the app has it, before there is a result. */
  readonly noWait?: true;
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

/** What the running app answers to a command line. */
export interface CommandAnswer {
  /** 0 done, 1 failed, 2 invalid command line, 3 not shared yet. */
  readonly code: 0 | 1 | 2 | 3;
  /** For stdout, with its line ends, such as a link. */
  readonly out?: string;
  /** One line for stderr. */
  readonly error?: string;
}

export interface CommandLineInput {
  /** As the process got it: the program first. */
  readonly argv: readonly string[];
  /** Where relative paths start; absent when that folder was deleted. */
  readonly cwd?: string | undefined;
  /** An unpackaged app is started as `electron [switches] app [arguments]`. */
  readonly packaged: boolean;
}

export const HELP = `Linkify Tray: copy anything, press the shortcut, paste a link.

Usage:
  linkify-tray                      Start the app, or show it if it's running
  linkify-tray --share-clipboard    Share the clipboard and print the link
  linkify-tray --share FILE...      Share files (several become one collection)
  linkify-tray --list               List recent links
  linkify-tray --copy ID            Copy a recent link
  linkify-tray --revoke ID          Revoke a link
  linkify-tray --settings           Open Settings
  linkify-tray --quit               Quit the running app

Options:
  --max-opens N            End the new link after N opens, 1 to 1000 (before --share)
  --no-wait                Don't wait for the result, and print no link
  --background             Start the app without showing a window
  --service-url URL        Use this server instead of the one in Settings
  --service-token TOKEN    Access token for --service-url; other users can see it in the list of
                           processes, so prefer the variable LINKIFY_TRAY_TOKEN
  --user-data-dir DIR      Store settings, links, and content in DIR (an absolute path)
  -h, --help               Show this help
  --version                Show the version

Put -- before file names that start with a hyphen.

Exit codes: 0 done, 1 failed, 2 invalid command line, 3 not shared yet
(the app has a question, or sends it later). Messages go to stderr.`;

type Value = 'none' | 'one' | 'files';

/** Switches that set a share option, whose value its schema checks. */
const SHARE_SWITCHES: Readonly<
  Record<string, { readonly option: keyof ShareOptions; readonly expects: string }>
> = {
  'max-opens': { option: 'maxOpens', expects: 'a number from 1 to 1000' },
};

/** Every switch of ours, and what it takes. */
const SWITCHES: Readonly<Record<string, Value>> = {
  'share-clipboard': 'none',
  share: 'files',
  list: 'none',
  copy: 'one',
  revoke: 'one',
  settings: 'none',
  quit: 'none',
  help: 'none',
  version: 'none',
  background: 'none',
  'no-wait': 'none',
  'service-url': 'one',
  'service-token': 'one',
  'user-data-dir': 'one',
  ...Object.fromEntries(Object.keys(SHARE_SWITCHES).map((name) => [name, 'one'])),
};

interface Given {
  readonly name: string;
  readonly value?: string;
}

/** The switches and file names of a command line, in order. */
interface Found {
  readonly given: Given[];
  readonly files: string[];
  readonly switches: string[];
}

/**
 * Reads a command line. Switches of Chromium and Electron (`--no-sandbox`) are passed over; one
 * that looks like a slip of ours is refused, as are files without `--share`. After `--share` a
 * hyphen begins a switch of ours or nothing: a shell writes whatever names `*` stands for there.
 * @param tokenFromEnv the server's token from `LINKIFY_TRAY_TOKEN`; the switch counts more
 */
export function parseCommandLine(input: CommandLineInput, tokenFromEnv?: string): CommandLine {
  const found: Found = { given: [], files: [], switches: [] };
  const wrong = readArguments(ownArguments(input), found);
  if (wrong !== undefined) return problem(wrong);
  if (tokenFromEnv && !found.given.some(({ name }) => name === 'service-token')) {
    found.given.push({ name: 'service-token', value: tokenFromEnv });
  }
  return decide(found, input.cwd);
}

/**
 * Sorts the arguments into `found`.
 * @returns the problem, if there is one
 */
function readArguments(
  args: readonly string[],
  { given, files, switches }: Found,
): string | undefined {
  let sharing = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--') {
      files.push(...args.slice(index + 1));
      return undefined;
    }
    if (!arg.startsWith('-')) {
      files.push(arg);
      continue;
    }
    const { name = '', value } = arg === '-h' ? { name: 'help' } : (readSwitch(arg) ?? {});
    const takes = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined;
    if (takes === undefined) {
      const wrong = whatIsWrongWithSwitch(arg, name, sharing);
      if (wrong !== undefined) return wrong;
      switches.push(arg);
    } else if (takes === 'files') {
      // A file can have this name, and a shell expands `*` to it. For a file named `--share=..` the
      // value would be the parent folder.
      if (sharing && value !== undefined) return hyphenProblem(arg);
      sharing = true;
      given.push({ name });
      if (value !== undefined) files.push(value);
    } else if (takes === 'none') {
      if (value !== undefined) return `--${name} doesn't take a value.`;
      given.push({ name });
    } else {
      // A file can be named like this, too. A URL has slashes, which a file's name cannot have.
      if (sharing && name !== 'service-url') return hyphenProblem(arg);
      const next = value ?? args[++index];
      if (next === undefined || (value === undefined && next.startsWith('-'))) {
        return `--${name} requires a value.`;
      }
      given.push({ name, value: next });
    }
  }
  return undefined;
}

/** Takes away the program and, where it is not packaged, the app's folder. */
function ownArguments({ argv, packaged }: CommandLineInput): readonly string[] {
  const args = argv.slice(1);
  if (packaged) return args;
  const folder = args.findIndex((arg) => !arg.startsWith('-'));
  return folder < 0 ? args : args.toSpliced(folder, 1);
}

function readSwitch(arg: string): Given | undefined {
  const match = /^--([A-Za-z0-9][\w.-]*)(?:=([\s\S]*))?$/.exec(arg);
  if (match?.[1] === undefined) return undefined;
  return { name: match[1], ...(match[2] === undefined ? {} : { value: match[2] }) };
}

/** Why a switch that is not ours cannot be passed on; `undefined` when it can. */
function whatIsWrongWithSwitch(arg: string, name: string, sharing: boolean): string | undefined {
  if (sharing) return hyphenProblem(arg);
  const meant = nearestName(name, Object.keys(SWITCHES));
  if (meant !== undefined) return `Unknown option --${shown(name)}. Did you mean --${meant}?`;
  // macOS gives `-psn_0_123` to an app that was opened by a double click.
  return name !== '' || arg.startsWith('-psn_') ? undefined : `Unknown option "${shown(arg)}".`;
}

function hyphenProblem(arg: string): string {
  return `"${shown(arg)}" can't follow --share. Put -- before file names that start with a hyphen, and other options before --share.`;
}

/** What each switch with a value says; the rest are actions. */
function decide({ given, files, switches }: Found, cwd: string | undefined): CommandLine {
  const settings: { -readonly [Key in keyof Options]?: Options[Key] } = {};
  const actions: CommandLineAction[] = [];
  const once = new Set<string>();
  for (const { name, value = '' } of given) {
    if (once.has(name)) {
      if (name === 'share') continue;
      return problem(`--${name} can only be used once.`);
    }
    once.add(name);
    if (Object.hasOwn(SHARE_SWITCHES, name)) continue;
    switch (name) {
      case 'service-url': {
        const wrong = serviceUrlProblem(value);
        if (wrong !== undefined) return problem(wrong);
        settings.serviceUrl = value;
        break;
      }
      case 'service-token':
        if (!isUsableToken(value)) return problem("The token can't contain spaces.");
        settings.serviceToken = value;
        break;
      case 'user-data-dir':
        // A relative one could be a folder that came with somebody's archive.
        if (!isAbsolute(value)) return problem('--user-data-dir requires an absolute path.');
        settings.userDataDir = resolve(value);
        break;
      case 'no-wait':
        settings.noWait = true;
        break;
      case 'copy':
      case 'revoke':
        if (value === '' || value.length > 200) {
          return problem(`--${name} requires a link ID. Run --list to see them.`);
        }
        actions.push({ kind: name, id: value });
        break;
      case 'share':
      case 'background':
        break;
      default:
        // Only the switches without a value are left, and their names are the actions' kinds.
        actions.push({
          kind: name as 'share-clipboard' | 'list' | 'settings' | 'quit' | 'help' | 'version',
        });
    }
  }
  if (once.has('share')) {
    if (files.some((file) => file === '')) return problem('A file name is empty.');
    if (files.length === 0) return problem('--share requires at least one file.');
    const paths = absoluteFiles(files, cwd);
    if (paths === undefined) return problem(NO_FOLDER);
    actions.push({ kind: 'share-files', paths });
  } else if (files.length > 0) {
    const name = shown(files[0] ?? '');
    return problem(`Unexpected argument "${name}". To share a file, use --share ${name}.`);
  }
  const help = actions.find(({ kind }) => kind === 'help' || kind === 'version');
  if (help === undefined && actions.length > 1) {
    const names = actions.map(({ kind }) => `--${kind === 'share-files' ? 'share' : kind}`);
    return problem(`${names.join(' and ')} can't be used together.`);
  }
  const start: CommandLineAction = once.has('background')
    ? { kind: 'start', background: true }
    : { kind: 'start' };
  const action = withShareOptions(help ?? actions[0] ?? start, given);
  if (typeof action === 'string') return problem(action);
  return { ok: true, options: { action, ...settings, switches } };
}

/** Adds the share options to what shares. @returns what is wrong with them, if anything */
function withShareOptions(
  action: CommandLineAction,
  given: readonly Given[],
): CommandLineAction | string {
  const isShare = action.kind === 'share-clipboard' || action.kind === 'share-files';
  let options: ShareOptions = {};
  for (const { name, value = '' } of given) {
    const found = Object.hasOwn(SHARE_SWITCHES, name) ? SHARE_SWITCHES[name] : undefined;
    if (found === undefined) continue;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : value;
    const parsed = v.safeParse(shareOptionsSchema, { ...options, [found.option]: number });
    if (!parsed.success) return `--${name} requires ${found.expects}.`;
    if (action.kind === 'help' || action.kind === 'version') return action;
    if (!isShare) return `--${name} requires --share or --share-clipboard.`;
    options = parsed.output;
  }
  return isShare && Object.keys(options).length > 0 ? { ...action, options } : action;
}

const NO_FOLDER =
  'The current folder no longer exists. Use absolute paths, or change to another folder.';

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

function problem(sentence: string): CommandLine {
  return { ok: false, sentence };
}

/** Someone's argument in a sentence: short, and without control characters. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 80);
}
