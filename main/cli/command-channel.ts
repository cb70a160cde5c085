import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { CommandAnswer, CommandLineInput } from './command-line.ts';
import { currentFolder } from './current-folder.ts';

const SOCKET = 'command.sock';
/** Names the pipe of this run on Windows, where a pipe is not in a folder. */
const PIPE_FILE = 'command-pipe';
/** A command line is at most some MB long (ARG_MAX on Linux is 2 MiB). In characters. */
const MAX_CHARACTERS = 16_000_000;
/** `sun_path` has room for 104 bytes on macOS, 108 on Linux, with a zero at the end. */
const LONGEST_SOCKET_PATH = 103;

/**
 * Lets later starts of the app hand over their command line: over a socket in the profile folder
 * that only this user can open (on Windows a pipe with a random name, which is kept in that folder).
 * Only the process that has the single-instance lock may call this: it replaces an older socket.
 * @returns stops listening
 * @throws when there can be no socket in the folder
 */
export function listenForCommands(
  folder: string,
  answer: (input: CommandLineInput) => Promise<CommandAnswer>,
): () => void {
  const server = createServer((socket) => {
    // A disconnected client gets no result, but its command continues.
    socket.on('error', () => {});
    readLine(socket)
      .then(async (line) => {
        const input = commandLineOf(line);
        if (input === undefined) socket.destroy();
        else socket.write(`${JSON.stringify(await answer(input))}\n`);
      })
      .catch(() => socket.destroy());
  });
  // The process ends when the app quits, not when the last client is gone.
  server.unref();
  if (process.platform === 'win32') {
    const pipe = `linkify-tray-${randomBytes(16).toString('hex')}`;
    server.listen(pipePath(pipe));
    writeFileSync(join(folder, PIPE_FILE), pipe, { mode: 0o600 });
  } else {
    rmSync(join(folder, SOCKET), { force: true });
    const before = process.umask(0o177);
    try {
      withSocketPath(folder, (path) => server.listen(path));
    } finally {
      process.umask(before);
    }
  }
  server.on('error', (error) => console.error("Can't receive commands:", error.message));
  return () => {
    server.close();
    rmSync(join(folder, process.platform === 'win32' ? PIPE_FILE : SOCKET), { force: true });
  };
}

/** A connection to the running app. */
export interface CommandConnection {
  /** Sends the command line; `undefined` when the app ended before it answered. */
  send(input: CommandLineInput): Promise<CommandAnswer | undefined>;
  /** Settles when the app closes the connection, which it does at its end. */
  closed(): Promise<void>;
  close(): void;
}

/** Connects to the app that runs with this profile folder; `undefined` when none does. */
export async function connectToApp(folder: string): Promise<CommandConnection | undefined> {
  const socket = await openSocket(folder);
  if (socket === undefined) return undefined;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  return {
    async send(input) {
      socket.write(`${JSON.stringify(input)}\n`);
      try {
        // From the same user's app, which writes a `CommandAnswer`.
        return JSON.parse(await readLine(socket)) as CommandAnswer;
      } catch {
        return undefined;
      }
    },
    closed: () => closed,
    close: () => socket.destroy(),
  };
}

function openSocket(folder: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    let socket: Socket | undefined;
    try {
      if (process.platform === 'win32') {
        socket = connect(pipePath(readFileSync(join(folder, PIPE_FILE), 'utf8')));
      } else {
        // In a folder that others can write to, the socket may be another user's.
        const { uid } = lstatSync(join(folder, SOCKET));
        if (uid !== process.getuid?.()) return resolve(undefined);
        withSocketPath(folder, (path) => {
          socket = connect(path);
        });
      }
    } catch {
      return resolve(undefined);
    }
    socket?.once('connect', () => resolve(socket));
    socket?.once('error', () => resolve(undefined));
  });
}

const pipePath = (name: string): string => `\\\\.\\pipe\\${name}`;

/** Binding and connecting happen within the call, so that a long path can start at the folder. */
function withSocketPath(folder: string, use: (path: string) => void): void {
  const path = join(folder, SOCKET);
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) {
    use(path);
    return;
  }
  const before = currentFolder();
  process.chdir(folder);
  try {
    use(SOCKET);
  } finally {
    if (before !== undefined) process.chdir(before);
  }
}

/** The first line that arrives. @throws when the connection ends before, or the line is too long */
function readLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = chunk.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, text.length - chunk.length + end));
      else if (text.length > MAX_CHARACTERS) socket.destroy();
    });
    socket.once('close', () => reject(new Error('no whole line')));
  });
}

/** What a client sent, checked; `undefined` for anything else. */
export function commandLineOf(line: string): CommandLineInput | undefined {
  try {
    const input: unknown = JSON.parse(line);
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
    (!('cwd' in input) || typeof input.cwd === 'string') &&
    'packaged' in input &&
    typeof input.packaged === 'boolean'
  );
}
