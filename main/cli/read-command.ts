import { shown } from './arguments.ts';
import { COMMANDS, type CommandSpec, SHELLS } from './commands.ts';
import { type Asked, asks, problem, type ReadCommand } from './options.ts';
import { readShare } from './read-share.ts';

/** Reads the arguments of a command. */
export function readCommand(asked: Asked): ReadCommand {
  const { command, flag, operands } = asked;
  if (command === 'share') return readShare(asked);
  const { count, operands: usage }: CommandSpec = COMMANDS[command];
  const name = flag === undefined ? command : `--${flag}`;
  if (operands.length < count[0]) return problem(`${name} requires: ${usage}.`);
  if (operands.length > count[1]) {
    return problem(`Unexpected argument "${shown(operands[count[1]] ?? '')}".`);
  }
  const [first] = operands;
  switch (command) {
    case 'copy':
    case 'open':
    case 'revoke':
      return readLink(command, name, first);
    case 'completion': {
      const shell = SHELLS.find((one) => one === first);
      return shell === undefined
        ? problem(`completion requires one of: ${SHELLS.join(', ')}.`)
        : asks({ kind: 'completion', shell });
    }
    case 'settings':
      return readSettings(operands);
    default:
      return asks({ kind: command });
  }
}

/** @param name of the command, as it was given */
function readLink(
  command: 'copy' | 'open' | 'revoke',
  name: string,
  link: string | undefined,
): ReadCommand {
  // A revoke has one: the table says so.
  if (link === undefined) return asks({ kind: command === 'open' ? 'open' : 'copy' });
  if (link === '' || link.length > 2_048) {
    return problem(`${name} requires a link. Run list to see them.`);
  }
  return asks({ kind: command, link });
}

function readSettings(operands: readonly string[]): ReadCommand {
  const [verb, name, value] = operands;
  switch (verb) {
    case undefined:
      return asks({ kind: 'settings' });
    case 'get':
      if (value !== undefined) return problem(`Unexpected argument "${shown(value)}".`);
      return asks({ kind: 'get-settings', ...(name === undefined ? {} : { name }) });
    case 'set': {
      if (name === undefined) return problem('settings set requires a name and a value.');
      if (name !== 'serviceToken') {
        return value === undefined
          ? problem('settings set requires a name and a value.')
          : asks({ kind: 'set-setting', name, value });
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
