// What the server is measured against: plain handlers of Node's, each written as well as its one
// purpose allows, in a process of its own. Usage: node bare-handler.ts FOLDER; prints its port.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

const [folder = ''] = process.argv.slice(2);
const READ_BYTES = 256 * 1024;
const WRITE_BYTES = 1024 * 1024;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
};

type Handle = (
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
) => Promise<unknown> | undefined;

const typeOf = (name: string): string => TYPES[extname(name)] ?? 'application/octet-stream';

const cached = new Map<string, Buffer>();
const records = await open(join(folder, 'records'), 'a');
const created = await readFile(join(folder, 'created.json')).catch(() => Buffer.from('{}'));

/** Answers a file's bytes, read once. */
const answer: Handle = async (_request, response, name) => {
  const bytes = cached.get(name) ?? (await readFile(join(folder, name)));
  cached.set(name, bytes);
  response.writeHead(200, { 'content-type': typeOf(name), 'content-length': bytes.byteLength });
  response.end(bytes);
};

/** Answers a file's bytes, or the range that is asked for, from the disk. */
const file: Handle = async (request, response, name) => {
  const path = join(folder, name);
  const { size } = await stat(path);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first ?? 0);
  const end = Number(last ?? size - 1);
  response.writeHead(first === undefined ? 200 : 206, {
    'content-type': typeOf(name),
    'content-length': end - start + 1,
    ...(first === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
  });
  await pipeline(createReadStream(path, { start, end, highWaterMark: READ_BYTES }), response);
};

/** One file so many times, with the checksum that an archive needs of each. */
const archive: Handle = async (request, response, name) => {
  const copies = Number(request.headers['x-copies']);
  const path = join(folder, name);
  response.writeHead(200, { 'content-length': copies * (await stat(path)).size });
  await pipeline(async function* () {
    for (let copy = 0; copy < copies; copy += 1) {
      let checksum = 0;
      for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    }
  }, response);
};

/** Appends a body to a file and syncs it before the answer. */
const append: Handle = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  await records.write(Buffer.concat(chunks));
  await records.datasync();
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': created.byteLength,
  });
  response.end(created);
};

/** Writes a body to a file by its hash: a piece is hashed while it is written. */
const upload: Handle = async (request, response, name) => {
  const temporary = join(folder, randomBytes(12).toString('hex'));
  const target = await open(temporary, 'wx', 0o600);
  const hash = createHash('sha256');
  let pieces: Buffer[] = [];
  let bytes = 0;
  let writing: Promise<unknown> | undefined;
  const write = async (): Promise<void> => {
    await writing;
    writing = target.writev(pieces);
    for (const piece of pieces) hash.update(piece);
    pieces = [];
    bytes = 0;
  };
  for await (const chunk of request) {
    pieces.push(chunk as Buffer);
    bytes += (chunk as Buffer).byteLength;
    if (bytes >= WRITE_BYTES) await write();
  }
  await write();
  await writing;
  await target.sync();
  await target.close();
  await rename(temporary, join(folder, name));
  const parent = await open(folder, 'r');
  await parent.sync();
  await parent.close();
  response.end(hash.digest('hex'));
};

const HANDLERS: Readonly<Record<string, Handle>> = { answer, file, archive, append, upload };

const server = createServer((request, response) => {
  const [, kind = '', name = ''] = (request.url ?? '').split('/');
  const handled = HANDLERS[kind]?.(request, response, name);
  if (handled === undefined) response.writeHead(404).end();
  else handled.catch((error: unknown) => response.destroy(error as Error));
});
server.listen(0, '127.0.0.1', () => {
  // A TCP server that listens always has an AddressInfo.
  console.log((server.address() as AddressInfo).port);
});
