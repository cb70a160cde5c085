// What the server is measured against where its catalog is in PostgreSQL: one statement for each
// request, on a table of its own, or what the server writes for a share, in tables that it has
// created. Usage: node bare-postgres.ts URL CONNECTIONS; prints its port.
import { hash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const [url = '', connections = '10'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections), pipeline: true });
await pool.query(`create table if not exists bare (id text primary key, content bytea not null);
  alter table bare alter column content set storage external`);

/** All rows of a share, as the server writes them. */
const SHARE = `with asset as (
    insert into assets (id, name, form, ext, size_bytes, created_at)
      values ($1, 'note', 'text', 'txt', $2, $3) returning pk),
  content as (
    insert into contents (asset_pk, content) values ((select pk from asset), $4) returning asset_pk),
  share as (
    insert into shares (id, id_hash, is_collection, created_at, expires_at, options)
      values ($5, $6, 0, $3, $7, '{}') on conflict (id_hash) do nothing returning pk)
  insert into share_assets (share_pk, position, asset_pk)
    select share.pk, 0, asset.pk from share, asset`;
const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

/** Writes what a share of a body needs, in one transaction: two round trips, as the server does. */
async function share(body: Buffer): Promise<string> {
  const id = randomUUID();
  const now = Date.now();
  const values = [
    randomUUID(),
    body.byteLength,
    now,
    body,
    id,
    hash('sha256', id, 'base64url'),
    now + WEEK_MS,
  ];
  const client = await pool.connect();
  try {
    await Promise.all([
      client.query('begin'),
      client.query({ name: 'share', text: SHARE, values }),
      client.query({
        name: 'used',
        text: 'update used set bytes = bytes + $1',
        values: [body.byteLength],
      }),
    ]);
    await client.query('commit');
    return id;
  } finally {
    client.release();
  }
}

/** Inserts a body; the statement is its own transaction. */
async function insert(body: Buffer): Promise<string> {
  const id = randomUUID();
  await pool.query({
    name: 'insert',
    text: 'insert into bare (id, content) values ($1, $2)',
    values: [id, body],
  });
  return id;
}

/** Writes a body, durable before the answer. */
async function write(
  create: (body: Buffer) => Promise<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const id = await create(Buffer.concat(chunks));
  const answer = JSON.stringify({ id });
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
  });
  response.end(answer);
}

/** Reads a row, and answers its content. */
async function read(id: string, response: ServerResponse): Promise<void> {
  const { rows } = await pool.query<{ readonly content: Buffer }>({
    name: 'read',
    text: 'select content from bare where id = $1',
    values: [id],
  });
  const content = rows[0]?.content;
  if (content === undefined) return void response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': content.byteLength,
  });
  response.end(content);
}

const server = createServer((request, response) => {
  const [, kind = '', id = ''] = (request.url ?? '').split('/');
  const handled =
    kind === 'read'
      ? read(id, response)
      : write(kind === 'share' ? share : insert, request, response);
  handled.catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens always has an AddressInfo.
  console.log((server.address() as AddressInfo).port);
});
