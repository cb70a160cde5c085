import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { messagesFor } from '../../../../main/server/pages/i18n.ts';
import { sendContent } from '../../../../main/server/pages/send.ts';

const exchangeOf = (request: IncomingMessage, response: ServerResponse) => ({
  request,
  response,
  visitor: '',
  isOwnComputer: true,
  origin: '',
  messages: messagesFor(undefined),
  basePath: '',
});

test('closes what it opened when the response was ended while it was being opened', async () => {
  const bytes = Readable.from(['content']);
  const sent = new Promise<unknown>((resolve) => {
    const server = createServer((request, response) => {
      sendContent(exchangeOf(request, response), {
        type: 'text/plain',
        name: 'a.txt',
        disposition: 'inline',
        sizeBytes: 7,
        validators: { etag: '"1"' },
        isCacheable: true,
        admit: async () => undefined,
        async open() {
          // What a time limit does.
          response.writeHead(503).end();
          return bytes;
        },
      }).then(resolve, resolve);
    });
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      get({ port, agent: false }, (answer) => {
        answer.resume().once('end', () => server.close());
      });
    });
  });

  expect(await sent).toMatchObject({ code: 'ERR_HTTP_HEADERS_SENT' });
  expect(bytes.destroyed).toBe(true);
});
