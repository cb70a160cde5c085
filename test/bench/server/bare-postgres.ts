// What the server is measured against where its catalog is in PostgreSQL: one statement for each
// request, on a table of its own. Usage: node bare-postgres.ts URL CONNECTIONS; prints its port.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

const [url = '', connections = '10'] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: Number(connections) });
await pool.query(`create table if not exists bare (id text primary key, content bytea not null);
  alter table bare alter column content set storage external`);

/** Inserts a body; the statement is its own transaction, durable before the answer. */
async function insert(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const id = randomUUID();
  await pool.query({
    name: 'insert',
    text: 'insert into bare (id, content) values ($1, $2)',
    values: [id, Buffer.concat(chunks)],
  });
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
  const handled = kind === 'insert' ? insert(request, response) : read(id, response);
  handled.catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens always has an AddressInfo.
  console.log((server.address() as AddressInfo).port);
});
