import { connect } from 'node:net';
import { COMMON_HEADERS } from '../../../main/server/http/response.ts';
import { startTestService, textSeed } from '../service/run.ts';

export const name = 'requests that Node answers by itself';

const HEAD = 'Host: 127.0.0.1\r\n';

/** Requests that are answered, or not, before any of our routes sees them. */
const REQUESTS: Readonly<Record<string, string>> = {
  'an unknown expectation': `GET / HTTP/1.1\r\n${HEAD}Expect: nonsense\r\n\r\n`,
  'an expectation with a body': `POST / HTTP/1.1\r\n${HEAD}Expect: 200-ok\r\nContent-Length: 5\r\n\r\nhello`,
  'no Host': 'GET / HTTP/1.1\r\n\r\n',
  'an empty Host': 'GET / HTTP/1.1\r\nHost:\r\n\r\n',
  'two Hosts': `GET / HTTP/1.1\r\n${HEAD}${HEAD}\r\n`,
  'an upgrade': `GET / HTTP/1.1\r\n${HEAD}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  'an upgrade to HTTP/2': `GET / HTTP/1.1\r\n${HEAD}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n`,
  'HTTP/2 without a word': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a tunnel': `CONNECT example.com:443 HTTP/1.1\r\n${HEAD}\r\n`,
  'an unknown method': `BREW / HTTP/1.1\r\n${HEAD}\r\n`,
  'an unknown version': `GET / HTTP/9.9\r\n${HEAD}\r\n`,
  'HTTP/0.9': 'GET /\r\n\r\n',
  'no HTTP': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'too long headers': `GET / HTTP/1.1\r\n${HEAD}X: ${'a'.repeat(20_000)}\r\n\r\n`,
  'too long a target': `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${HEAD}\r\n`,
  'too many headers': `GET / HTTP/1.1\r\n${HEAD}${'X: y\r\n'.repeat(100)}\r\n`,
  'two lengths': `POST / HTTP/1.1\r\n${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
  'an encoding that is none': `POST / HTTP/1.1\r\n${HEAD}Transfer-Encoding: nonsense\r\n\r\n`,
  'a chunk without a size': `POST / HTTP/1.1\r\n${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  'all there is': `OPTIONS * HTTP/1.1\r\n${HEAD}\r\n`,
  'headers that never end': `GET / HTTP/1.1\r\n${HEAD}X: y\r\n`,
};

export interface BareAnswersResult {
  /** The status of each, by listener; 0 where the connection was closed without an answer. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers that lack a header, and which. */
  readonly bare: readonly string[];
}

export async function run(): Promise<BareAnswersResult> {
  const limits = { headersMs: 500, keepAliveMs: 500, idleMs: 2_000 };
  const running = await startTestService({ limits: { pages: limits, api: limits } });
  const statuses: Record<string, number> = {};
  const bare: string[] = [];
  try {
    const { link } = await running.api.share(textSeed('x'));
    const listeners = { pages: link, api: running.service.apiBaseUrl };
    for (const [listener, url] of Object.entries(listeners)) {
      for (const [what, request] of Object.entries(REQUESTS)) {
        const where = `${what}, ${listener}`;
        const answer = await answerTo(Number(new URL(url).port), request);
        const head =
          answer.replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, '').split('\r\n\r\n')[0] ?? '';
        statuses[where] = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
        if (statuses[where] === 0) continue;
        for (const header of Object.keys(COMMON_HEADERS)) {
          if (!new RegExp(`^${header}: `, 'im').test(head)) bare.push(`${where}: ${header}`);
        }
      }
    }
  } finally {
    await running.end();
  }
  return { statuses, bare };
}

/** All that is answered until the connection is closed. */
function answerTo(port: number, request: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      text += part;
    });
    socket.once('close', () => resolve(text));
    socket.write(request, 'latin1');
  });
}
