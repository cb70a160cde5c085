import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { sharePassword } from '../share-options.ts';
import { type CommandConnection, connectToApp } from './command-channel.ts';
import { formatResult } from './format-result.ts';
import type { Options } from './options.ts';
import type { AppCommand, CommandResult } from './protocol.ts';
import { askHidden, ProgressLine } from './terminal.ts';

export interface RunCommandDeps {
  /** The profile folder. */
  readonly folder: string;
  /** Of this command. */
  readonly version: string;
  readonly command: AppCommand;
  readonly options: Options;
  /** Why the app could not run with this folder, in a sentence. */
  readonly profileProblem: () => string | undefined;
  /** Starts the app as a process of its own that outlives this one. */
  readonly startApp: () => ChildProcess;
  readonly process: Pick<NodeJS.Process, 'off' | 'on' | 'stderr' | 'stdin' | 'stdout'>;
  /** How long a started app may take until it takes commands, in ms. */
  readonly startMs?: number;
}

/** What a command prints, and its exit code. */
export interface CommandOutput {
  /** 0 done, 1 failed, 2 invalid command line, 3 not shared yet, 130 canceled. */
  readonly code: 0 | 1 | 2 | 3 | 130;
  /** For stdout, with its line ends, such as a link. */
  readonly out?: string;
  /** One line for stderr. */
  readonly error?: string;
}

const START_MS = 60_000;
/** Between two tries to reach an app that starts, in ms. */
const PAUSE_MS = 25;
const CANCELED: CommandOutput = { code: 130 };
const NOT_RUNNING = "Linkify Tray isn't running.";

/**
 * Has the running app do what a command line asks for, or starts the app for it.
 * Waits for the result, unless the command line says otherwise.
 */
export async function runCommand(deps: RunCommandDeps): Promise<CommandOutput> {
  const { folder, options, version } = deps;
  const command = await withSecrets(deps);
  if ('code' in command) return command;
  const running = await connectToApp(folder, version);
  if (running === undefined && (command.kind === 'quit' || command.kind === 'status')) {
    return failed(NOT_RUNNING);
  }
  if (running !== undefined && options.serviceUrl !== undefined) {
    running.close();
    return failed('Linkify Tray is already running. Quit it first to use --service-url.');
  }
  const problem = running === undefined ? deps.profileProblem() : undefined;
  if (problem !== undefined) return failed(problem);
  const connection = running ?? (await connectToStarted(deps));
  if (connection === undefined) {
    return failed("Linkify Tray couldn't start. Run linkify-tray to see why.");
  }
  try {
    return await request(connection, command, deps);
  } finally {
    connection.close();
  }
}

async function request(
  connection: CommandConnection,
  command: AppCommand,
  { options, process, version }: RunCommandDeps,
): Promise<CommandOutput> {
  const { json, noWait, quiet } = options;
  const { stderr, stdin, stdout } = process;
  const isShare = command.kind.startsWith('share-');
  const progress = isShare && quiet !== true && stderr.isTTY ? new ProgressLine(stderr) : undefined;
  let interrupts = 0;
  const onInterrupt = (): void => {
    interrupts += 1;
    // What else than a share is done in no time, and not to be stopped. The second time nobody waits.
    if (isShare && interrupts === 1) connection.cancel();
    else connection.close();
  };
  process.on('SIGINT', onInterrupt);
  try {
    const result = await connection.send(
      {
        command,
        ...(progress === undefined ? {} : { progress: true }),
        ...(noWait === true && command.kind !== 'quit' ? { noWait: true } : {}),
      },
      command.kind === 'share-content' ? stdin : undefined,
      (step) => progress?.update(step),
    );
    progress?.clear();
    if (interrupts > 0 && (result === undefined || ('code' in result && result.code === 1))) {
      return CANCELED;
    }
    if (result !== undefined && 'otherVersion' in result) {
      return failed(
        `The running Linkify Tray (${result.otherVersion}) doesn't understand this command (${version}). Quit it with "linkify quit", then try again.`,
      );
    }
    if (command.kind === 'quit') {
      if (noWait !== true) await connection.closed();
      return { code: 0 };
    }
    if (result === undefined) return failed('Linkify Tray quit before the command finished.');
    return outputOf(command, result, json === true, stdout.isTTY === true);
  } finally {
    process.off('SIGINT', onInterrupt);
    // A pipe that nobody closes would keep the process.
    if (command.kind === 'share-content') stdin.destroy();
  }
}

/** What a result prints. */
export function outputOf(
  command: Pick<AppCommand, 'kind'>,
  { code, error, value }: CommandResult,
  isJson: boolean,
  isTerminal: boolean,
): CommandOutput {
  const out = formatResult(command.kind, value, { isJson, isTerminal });
  return {
    code,
    ...(out === '' ? {} : { out }),
    ...(error === undefined ? {} : { error }),
  };
}

/** Adds the password or the token, which no command line has. */
async function withSecrets({
  command,
  options,
  process: { stdin },
}: RunCommandDeps): Promise<AppCommand | CommandOutput> {
  if (command.kind === 'set-setting' && options.readsValue === true) {
    const typed = stdin.isTTY ? await askHidden('Access token: ') : (await text(stdin)).trim();
    return typed === undefined ? CANCELED : { ...command, value: typed };
  }
  const { password: source } = options;
  if (source === undefined || !('options' in command || command.kind.startsWith('share-'))) {
    return command;
  }
  let password: string | undefined;
  if (source === 'terminal') {
    password = await askHidden('Password for the link: ');
    if (password === undefined) return CANCELED;
    const again = await askHidden('Password again: ');
    if (again === undefined) return CANCELED;
    if (again !== password) return failed("The passwords don't match.");
  } else {
    try {
      password = readFileSync(source.file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
    } catch (error) {
      const { code = 'unknown error' } = error as NodeJS.ErrnoException; // of a file system call
      return failed(`The password file couldn't be read (${code}).`);
    }
  }
  if (!v.is(sharePassword, password)) return failed('The password must have 1 to 200 characters.');
  switch (command.kind) {
    case 'share-clipboard':
    case 'share-content':
    case 'share-files':
      return { ...command, options: { ...command.options, password } };
    default:
      return command;
  }
}

async function connectToStarted(deps: RunCommandDeps): Promise<CommandConnection | undefined> {
  const { folder, startMs = START_MS, version } = deps;
  let failedToStart = false;
  const child = deps.startApp();
  child.once('error', () => {
    failedToStart = true;
  });
  child.once('exit', (code) => {
    // With 0 it found an app that another process has just started.
    if (code !== 0) failedToStart = true;
  });
  const until = Date.now() + startMs;
  while (!failedToStart && Date.now() < until) {
    const connection = await connectToApp(folder, version);
    if (connection !== undefined) {
      child.unref();
      return connection;
    }
    await delay(PAUSE_MS);
  }
  return undefined;
}

function failed(error: string): CommandOutput {
  return { code: 1, error };
}
