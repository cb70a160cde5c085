import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { challengeAnswer } from './api/challenge.ts';
import { UsageError } from './cli-options.ts';
import { tokenFileIn } from './data-dir.ts';
import type { ServerOptions } from './options.ts';
import { startServer } from './start.ts';
import { SCOPES } from './store/users.ts';

export const USERS_USAGE = `Usage: linkify-tray-server users COMMAND --data DIR [options]
       linkify-tray-server audit --data DIR

Commands:
  add NAME            Create a user and print the access token, which can't be read again
  list                List users with their scopes and storage
  disable NAME        Refuse the user's token; links stay
  enable NAME         Accept the user's token again
  rotate NAME         Replace the user's token and print the new one
  remove NAME         Revoke all of the user's links and delete the user

Options of add:
  --scope SCOPE       read-only, share, or admin (manage users, read metrics) [default: share]
  --quota-mb N        Storage limit of the user in MB [default: the server's]
  --max-file-mb N     Largest file in MB [default: the server's]
  --requests N        Requests a minute [default: 600]

audit prints who created, revoked, and used up links, one JSON object a line, newest first.
Works whether the server runs or not.`;

const MB = 1_000_000;

const userSchema = v.object({
  id: v.string(),
  name: v.string(),
  scope: v.picklist(SCOPES),
  usedBytes: v.number(),
  quotaBytes: v.optional(v.number()),
  disabled: v.boolean(),
});
const usersSchema = v.object({ iterable: v.array(userSchema) });
const tokenSchema = v.object({ user: userSchema, token: v.string() });
const auditSchema = v.object({ iterable: v.array(v.record(v.string(), v.unknown())) });

type WireUser = v.InferOutput<typeof userSchema>;

interface Output {
  /** For programs: a token, a row, an entry. */
  print(line: string): void;
  /** For the person who typed the command. */
  say(line: string): void;
}

/** Where a server answers, with its own token. */
interface Access {
  readonly baseUrl: string;
  readonly token: string;
}

/** The file that says where the API of a running server is. */
export const addressFileIn = (dataDir: string): string => join(dataDir, 'api-address');

/**
 * Manages users, and prints the audit log: by the API of the server that runs on the data folder, or
 * of one that is started for the command.
 * @param args `users ...` or `audit`, with the options that aren't the server's
 * @throws UsageError; Error with a message for people
 */
export async function runUsersCommand(
  args: readonly string[],
  options: Omit<ServerOptions, 'log'>,
  output: Output,
): Promise<void> {
  const command = parse(args);
  const running = await runningServer(options);
  if (running !== undefined) return await run(command, running, output);
  const server = await startServer({ ...options, apiPort: 0, opensPages: false });
  try {
    await run(command, { baseUrl: server.apiBaseUrl, token: server.token }, output);
  } finally {
    await server.close();
  }
}

/** The part of a command line that is this module's, and the rest, which is the server's. */
export function splitUsersArgs(args: readonly string[]): {
  readonly own: readonly string[];
  readonly server: readonly string[];
} {
  const own: string[] = [];
  const server: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const isServers = /^--(data|token|blobs|database[a-z-]*)(=|$)/.test(arg);
    const list = isServers ? server : own;
    list.push(arg);
    if (isServers && !arg.includes('=')) server.push(args[++at] ?? '');
  }
  return { own, server };
}

type Command = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { scope: text, 'quota-mb': text, 'max-file-mb': text, requests: text },
    });
    const [group = '', action = '', name, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError(`Unexpected argument: "${rest[0]}".`);
    return { group, action, name, values };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError((error as Error).message, { cause: error });
  }
}

async function run(command: Command, server: Access, { print, say }: Output): Promise<void> {
  const { group, action, name, values } = command;
  if (group === 'audit') {
    const { iterable } = await call(server, auditSchema, 'GET', '/x-linkify/audit');
    for (const entry of iterable) print(JSON.stringify(entry));
    return;
  }
  if (action === 'list') {
    const { iterable } = await call(server, usersSchema, 'GET', '/x-linkify/users');
    for (const user of iterable) print(rowOf(user));
    return;
  }
  if (name === undefined) throw new UsageError('A command and the name of a user are required.');
  if (action === 'add') {
    const issued = await call(server, tokenSchema, 'POST', '/x-linkify/users', {
      name,
      scope: values.scope,
      quotaBytes: bytesOf(values, 'quota-mb'),
      maxContentBytes: bytesOf(values, 'max-file-mb'),
      requestsPerMinute: numberOf(values, 'requests'),
    });
    print(issued.token);
    return say(`Created ${issued.user.name}. The token isn't shown again.`);
  }
  if (!/^(disable|enable|rotate|remove)$/.test(action)) {
    throw new UsageError(`Unknown command: "${action}".`);
  }
  const path = `/x-linkify/users/${await idOf(server, name)}/${action}`;
  if (action === 'rotate') {
    print((await call(server, tokenSchema, 'POST', path)).token);
    return say(`The old token of ${name} no longer works. The new one isn't shown again.`);
  }
  await call(server, userSchema, 'POST', path);
  say(`Done: ${action} ${name}`);
}

function rowOf({ name, scope, usedBytes, quotaBytes, disabled }: WireUser): string {
  const quota = quotaBytes === undefined ? 'no limit' : `${quotaBytes / MB} MB`;
  const state = disabled ? 'disabled' : 'enabled';
  return [name, scope, state, `${(usedBytes / MB).toFixed(1)} MB`, quota].join('\t');
}

async function idOf(server: Access, name: string): Promise<string> {
  const { iterable } = await call(server, usersSchema, 'GET', '/x-linkify/users');
  const key = (text: string): string => text.normalize('NFC').toLowerCase();
  const user = iterable.find((user) => key(user.name) === key(name));
  if (user === undefined) throw new Error(`There is no user "${name}".`);
  return user.id;
}

async function call<S extends v.GenericSchema>(
  { baseUrl, token }: Access,
  schema: S,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<v.InferOutput<S>> {
  const response = await fetch(baseUrl + path, {
    method,
    redirect: 'error',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return v.parse(schema, JSON.parse(text));
}

/** The server that runs on this data folder. It proves that it knows the token before it gets it. */
async function runningServer({
  dataDir,
  token: given,
}: Omit<ServerOptions, 'log'>): Promise<Access | undefined> {
  const baseUrl = await readFile(addressFileIn(dataDir), 'utf8').catch(() => undefined);
  const token = given ?? (await readFile(tokenFileIn(dataDir), 'utf8').catch(() => undefined));
  if (baseUrl === undefined || token === undefined) return undefined;
  const { hostname, port } = new URL(baseUrl);
  if (hostname !== '127.0.0.1') return undefined;
  const nonce = randomBytes(16).toString('hex');
  const response = await fetch(`${baseUrl}/.well-known/challenge?nonce=${nonce}`, {
    redirect: 'error',
  }).catch(() => undefined);
  const expected = challengeAnswer(token.trim(), nonce, { address: hostname, port: Number(port) });
  if ((await response?.text()) !== expected) return undefined;
  return { baseUrl, token: token.trim() };
}

function numberOf(values: Command['values'], name: keyof Command['values']): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`--${name} must be a positive number.`);
}

function bytesOf(values: Command['values'], name: keyof Command['values']): number | undefined {
  const megabytes = numberOf(values, name);
  return megabytes === undefined ? undefined : Math.round(megabytes * MB);
}
