import {
  COMMON_OPTIONS,
  type Completion,
  commandEntries,
  type OptionName,
  optionOf,
  type Shell,
} from './commands.ts';

const PROGRAMS = ['linkify', 'linkify-tray'] as const;

/**
 * The completions of `linkify` and `linkify-tray` for a shell.
 * @param settings the names of the settings
 */
export function completionScript(shell: Shell, settings: readonly string[]): string {
  switch (shell) {
    case 'bash':
      return bashScript(settings);
    case 'zsh':
      return zshScript(settings);
    case 'fish':
      return fishScript(settings);
  }
}

const spelled = (name: OptionName): readonly string[] => {
  const short = optionOf(name)?.short;
  return [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
};

/** Every option that takes a value, in all spellings. */
function withValue(): readonly (readonly [OptionName, Completion | undefined])[] {
  const names = new Set<OptionName>([
    ...commandEntries.flatMap(([, { options }]) => options),
    ...COMMON_OPTIONS,
  ]);
  return [...names].flatMap((name) => {
    const { completion, value } = optionOf(name) ?? {};
    return value === undefined ? [] : [[name, completion] as const];
  });
}

function bashScript(settings: readonly string[]): string {
  const reply = (completion: Completion | undefined): string => {
    switch (completion) {
      case undefined:
        return ':';
      case 'files':
        return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur")';
      case 'folders':
        return 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur")';
      case 'settings':
        return [
          'if [[ $operand == get || $operand == set ]]; then',
          `        ((operands == 1)) && ${words(settings)}`,
          '      else',
          `        ((operands == 0)) && ${words(['get', 'set'])}`,
          '      fi',
        ].join('\n');
      default:
        return words(completion);
    }
  };
  const words = (list: readonly string[]): string =>
    `mapfile -t COMPREPLY < <(compgen -W '${list.join(' ')}' -- "$cur")`;
  const values = withValue();
  const common = COMMON_OPTIONS.flatMap(spelled);
  return `# bash completion of ${PROGRAMS.join(' and ')}
_linkify() {
  local cur=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= operand= operands=0 at
  COMPREPLY=()
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${values.flatMap(([name]) => spelled(name)).join('|')}) ((at++)) ;;
      -?*) ;;
      *)
        if [[ -z $command ]]; then command=\${COMP_WORDS[at]}
        else
          [[ -z $operand ]] && operand=\${COMP_WORDS[at]}
          ((operands++))
        fi
        ;;
    esac
  done
  case $previous in
${values
  .map(([name, completion]) => `    ${spelled(name).join('|')}) ${reply(completion)}; return ;;`)
  .join('\n')}
  esac
  if [[ $cur == -* ]]; then
    case $command in
${commandEntries
  .map(
    ([name, { options }]) => `      ${name}) ${words([...options.flatMap(spelled), ...common])} ;;`,
  )
  .join('\n')}
      '') ${words(common)} ;;
    esac
    return
  fi
  case $command in
    '') ${words(commandEntries.map(([name]) => name))} ;;
${commandEntries
  .flatMap(([name, { completion }]) =>
    completion === undefined ? [] : [`    ${name}) ${reply(completion)} ;;`],
  )
  .join('\n')}
  esac
}
complete -F _linkify ${PROGRAMS.join(' ')}
`;
}

function zshScript(settings: readonly string[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const about = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const action = (completion: Completion | undefined): string => {
    switch (completion) {
      case undefined:
        return ' ';
      case 'files':
        return '_files';
      case 'folders':
        return '_files -/';
      case 'settings':
        return `(${settings.join(' ')})`;
      default:
        return `(${completion.join(' ')})`;
    }
  };
  const option = (name: OptionName): readonly string[] => {
    const { about: meaning, completion, value } = optionOf(name) ?? { about: '' };
    const rest = value === undefined ? '' : `:${value}:${action(completion)}`;
    return spelled(name).map((one) =>
      quoted(
        `${one}${value !== undefined && one.startsWith('--') ? '=' : ''}[${about(meaning)}]${rest}`,
      ),
    );
  };
  const operand = (completion: Completion | undefined): readonly string[] => {
    switch (completion) {
      case undefined:
        return [];
      case 'files':
        return [quoted('*:file:_files')];
      case 'settings':
        return [quoted('1:action:(get set)'), quoted(`2:setting:${action(completion)}`)];
      default:
        return [quoted(`1:argument:${action(completion)}`)];
    }
  };
  const common = COMMON_OPTIONS.flatMap(option);
  const list = (items: readonly string[], indent: string): string => items.join(` \\\n${indent}`);
  return `#compdef ${PROGRAMS.join(' ')}
_linkify() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  local -a commands=(
${commandEntries.map(([name, spec]) => `    ${quoted(`${name}:${about(spec.about)}`)}`).join('\n')}
  )
  _arguments -C \\
    ${list([...common, quoted('1:command:->command'), quoted('*::argument:->argument')], '    ')}
  case $state in
    command) _describe -t commands command commands ;;
    argument)
      case $words[1] in
${commandEntries
  .map(
    ([name, { completion, options }]) =>
      `        ${name}) _arguments \\\n          ${list([...options.flatMap(option), ...common, ...operand(completion)], '          ')} ;;`,
  )
  .join('\n')}
      esac
      ;;
  esac
}
if [ "$funcstack[1]" = _linkify ]; then _linkify "$@"; else compdef _linkify ${PROGRAMS.join(' ')}; fi
`;
}

function fishScript(settings: readonly string[]): string {
  const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines: string[] = [];
  const values = (completion: Completion | undefined): string => {
    switch (completion) {
      case undefined:
        return ' -x';
      case 'files':
      case 'settings':
        return ' -r -F';
      case 'folders':
        return ` -x -a ${quoted('(__fish_complete_directories)')}`;
      default:
        return ` -x -a ${quoted(completion.join(' '))}`;
    }
  };
  for (const program of PROGRAMS) {
    const add = (rest: string): number => lines.push(`complete -c ${program} ${rest}`);
    const addOption = (name: OptionName, when: string): void => {
      const { about, completion, short, value } = optionOf(name) ?? { about: '' };
      const letter = short === undefined ? '' : ` -s ${short}`;
      const takes = value === undefined ? '' : values(completion);
      add(`${when}-l ${name}${letter}${takes} -d ${quoted(about)}`);
    };
    add('-f');
    for (const name of COMMON_OPTIONS) addOption(name, '');
    for (const [name, { about, completion, options }] of commandEntries) {
      add(`-n __fish_use_subcommand -a ${name} -d ${quoted(about)}`);
      const when = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)} `;
      for (const option of options) addOption(option, when);
      if (completion === 'files') add(`${when}-F`);
      else if (completion === 'settings') {
        const isBare = `__fish_seen_subcommand_from settings; and not __fish_seen_subcommand_from get set`;
        const isNamed = `__fish_seen_subcommand_from settings; and __fish_seen_subcommand_from get set`;
        add(`-n ${quoted(isBare)} -a 'get set'`);
        add(`-n ${quoted(isNamed)} -a ${quoted(settings.join(' '))}`);
      } else if (completion !== undefined && completion !== 'folders') {
        add(`${when}-a ${quoted(completion.join(' '))}`);
      }
    }
  }
  return `# fish completion of ${PROGRAMS.join(' and ')}\n${lines.join('\n')}\n`;
}
