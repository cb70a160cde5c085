import {
  COMMANDS,
  COMMON_OPTIONS,
  type CommandName,
  commandEntries,
  EXIT_CODES,
  type OptionName,
  optionOf,
  type ProgramName,
} from './commands.ts';

/** Where the second column starts, in characters. */
const COLUMN = 28;
const WIDTH = 100;

/** What `--help` prints: of the program, or of one command. It ends with a line end. */
export function helpText(program: ProgramName, command?: CommandName): string {
  return command === undefined ? programHelp(program) : commandHelp(program, command);
}

function programHelp(program: ProgramName): string {
  const start =
    program === 'linkify-tray' ? [row(program, "Start the app, or show it if it's running")] : [];
  const commands = commandEntries.map(([name, { about, operands }]) =>
    row(`${program} ${name} ${operands}`.trimEnd(), about),
  );
  const aliases = commandEntries.flatMap(([, { alias }]) => (alias ? [`--${alias.name}`] : []));
  const options: readonly OptionName[] =
    program === 'linkify-tray' ? ['background', ...COMMON_OPTIONS] : COMMON_OPTIONS;
  return [
    'Linkify Tray: copy anything, press the shortcut, paste a link.',
    '',
    'Usage:',
    ...start,
    ...commands,
    '',
    'Options:',
    ...options.map(optionRow),
    '',
    wrap(
      `Older commands still work: ${[...aliases, '--share-clipboard'].join(', ')}. Options of a command: ${program} COMMAND --help`,
      '',
    ),
    '',
    'Exit codes:',
    ...EXIT_CODES.map(([code, meaning]) => row(String(code), meaning)),
    '',
    'Links go to stdout, everything else to stderr.',
    '',
  ].join('\n');
}

function commandHelp(program: ProgramName, name: CommandName): string {
  const {
    about,
    details,
    operands,
    options,
  }: (typeof COMMANDS)[CommandName] & {
    readonly details?: string;
  } = COMMANDS[name];
  return [
    `${about}.`,
    '',
    `Usage: ${program} ${name}${options.length > 0 ? ' [OPTIONS]' : ''} ${operands}`.trimEnd(),
    ...(details === undefined ? [] : ['', wrap(details, '')]),
    '',
    'Options:',
    ...[...options, ...COMMON_OPTIONS].map(optionRow),
    '',
  ].join('\n');
}

function optionRow(name: OptionName): string {
  const { about, short, value } = optionOf(name) ?? { about: '' };
  const letter = short === undefined ? '' : `-${short}, `;
  return row(`${letter}--${name}${value === undefined ? '' : ` ${value}`}`, about);
}

/** A term and its meaning; a term that is too long gets a line of its own. */
function row(term: string, meaning: string): string {
  const lines = wrap(meaning, ' '.repeat(COLUMN));
  const start = `  ${term}`;
  return start.length + 2 > COLUMN
    ? `${start}\n${' '.repeat(COLUMN)}${lines}`
    : `${start.padEnd(COLUMN)}${lines}`;
}

/** Breaks a text into lines; all but the first begin with `indent`. */
function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
