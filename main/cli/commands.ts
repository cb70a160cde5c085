/**
 * The commands of `linkify-tray` and `linkify`, and their options. The parser, the help, the man
 * pages and the completions of shells all derive from these tables. It imports nothing: `linkify`
 * has to start fast.
 */

/** What a shell offers for a value or an argument. */
export type Completion = 'files' | 'folders' | 'settings' | readonly string[];

export interface OptionSpec {
  readonly short?: string;
  /** What the value is called; absent: the option takes none. */
  readonly value?: string;
  readonly about: string;
  readonly completion?: Completion;
  /** Its value may follow file names: it has slashes, which the name of a file can't have. */
  readonly isAfterFiles?: true;
}

/** Every option, by its name. */
export const OPTIONS = {
  clipboard: { about: 'Share what is on the clipboard' },
  name: { short: 'n', value: 'NAME', about: 'Title of the link, and the name of what stdin has' },
  expires: {
    short: 'e',
    value: 'TIME',
    about: 'When the link expires: 30m, 1h, 7d, 2w, or never; 30 days at most',
    completion: ['10m', '1h', '1d', '7d', '30d', 'never'],
  },
  once: { about: 'Create a one-time link' },
  'max-opens': { value: 'N', about: 'End the link after N opens, 1 to 1000' },
  password: { short: 'p', about: 'Ask on the terminal for a password for the link' },
  'password-file': {
    value: 'FILE',
    about: 'Read the password from the first line of FILE',
    completion: 'files',
  },
  json: { about: 'Print JSON' },
  quiet: { short: 'q', about: 'Show no progress' },
  'no-wait': { about: "Don't wait for the result, and print no link" },
  background: { about: 'Start the app without showing a window' },
  'service-url': {
    value: 'URL',
    about: 'Use this server instead of the one in Settings, from a start of the app to its end',
    isAfterFiles: true,
  },
  'service-token': {
    value: 'TOKEN',
    about:
      'Access token for --service-url; other users can see it in the list of processes, so prefer the variable LINKIFY_TRAY_TOKEN',
  },
  'user-data-dir': {
    value: 'DIR',
    about: 'Store settings, links, and content in DIR (an absolute path)',
    completion: 'folders',
  },
  help: { short: 'h', about: 'Show help' },
  version: { about: 'Show the version' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OPTIONS;

/** Options of every command. */
export const COMMON_OPTIONS = [
  'service-url',
  'service-token',
  'user-data-dir',
  'help',
  'version',
] as const satisfies readonly OptionName[];

export interface CommandSpec {
  /** As the usage line shows what follows the name. */
  readonly operands: string;
  /** The smallest and the largest number of operands. */
  readonly count: readonly [number, number];
  readonly about: string;
  /** More, in whole sentences, for its own help and the man page. */
  readonly details?: string;
  readonly options: readonly OptionName[];
  readonly completion?: Completion;
  /** The flag that does the same. */
  readonly alias?: { readonly name: string; readonly value?: 'one' | 'files' };
}

const LINK_OPERAND =
  'A link is named by its ID, by its URL, or by its place in the list: 1 is the newest one.';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Every command, by its name, in the order in which the help lists them. */
export const COMMANDS = {
  share: {
    operands: '[FILE|-]...',
    count: [0, Number.POSITIVE_INFINITY],
    about: 'Share files, stdin (-), or the clipboard, and print the link',
    details:
      'Several files become one collection. What stdin has is shared as text if it is UTF-8, else as a file. ' +
      'Ctrl+C cancels the share. Put -- before file names that start with a hyphen.',
    options: [
      'clipboard',
      'name',
      'expires',
      'once',
      'max-opens',
      'password',
      'password-file',
      'json',
      'quiet',
      'no-wait',
    ],
    completion: 'files',
    alias: { name: 'share', value: 'files' },
  },
  list: {
    operands: '',
    count: [0, 0],
    about: 'List recent links, newest first',
    details:
      'To a pipe or a file, each line has these fields, separated by tabs: ID, state, time, link, title.',
    options: ['json'],
    alias: { name: 'list' },
  },
  copy: {
    operands: '[LINK]',
    count: [0, 1],
    about: 'Copy a recent link, the newest by default',
    details: LINK_OPERAND,
    options: ['json'],
    alias: { name: 'copy', value: 'one' },
  },
  open: {
    operands: '[LINK]',
    count: [0, 1],
    about: 'Open a recent link in the browser, the newest by default',
    details: LINK_OPERAND,
    options: ['json'],
  },
  revoke: {
    operands: 'LINK',
    count: [1, 1],
    about: 'Revoke a link',
    details: LINK_OPERAND,
    options: ['json'],
    alias: { name: 'revoke', value: 'one' },
  },
  undo: {
    operands: '',
    count: [0, 0],
    about: 'Undo the last share or revoke',
    details:
      'A share can be undone for 60 seconds, a revoke for 10 seconds where the link service can restore links.',
    options: ['json'],
  },
  status: {
    operands: '',
    count: [0, 0],
    about: 'Show what the app does; exit code 1 if it is not running',
    options: ['json'],
  },
  settings: {
    operands: '[get [NAME] | set NAME [VALUE]]',
    count: [0, 3],
    about: 'Open Settings, or print or change a setting',
    details:
      'Changes that could give content away are confirmed in a dialog of the app, as in its window. ' +
      'The access token is never printed; set serviceToken asks for it on the terminal, or reads it from a pipe.',
    options: ['json'],
    completion: 'settings',
    alias: { name: 'settings' },
  },
  completion: {
    operands: 'bash|zsh|fish',
    count: [1, 1],
    about: 'Print the completions for a shell',
    options: [],
    completion: SHELLS,
  },
  quit: {
    operands: '',
    count: [0, 0],
    about: 'Quit the running app',
    options: ['no-wait'],
    alias: { name: 'quit' },
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandName = keyof typeof COMMANDS;

/** Each command with its name, without the types of the single ones. */
export const commandEntries: readonly (readonly [CommandName, CommandSpec])[] =
  // Safe: the keys of a constant object are exactly these.
  Object.entries(COMMANDS) as [CommandName, CommandSpec][];

export function isCommandName(text: string): text is CommandName {
  return Object.hasOwn(COMMANDS, text);
}

/** An option by its name; `undefined` for anything else. */
export function optionOf(name: string): OptionSpec | undefined {
  // Safe: the table has own members of the names of options only.
  return Object.hasOwn(OPTIONS, name) ? OPTIONS[name as OptionName] : undefined;
}

/** The name of the option that this letter stands for. */
export function optionOfLetter(letter: string): OptionName | undefined {
  // Safe, as above.
  const names = Object.keys(OPTIONS) as OptionName[];
  return names.find((name) => optionOf(name)?.short === letter);
}

/** Which program was started. */
export type ProgramName = 'linkify-tray' | 'linkify';

/** Exit codes, with what they mean, for help and man page. */
export const EXIT_CODES = [
  [0, 'done'],
  [1, 'failed'],
  [2, 'invalid command line; nothing was done'],
  [3, 'not shared yet: the app has a question, or sends it later'],
  [130, 'canceled with Ctrl+C'],
] as const;
