import { resolve } from 'node:path';
import { isFileUri } from './clipboard/file-list.ts';

/** What one start of the app is asked to do. */
export type CommandLineAction =
  | { readonly kind: 'start' }
  | { readonly kind: 'share-clipboard' }
  /** Absolute paths and URIs of files, at least one. */
  | { readonly kind: 'share-files'; readonly paths: readonly string[] }
  | { readonly kind: 'list' }
  | { readonly kind: 'copy'; readonly id: string }
  | { readonly kind: 'revoke'; readonly id: string }
  | { readonly kind: 'quit' }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' };

export interface Options {
  readonly action: CommandLineAction;
  /** The service to use instead of the one in the settings: http(s), http on this machine only. */
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
}

export type CommandLine =
  | { readonly ok: true; readonly options: Options }
  /** What is wrong with it, in a sentence for a person. */
  | { readonly ok: false; readonly sentence: string };

export interface CommandLineInput {
  /** As the process got it: the program first. */
  readonly argv: readonly string[];
  /** Where relative paths start. */
  readonly cwd: string;
  /** An unpackaged app is started as `electron [switches] app [arguments]`. */
  readonly packaged: boolean;
}

export const HELP = `Linkify Tray: copy anything, press one key, paste a link.

  linkify-tray                      start, or show the running app
  linkify-tray --share-clipboard    share what is on the clipboard
  linkify-tray --share FILE...      share files; several become one collection
  linkify-tray --list               print recent links
  linkify-tray --copy ID            put a recent link on the clipboard
  linkify-tray --revoke ID          make a link dead
  linkify-tray --quit               end the running app

  --service-url URL      use this service instead of the one in Preferences
  --service-token TOKEN  its token
  --user-data-dir=DIR    keep settings, links and shares in DIR
  --help, --version

After "--" everything is a file, also a name that begins with "-".
`;

type Value = 'none' | 'one' | 'files';

/** Every switch of ours, and what it takes. */
const SWITCHES: Readonly<Record<string, Value>> = {
  'share-clipboard': 'none',
  share: 'files',
  list: 'none',
  copy: 'one',
  revoke: 'one',
  quit: 'none',
  help: 'none',
  version: 'none',
  'service-url': 'one',
  'service-token': 'one',
};

interface Given {
  readonly name: string;
  readonly value?: string;
}

/**
 * Reads a command line. Switches of Chromium and Electron (`--no-sandbox`, `--user-data-dir=…`)
 * are passed over; one that looks like a slip of ours is refused, as are files without `--share`.
 */
export function parseCommandLine(input: CommandLineInput): CommandLine {
  if (messageBytes(input) > MOST_MESSAGE_BYTES) {
    return problem('That command line is too long to reach the running app. Share fewer files.');
  }
  const args = ownArguments(input);
  const given: Given[] = [];
  const files: string[] = [];
  let sharing = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] ?? '';
    if (arg === '--') {
      files.push(...args.slice(index + 1));
      break;
    }
    const found = readSwitch(arg);
    if (found === undefined) {
      if (arg === '-h') given.push({ name: 'help' });
      else if (!arg.startsWith('-')) files.push(arg);
      continue;
    }
    const { name, value } = found;
    const takes = Object.hasOwn(SWITCHES, name) ? SWITCHES[name] : undefined;
    if (takes === undefined) {
      const meant = nearest(name);
      if (meant !== undefined)
        return problem(`There is no --${shown(name)}. Did you mean --${meant}?`);
      continue;
    }
    if (takes === 'files') {
      sharing = true;
      if (value !== undefined) files.push(value);
    } else if (takes === 'none') {
      if (value !== undefined) return problem(`--${name} takes no value.`);
    } else if (value === undefined) {
      const next = args[index + 1];
      if (next === undefined || next.startsWith('-')) return problem(`--${name} needs a value.`);
      given.push({ name, value: next });
      index++;
      continue;
    }
    given.push({ name, ...(value === undefined ? {} : { value }) });
  }
  return decide(given, files, sharing, input.cwd);
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

