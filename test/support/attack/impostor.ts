import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { waitFor } from '../desktop/wait-for.ts';

/** `nobody`, whom every Linux has; only root can become it. */
export const OTHER_UID = 65_534;

/** A program of another user that answers as Pieces OS, and as a custom server, do. */
export interface Impostor {
  readonly port: number;
  /** Everything that was sent to it, connection after connection, as it came. */
  heard(): string;
  /** How many connections it took. */
  connections(): number;
  stop(): Promise<void>;
}

/** What runs as the other user: plain Node, so that it needs no file of ours. */
const PROGRAM = `
const net = require('net');
const say = (what) => process.stdout.write(JSON.stringify(what) + '\\n');
const json = (value) => ({ type: 'application/json', body: JSON.stringify(value) });
const share = { iterable: [{ id: 'stolen', link: 'http://127.0.0.1:9/stolen', access: 'PUBLIC', accessors: { iterable: [] } }] };
const answer = (head) => {
  if (head.includes('/.well-known/health')) return { type: 'text/plain', body: 'ok:' + process.argv[3] };
  if (head.includes('/.well-known/version')) return { type: 'text/plain', body: '11.0.0' };
  if (head.includes('/connect')) return json({ application: { id: 'a', name: 'OTHER', version: '1', platform: 'LINUX' }, health: {} });
  if (head.includes('/user')) return json({ user: { id: 'u', email: 'x@example.org', allocation: { status: { cloud: 'RUNNING' } } } });
  if (head.includes('/linkify')) return json(share);
  return json({ id: 'asset' });
};
const server = net.createServer((socket) => {
  say({ kind: 'connection' });
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    say({ kind: 'data', text: chunk.toString('latin1') });
    text += chunk.toString('latin1');
    const at = text.indexOf('\\r\\n\\r\\n');
    if (at === -1) return;
    const head = text.slice(0, at);
    const length = Number((/content-length: (\\d+)/i.exec(head) || [])[1] || 0);
    if (text.length < at + 4 + length) return;
    text = '';
    const { type, body } = answer(head.split('\\r\\n')[0]);
    socket.write('HTTP/1.1 200 OK\\r\\nContent-Type: ' + type + '\\r\\nContent-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body);
  });
});
const [host, port] = [process.argv[1], Number(process.argv[2])];
const listen = () => server.listen({ host, port });
// A port that is just being given up: tried again at once, as a thief would.
server.on('error', (error) => error.code === 'EADDRINUSE' ? setTimeout(listen, 1) : process.exit(1));
server.on('listening', () => say({ kind: 'listening', port: server.address().port }));
listen();
`;

export interface ImpostorOptions {
  readonly port?: number;
  /** Where it listens, 127.0.0.1 if absent. */
  readonly host?: string;
  readonly uid?: number;
  /** The installation id that it claims. */
  readonly installation?: string;
  /** It begins to listen later: when the port is given up. */
  readonly lurks?: boolean;
}

export async function startImpostor(options: ImpostorOptions = {}): Promise<Impostor> {
  const {
    port = 0,
    host = '127.0.0.1',
    uid = OTHER_UID,
    installation = '00000000-0000-4000-8000-000000000000',
  } = options;
  const as = ['--reuid', String(uid), '--regid', String(uid), '--clear-groups'];
  const child = spawn(
    'setpriv',
    [...as, process.execPath, '-e', PROGRAM, host, String(port), installation],
    { stdio: ['ignore', 'pipe', 'inherit'], cwd: '/' },
  );
  let heard = '';
  let connections = 0;
  let listensAt: number | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    const said: { kind: string; text?: string; port?: number } = JSON.parse(line);
    if (said.kind === 'connection') connections++;
    if (said.kind === 'data') heard += said.text ?? '';
    if (said.kind === 'listening') listensAt = said.port;
  });
  if (options.lurks !== true) await waitFor('the impostor', () => listensAt !== undefined);
  return {
    get port() {
      return listensAt ?? port;
    },
    heard: () => heard,
    connections: () => connections,
    stop: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

export const canBecomeOther = process.platform === 'linux' && process.getuid?.() === 0;
