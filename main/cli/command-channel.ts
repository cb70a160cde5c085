import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { currentFolder } from './current-folder.ts';
import { onLines } from './line-reader.ts';
import {
  type AppCommand,
  type CommandResult,
  fromAppOf,
  type Greeting,
  greetingOf,
  lineOf,
  MAX_CONTENT_BYTES,
  MAX_LINE,
  PROTOCOL,
  type Progress,
  partOf,
  type Request,
  requestOf,
} from './protocol.ts';

const SOCKET = 'command.sock';
/** Names the pipe of this run on Windows, where a pipe is not in a folder. */
const PIPE_FILE = 'command-pipe';
/** `sun_path` has room for 104 bytes on macOS, 108 on Linux, with a zero at the end. */
const LONGEST_SOCKET_PATH = 103;

/** A command that has arrived. */
export interface ReceivedCommand {
  readonly command: AppCommand;
  /** What stdin had, for `share-content`. */
  readonly content: Uint8Array;
  /** Aborted when the command was canceled, or its process ended; never after the result. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Lets commands reach the app: over a socket in the profile folder that only this user can open (on
 * Windows a pipe with a random name, which is kept in that folder).
 * Only the process that has the single-instance lock may call this: it replaces an older socket.
 * @param version of the app, for messages about another version
 * @param run does a command; never rejects
 * @returns stops listening
 * @throws when there can be no socket in the folder
 */
export function listenForCommands(
  folder: string,
  version: string,
  run: (received: ReceivedCommand) => Promise<CommandResult>,
): () => void {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    receive(socket, version, run);
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

/** Reads a greeting, a request and its content, and answers. Anything else closes the connection. */
function receive(
  socket: Socket,
  version: string,
  run: (received: ReceivedCommand) => Promise<CommandResult>,
): void {
  let greeting: Greeting | undefined;
  let request: Request | undefined;
  let isRunning = false;
  const content: Uint8Array[] = [];
  let contentBytes = 0;
  const canceling = new AbortController();
  const send = (message: object): void => {
    if (socket.writable) socket.write(lineOf(message));
  };
  const end = (result: CommandResult): void => {
    isRunning = true;
    send({ result });
  };
  const start = ({ command, noWait, progress }: Request): void => {
    isRunning = true;
    const { signal } = noWait === true ? new AbortController() : canceling;
    const onProgress = (step: Progress): void => {
      if (progress === true) send({ progress: step });
    };
    const running = run({ command, content: Buffer.concat(content), signal, onProgress });
    content.length = 0;
    if (noWait === true) end({ code: 0 });
    else void running.then(end);
  };
  socket.once('close', () => canceling.abort());
  onLines(socket, MAX_LINE, (line) => {
    if (greeting === undefined) {
      greeting = greetingOf(line);
      if (greeting === undefined) socket.destroy();
      else send({ protocol: PROTOCOL, version });
      return;
    }
    if (request === undefined) {
      request = requestOf(line);
      // An app can be quit by a command of any version: that is what its message says to do.
      const isQuit = request?.command.kind === 'quit';
      if (greeting.protocol !== PROTOCOL && !isQuit) socket.end();
      else if (request === undefined) socket.destroy();
      else if (request.command.kind !== 'share-content') start(request);
      return;
    }
    const part = partOf(line);
    if (part === 'cancel') canceling.abort();
    // What comes after too much content.
    if (isRunning) return;
    if (part === undefined || part === 'cancel') socket.destroy();
    else if (part === 'end') start(request);
    else {
      contentBytes += part.byteLength;
      if (contentBytes <= MAX_CONTENT_BYTES) content.push(part);
      else {
        content.length = 0;
        end({ code: 1, error: TOO_MUCH });
      }
    }
  });
}

const TOO_MUCH = `Standard input has more than ${MAX_CONTENT_BYTES / 1_000_000} MB. Save it as a file and share that.`;

/** A connection to the running app. */
export interface CommandConnection {
  /**
   * Sends a command, and its content.
   * @returns `undefined` when the app ended before it answered, or `other-version`
   */
  send(
    request: Request,
    content: AsyncIterable<Uint8Array> | undefined,
    onProgress: (progress: Progress) => void,
  ): Promise<CommandResult | { readonly otherVersion: string } | undefined>;
  /** Cancels the share; its result still comes, as it may have been too late. */
  cancel(): void;
  /** Settles when the app closes the connection, which it does at its end. */
  closed(): Promise<void>;
  /** Also cancels a share. */
  close(): void;
}

/**
 * Connects to the app that runs with this profile folder; `undefined` when none does.
 * @param version of this command, for messages about another version
 */
export async function connectToApp(
  folder: string,
  version: string,
): Promise<CommandConnection | undefined> {
  const socket = await openSocket(folder);
  if (socket === undefined) return undefined;
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  return {
    async send(request, content, onProgress) {
      const result = receiveResult(socket, onProgress);
      // The app's greeting is not awaited: it is read before the result.
      socket.write(lineOf({ protocol: PROTOCOL, version }) + lineOf(request));
      if (content !== undefined) {
        await Promise.race([sendContent(socket, content), result]);
      }
      return result;
    },
    cancel: () => void socket.write(lineOf({ cancel: true })),
    closed: () => closed,
    close: () => socket.destroy(),
  };
}

function receiveResult(
  socket: Socket,
  onProgress: (progress: Progress) => void,
): ReturnType<CommandConnection['send']> {
  return new Promise((resolve) => {
    let greeting: Greeting | undefined;
    onLines(socket, MAX_LINE, (line) => {
      if (greeting === undefined) {
        greeting = greetingOf(line);
        if (greeting === undefined) socket.destroy();
        return;
      }
      const message = fromAppOf(line);
      if (message === undefined) socket.destroy();
      else if ('progress' in message) onProgress(message.progress);
      else resolve(message.result);
    });
    socket.once('close', () => {
      const isOther = greeting !== undefined && greeting.protocol !== PROTOCOL;
      resolve(isOther ? { otherVersion: greeting?.version ?? '' } : undefined);
    });
  });
}

/** Sends what stdin has, as fast as the app reads it, until the connection closes. */
async function sendContent(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const part of content) {
    if (!socket.writable) return;
    const isRoomLeft = socket.write(lineOf({ content: Buffer.from(part).toString('base64') }));
    if (!isRoomLeft) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          socket.off('drain', done).off('close', done);
          resolve();
        };
        socket.once('drain', done).once('close', done);
      });
    }
  }
  if (socket.writable) socket.write(lineOf({ end: true }));
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
