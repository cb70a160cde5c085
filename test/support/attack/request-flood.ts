import { Agent, type RequestOptions, request } from 'node:http';
import { type Api, startTestService, textSeed } from '../service/run.ts';

export const name = 'a flood of each kind of request, as one visitor behind a proxy';

export interface FloodResult {
  /** Of each kind of request: how many were answered with something else than 429. */
  readonly allowed: Readonly<Record<string, number>>;
  /** Whether another visitor was served after each flood. */
  readonly othersServed: boolean;
}

const PUBLIC = 'https://share.example.com';

/** Requests under way at the same time: fewer than the answers that a visitor may have at once. */
const AT_ONCE = 16;

/** Sends so many requests of each kind, each kind as a visitor of its own. */
export async function run(requests = 1_300): Promise<FloodResult> {
  let port = 0;
  const running = await startTestService({
    publicBaseUrl: PUBLIC,
    trustedProxies: ['127.0.0.1'],
    log: (event) => {
      if (event.event === 'pages-open') port = Number(event.port);
    },
  });
  const agent = new Agent({ keepAlive: true });
  const allowed: Record<string, number> = {};
  let othersServed = true;
  try {
    const shares = await sharesOf(running.api);
    for (const [index, [kind, pathOf, init]] of KINDS.entries()) {
      const ask = (path: string, visitor: string, more: Init = { method: 'GET' }) =>
        statusOf(
          { port, path, agent, ...more, headers: { ...more.headers, ...from(visitor) } },
          more.body,
        );
      let left = requests;
      let answered = 0;
      const worker = async (): Promise<void> => {
        while (left-- > 0) {
          if ((await ask(pathOf(shares), `203.0.113.${index}`, init)) !== 429) answered++;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      allowed[kind] = answered;
      if ((await ask(shares.text, `198.51.100.${index}`)) !== 200) othersServed = false;
    }
  } finally {
    agent.destroy();
    await running.end();
  }
  return { allowed, othersServed };
}

const from = (visitor: string) => ({ 'x-forwarded-for': visitor });

function statusOf(options: RequestOptions, body?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', ...options }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

interface Init {
  readonly method: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Shares {
  readonly text: string;
  readonly locked: string;
  readonly once: string;
  readonly collection: string;
}

async function sharesOf(api: Api): Promise<Shares> {
  const pathOf = (share: { link: string }) => new URL(share.link).pathname;
  const assets = [await api.create(textSeed('one')), await api.create(textSeed('two'))];
  const made = await api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
  return {
    text: pathOf(await api.share(textSeed('text'))),
    locked: pathOf(await api.share(textSeed('text'), { password: 'right' })),
    once: pathOf(await api.share(textSeed('text'), { once: true })),
    collection: pathOf(made.json.iterable[0]),
  };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

type Kind = readonly [kind: string, pathOf: (shares: Shares) => string, init?: Init];

/** What can be asked for; the answers differ, the budgets hold for all. */
const KINDS: readonly Kind[] = [
  ['page', ({ text }) => text],
  ['raw', ({ text }) => `${text}/raw`],
  ['download', ({ text }) => `${text}/download`],
  ['head', ({ text }) => `${text}/raw`, { method: 'HEAD' }],
  ['item', ({ collection }) => `${collection}/2`],
  ['item raw', ({ collection }) => `${collection}/2/raw`],
  ['archive', ({ collection }) => `${collection}/zip`],
  ['password form', ({ locked }) => locked],
  ['password form of raw', ({ locked }) => `${locked}/raw`],
  [
    'wrong password',
    ({ locked }) => `${locked}/open`,
    { method: 'POST', headers: FORM, body: 'password=x' },
  ],
  ['one-time form', ({ once }) => once],
  [
    'one-time form without its key',
    ({ once }) => `${once}/open`,
    { method: 'POST', headers: FORM, body: 'key=x' },
  ],
  ['unknown id', () => '/s/nowhere'],
  ['unknown grant', () => '/o/nowhere'],
  ['unknown path', () => '/nowhere'],
  ['wrong method', ({ text }) => text, { method: 'DELETE' }],
  ['icon', () => '/icon.svg'],
];
