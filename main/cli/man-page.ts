import {
  COMMON_OPTIONS,
  commandEntries,
  EXIT_CODES,
  type OptionName,
  optionOf,
  type ProgramName,
} from './commands.ts';

/**
 * The man page of a program, in roff with the macros of man(7).
 * @param date of the release, such as `2026-11-29`: the same commit gives the same page
 */
export function manPage(program: ProgramName, version: string, date: string): string {
  const isApp = program === 'linkify-tray';
  const other = isApp ? 'linkify' : 'linkify-tray';
  const options: readonly OptionName[] = isApp ? ['background', ...COMMON_OPTIONS] : COMMON_OPTIONS;
  return [
    `.TH ${program.toUpperCase()} 1 "${date}" "Linkify Tray ${text(version)}" "User Commands"`,
    '.SH NAME',
    `${text(program)} \\- ${isApp ? 'copy anything, press the shortcut, paste a link' : 'create links from the command line'}`,
    '.SH SYNOPSIS',
    ...(isApp ? [`.B ${text(program)}`, `.RI [ OPTION ]...`, '.br'] : []),
    `.B ${text(program)}`,
    '.I COMMAND',
    '.RI [ OPTION ]...',
    '.RI [ ARGUMENT ]...',
    '.SH DESCRIPTION',
    isApp
      ? `Linkify Tray turns what you copy into links. Without a command, ${bold(program)} starts the app, or shows it if it is running. A command is done by the running app, which is started if needed.`
      : `${bold(program)} passes commands to Linkify Tray, which it starts if needed. It takes the same commands as ${bold(other)}(1), and starts faster.`,
    '.PP',
    'Links go to standard output, everything else to standard error. Progress is shown on a terminal only.',
    '.SH COMMANDS',
    ...commandEntries.flatMap(([name, { about, details, operands, options: own }]) => [
      '.TP',
      `${bold(name)} ${text(operands)}`.trimEnd(),
      `${text(about)}.${details === undefined ? '' : ` ${text(details)}`}`,
      ...(own.length === 0 ? [] : ['.RS', ...own.flatMap(optionLines), '.RE']),
    ]),
    '.SH OPTIONS',
    ...options.flatMap(optionLines),
    '.PP',
    `These do the same as commands: ${aliases().map(bold).join(', ')}.`,
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', bold(String(code)), `${text(meaning)}.`]),
    '.SH ENVIRONMENT',
    '.TP',
    bold('LINKIFY_TRAY_TOKEN'),
    `Access token for ${bold('--service-url')}.`,
    '.SH FILES',
    '.TP',
    '.I ~/.config/Linkify Tray',
    'Settings, links, and content. Removing the package leaves this folder.',
    '.SH EXAMPLES',
    ...EXAMPLES.flatMap(([command, meaning]) => [
      '.TP',
      bold(command.replace('linkify', program)),
      `${text(meaning)}.`,
    ]),
    '.SH SEE ALSO',
    `${bold(other)}(1)`,
    '',
  ].join('\n');
}

const EXAMPLES = [
  ['linkify share report.pdf', 'Share a file'],
  ['git diff | linkify share - --name changes.diff --expires 1h', 'Share the output of a command'],
  ['linkify share --clipboard --once', 'Share the clipboard by a one-time link'],
  ['linkify revoke 1', 'Revoke the newest link'],
] as const;

function aliases(): readonly string[] {
  const names = commandEntries.flatMap(([, { alias }]) => (alias ? [`--${alias.name}`] : []));
  return [...names, '--share-clipboard'];
}

function optionLines(name: OptionName): readonly string[] {
  const { about, short, value } = optionOf(name) ?? { about: '' };
  const letter = short === undefined ? '' : `${bold(`-${short}`)}, `;
  const operand = value === undefined ? '' : ` \\fI${text(value)}\\fR`;
  return ['.TP', `${letter}${bold(`--${name}`)}${operand}`, `${text(about)}.`];
}

const bold = (words: string): string => `\\fB${text(words)}\\fR`;

/** Text for roff: a backslash is an escape, a hyphen a minus, a dot or quote at the start a request. */
function text(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replace(/^[.']/, '\\&$&');
}