function decide(
  given: readonly Given[],
  files: readonly string[],
  sharing: boolean,
  cwd: string,
): CommandLine {
  const settings: { serviceUrl?: string; serviceToken?: string } = {};
  const actions: CommandLineAction[] = [];
  const once = new Set<string>();
  for (const { name, value = '' } of given) {
    if (once.has(name)) {
      if (name === 'share') continue;
      return problem(`--${name} was given twice.`);
    }
    once.add(name);
    switch (name) {
      case 'service-url': {
        const wrong = whatIsWrongWithServiceUrl(value);
        if (wrong !== undefined) return problem(wrong);
        settings.serviceUrl = value;
        break;
      }
      case 'service-token':
        if (!/^[\x21-\x7e]{1,4096}$/.test(value)) {
          return problem('--service-token needs a token without blanks.');
        }
        settings.serviceToken = value;
        break;
      case 'copy':
      case 'revoke':
        if (value === '' || value.length > 200) {
          return problem(`--${name} needs the id of a link, as --list prints it.`);
        }
        actions.push({ kind: name, id: value });
        break;
      case 'share':
        break;
      default:
        // Only the switches without a value are left, and their names are the actions' kinds.
        actions.push({ kind: name as 'share-clipboard' | 'list' | 'quit' | 'help' | 'version' });
    }
  }
  if (sharing) {
    if (files.some((file) => file === '')) return problem('--share got an empty file name.');
    if (files.length === 0) return problem('--share needs at least one file.');
    actions.push({
      kind: 'share-files',
      paths: files.map((file) => (isFileUri(file) ? file : resolve(cwd, file))),
    });
  } else if (files.length > 0) {
    return problem(`To share files, put --share before them: --share ${shown(files[0] ?? '')}`);
  }
  const help = actions.find(({ kind }) => kind === 'help' || kind === 'version');
  if (help === undefined && actions.length > 1) {
    return problem(
      `Only one of ${actions.map(({ kind }) => `--${switchOf(kind)}`).join(' and ')} can be done at a time.`,
    );
  }
  return { ok: true, options: { action: help ?? actions[0] ?? { kind: 'start' }, ...settings } };
}

function switchOf(kind: CommandLineAction['kind']): string {
  return kind === 'share-files' ? 'share' : kind;
}

/**
 * Why an address cannot be used as a service's, in a sentence; `undefined` when it can.
 * Plain http is for this machine only: elsewhere the token and the content could be read on the way.
 */
export function whatIsWrongWithServiceUrl(address: string): string | undefined {
  if (address.length > 2048 || !URL.canParse(address)) {
    return 'The service address must look like http://127.0.0.1:39300 or https://example.com.';
  }
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'The service address must begin with http:// or https://.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'The service address must not hold a user name or password. Use --service-token instead.';
  }
  if (url.search !== '' || url.hash !== '') {
    return 'The service address must end before any "?" or "#".';
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    return 'A service on another machine must be reached by https://.';
  }
  return undefined;
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function problem(sentence: string): CommandLine {
  return { ok: false, sentence };
}

/** Someone's argument in a sentence: short, and without control characters. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 80);
}

/** The switch of ours that a misspelt one stands for, at most two letters away. */
function nearest(name: string): string | undefined {
  return Object.keys(SWITCHES).find((ours) => ours.length > 4 && distance(name, ours) <= 2);
}

/** Levenshtein distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next[j] = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/**
 * A second start sends its command line to the first one in one message of 32 KiB; Chromium
 * takes a longer one for a first start that hangs, and ends that. In bytes, with some to spare.
 */
const MOST_MESSAGE_BYTES = 30_000;

function messageBytes({ argv, cwd }: CommandLineInput): number {
  return [cwd, ...argv].reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
}

/**
 * A command line as it travels to the app that already runs. Electron hands over arguments that
 * Chromium has reordered (switches first), and takes blanks and zero bytes out of the data that
 * goes with them: an array of 9 to 13 entries arrives as nothing. Letters and digits arrive whole.
 * Where both together are too long, the reordered arguments alone must do: files keep their order.
 */
export function packCommandLine(input: CommandLineInput): { readonly packed: string } {
  const packed = Buffer.from(JSON.stringify(input)).toString('base64url');
  return { packed: messageBytes(input) + packed.length > MOST_MESSAGE_BYTES ? '' : packed };
}

/** What `packCommandLine` packed; `undefined` for anything else. */
export function unpackCommandLine(data: unknown): CommandLineInput | undefined {
  if (typeof data !== 'object' || data === null || !('packed' in data)) return undefined;
  try {
    const input: unknown = JSON.parse(Buffer.from(String(data.packed), 'base64url').toString());
    return isCommandLineInput(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

function isCommandLineInput(input: unknown): input is CommandLineInput {
  return (
    typeof input === 'object' &&
    input !== null &&
    'argv' in input &&
    Array.isArray(input.argv) &&
    input.argv.every((arg) => typeof arg === 'string') &&
    'cwd' in input &&
    typeof input.cwd === 'string' &&
    'packaged' in input &&
    typeof input.packaged === 'boolean'
  );
}
