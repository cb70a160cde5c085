import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { type CommandConnection, connectToApp } from './command-channel.ts';
import type { CommandAnswer, CommandLineInput, Options } from './command-line.ts';

export interface RunCommandDeps {
  /** The profile folder. */
  readonly folder: string;
  readonly input: CommandLineInput;
  readonly options: Options;
  /** Why the app could not run with this folder, in a sentence. */
  readonly profileProblem: () => string | undefined;
  /** Starts the app as a process of its own that outlives this one. */
  readonly startApp: () => ChildProcess;
  /** How long a started app may take until it takes commands, in ms. */
  readonly startMs?: number;
}

const START_MS = 60_000;
/** Between two tries to reach an app that starts, in ms. */
const PAUSE_MS = 25;

/**
 * Has the running app do what a command line asks for, or starts the app for it.
 * Waits for the result, unless the command line says otherwise.
 */
export async function runCommand(needs: RunCommandDeps): Promise<CommandAnswer> {
  const { folder, input, options } = needs;
  const running = await connectToApp(folder);
  const { kind } = options.action;
  if (running === undefined && kind === 'quit') return failed("Linkify Tray isn't running.");
  if (running !== undefined && options.serviceUrl !== undefined) {
    running.close();
    return failed('Linkify Tray is already running. Quit it first to use --service-url.');
  }
  const problem = running === undefined ? needs.profileProblem() : undefined;
  if (problem !== undefined) return failed(problem);
  const connection = running ?? (await connectToStarted(needs));
  if (connection === undefined) {
    return failed("Linkify Tray couldn't start. Run linkify-tray to see why.");
  }
  const answer = await connection.send(input);
  if (answer === undefined && kind !== 'quit') {
    return failed('Linkify Tray quit before the command finished.');
  }
  if (kind === 'quit' && options.noWait !== true) await connection.closed();
  connection.close();
  return answer ?? { code: 0 };
}

async function connectToStarted(needs: RunCommandDeps): Promise<CommandConnection | undefined> {
  const { folder, startMs = START_MS } = needs;
  let failedToStart = false;
  const child = needs.startApp();
  child.once('error', () => {
    failedToStart = true;
  });
  child.once('exit', (code) => {
    // With 0 it found an app that another process has just started.
    if (code !== 0) failedToStart = true;
  });
  const until = Date.now() + startMs;
  while (!failedToStart && Date.now() < until) {
    const connection = await connectToApp(folder);
    if (connection !== undefined) {
      child.unref();
      return connection;
    }
    await delay(PAUSE_MS);
  }
  return undefined;
}

function failed(error: string): CommandAnswer {
  return { code: 1, error };
}
