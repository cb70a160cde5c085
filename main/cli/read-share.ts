import { isAbsolute, resolve } from 'node:path';
import { isFileUri } from '../clipboard/file-list.ts';
import { type Given, unexpectedArgument } from './arguments.ts';
import {
  type Asked,
  type CommandLineAction,
  type Options,
  type Problem,
  problem,
  type ReadCommand,
} from './options.ts';
import { shareOptionsOf } from './share-switches.ts';

const NO_FOLDER =
  'The current folder no longer exists. Use absolute paths, or change to another folder.';

/** Reads the arguments and options of `share`. */
export function readShare({ cwd, flag, given, hasStdin, operands }: Asked): ReadCommand {
  const value = (name: string): string | undefined => given.find((one) => one.name === name)?.value;
  const has = (name: string): boolean => given.some((one) => one.name === name);
  const options = shareOptionsOf(given);
  if (typeof options === 'string') return problem(options);
  const name = value('name');
  if (name !== undefined && (name.trim() === '' || name.length > 200)) {
    return problem('--name requires 1 to 200 characters.');
  }
  const password = passwordFrom(given, cwd);
  if ('ok' in password) return password;
  const rest = {
    ...(Object.keys(options).length > 0 ? { options } : {}),
    ...(name === undefined ? {} : { name }),
  };
  const action = (asked: CommandLineAction): ReadCommand => ({
    ok: true,
    value: { action: asked, ...password },
  });

  const isClipboard = has('clipboard') || flag === 'share-clipboard';
  if ([isClipboard, hasStdin, operands.length > 0].filter(Boolean).length > 1) {
    const [operand] = operands;
    return flag === 'share-clipboard' && operand !== undefined
      ? problem(unexpectedArgument(operand))
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

/** Where the password of the new link comes from, if it is to have one. */
function passwordFrom(
  given: readonly Given[],
  cwd: string | undefined,
): Pick<Options, 'password'> | Problem {
  const file = given.find(({ name }) => name === 'password-file')?.value;
  const isAsked = given.some(({ name }) => name === 'password');
  if (file === undefined) return isAsked ? { password: 'terminal' } : {};
  if (isAsked) return problem("--password and --password-file can't be used together.");
  const path = absolute([file], cwd)?.[0];
  return path === undefined ? problem(NO_FOLDER) : { password: { file: path } };
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
