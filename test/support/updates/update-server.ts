import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UpdateServer {
  readonly url: string;
  /** What it serves: a path of the disk, or bytes. */
  readonly files: Map<string, string | Uint8Array>;
  /** Breaks each answer of an AppImage after this many bytes; undefined: none. */
  cutAfter: number | undefined;
  /** Bytes of bodies that were sent. */
  sentBytes: number;
  close(): void;
}

/** A server of files on this computer, with ranges, as hosts of releases are. */
export async function startUpdateServer(): Promise<UpdateServer> {
  const files = new Map<string, string | Uint8Array>();
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1);
    const found = files.get(name);
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const content = typeof found === 'string' ? readFileSync(found) : found;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = to === undefined || to === '' ? content.length - 1 : Number(to);
    const body = content.subarray(start, end + 1);
    response.writeHead(from === undefined ? 200 : 206, {
      'content-length': body.length,
      'accept-ranges': 'bytes',
      ...(from === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${content.length}` }),
    });
    send(response, body, name);
  });
  const send = (response: ServerResponse, body: Uint8Array, name: string): void => {
    const { cutAfter } = self;
    if (cutAfter === undefined || !name.endsWith('.AppImage') || body.length <= cutAfter) {
      self.sentBytes += body.length;
      response.end(body);
      return;
    }
    self.sentBytes += cutAfter;
    response.write(body.subarray(0, cutAfter), () => response.destroy());
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const self: UpdateServer = {
    url: `http://127.0.0.1:${port}/`,
    files,
    cutAfter: undefined,
    sentBytes: 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return self;
}
