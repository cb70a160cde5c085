import { createHash, randomBytes } from 'node:crypto';
import { AS_BROWSER } from '../../as-browser.ts';
import type { ServiceProcess } from '../process.ts';
import { fileSeed, keyIn, textSeed } from '../run.ts';

/** Beside the metadata, and as a file of its own; in bytes. */
const SMALL = 1_000;
const LARGE = 300_000;

/** What a scenario needs of a running service: shares of each kind. */
export interface Fixture {
  readonly service: ServiceProcess;
  readonly token: string;
  /** A new asset of so many random bytes. */
  asset(bytes: number): Promise<{ id: string; content: Buffer }>;
  share(
    bytes: number,
    shareOptions?: object,
  ): Promise<{ id: string; link: string; content: Buffer }>;
  collection(): Promise<{ id: string; link: string }>;
}

export interface Outcome {
  /** 0: the connection was closed before or within the answer. */
  readonly status: number;
  /** A share that was acknowledged, with what its `/raw` must answer. */
  readonly made?: { readonly link: string; readonly sha256: string };
  /** Whether the answer has the right content; only of one with a status of success. */
  readonly isRight?: boolean;
}

/** One kind of request. `prepare` runs without faults; the run it answers meets the fault. */
export interface Scenario {
  readonly name: string;
  /** Creates or changes something: a share that is acknowledged must be there afterwards. */
  readonly prepare: (fixture: Fixture) => Promise<() => Promise<Outcome>>;
}

export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** A visit: an answer that breaks off counts as status 0. */
async function visit(
  url: string,
  isRight: (body: Buffer) => boolean,
  init: RequestInit & { readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Outcome> {
  try {
    const headers = { ...AS_BROWSER.headers, ...init.headers };
    const response = await fetch(url, { redirect: 'manual', ...init, headers });
    const body = Buffer.from(await response.arrayBuffer());
    const { status } = response;
    return status < 400 ? { status, isRight: isRight(body) } : { status };
  } catch {
    return { status: 0 };
  }
}

/** A call of the API that makes a share, and what its page must answer. */
async function make(
  { service }: Fixture,
  path: string,
  body: unknown,
  content: Buffer,
): Promise<Outcome> {
  try {
    const { status, json } = await service.api.call('POST', path, body);
    const share = json?.iterable?.[0];
    return share === undefined
      ? { status }
      : { status, made: { link: share.link, sha256: hashOf(content) } };
  } catch {
    return { status: 0 };
  }
}

const call = (path: (fixture: Fixture) => Promise<string>, method = 'POST') =>
  async function prepare(fixture: Fixture) {
    const where = await path(fixture);
    return async (): Promise<Outcome> => {
      try {
        return { status: (await fixture.service.api.call(method, where)).status };
      } catch {
        return { status: 0 };
      }
    };
  };

const upload = (bytes: number) =>
  async function prepare(fixture: Fixture) {
    const content = randomBytes(bytes);
    return async (): Promise<Outcome> => {
      try {
        const response = await fetch(`${fixture.service.baseUrl}/x-linkify/assets?name=a.bin`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${fixture.token}`,
            'content-type': 'application/octet-stream',
          },
          body: content,
        });
        const text = await response.text();
        if (response.status !== 200) return { status: response.status };
        return await make(
          fixture,
          '/linkify',
          { access: 'PUBLIC', asset: { id: JSON.parse(text).id } },
          content,
        );
      } catch {
        return { status: 0 };
      }
    };
  };

const create = (bytes: number, shareOptions?: object) =>
  async function prepare(fixture: Fixture) {
    const text = randomBytes(bytes / 2).toString('hex');
    const body = { access: 'PUBLIC', seed: textSeed(text), 'x-linkify': shareOptions };
    return () => make(fixture, '/linkify', body, Buffer.from(text));
  };

const page = (bytes: number, path: string, headers: Record<string, string> = {}) =>
  async function prepare(fixture: Fixture) {
    const { link, content } = await fixture.share(bytes);
    const expected = headers.range === undefined ? content : content.subarray(10, 200_000);
    const isRight = (body: Buffer) =>
      path === '' ? body.includes('</html>') : body.equals(expected);
    return () => visit(link + path, isRight, { headers: { connection: 'close', ...headers } });
  };

const inCollection = (path: string) =>
  async function prepare(fixture: Fixture) {
    const { link } = await fixture.collection();
    const isRight = (body: Buffer) => (path === '/zip' ? isZip(body) : body.includes('</html>'));
    return () => visit(link + path, isRight, { headers: { connection: 'close' } });
  };

/** Has the end of an archive (APPNOTE.TXT, 4.3.16), which is written last. */
const isZip = (body: Buffer): boolean => body.lastIndexOf(Buffer.from('PK\x05\x06')) > 0;

async function openOnce(fixture: Fixture): Promise<() => Promise<Outcome>> {
  const { link, content } = await fixture.share(LARGE, { once: true });
  const key = keyIn(await (await fetch(link, AS_BROWSER)).text());
  const isRight = (body: Buffer) => body.equals(content);
  return () =>
    visit(`${link}/open`, isRight, { method: 'POST', body: new URLSearchParams({ key }) });
}

async function openLocked(fixture: Fixture): Promise<() => Promise<Outcome>> {
  const { link } = await fixture.share(SMALL, { password: 'right' });
  const body = new URLSearchParams({ password: 'right' });
  return () => visit(`${link}/open`, () => true, { method: 'POST', body });
}

const shareOf = (bytes: number, path: string) => async (fixture: Fixture) =>
  path.replace('ID', (await fixture.share(bytes)).id);

export const SCENARIOS: readonly Scenario[] = [
  { name: 'upload of a file', prepare: upload(LARGE) },
  { name: 'upload of a small file', prepare: upload(SMALL) },
  { name: 'create a small text', prepare: create(SMALL) },
  { name: 'create a large text', prepare: create(LARGE) },
  { name: 'create with a password', prepare: create(SMALL, { password: 'right' }) },
  {
    name: 'create a collection',
    prepare: async (fixture) => {
      const assets = [(await fixture.asset(SMALL)).id, (await fixture.asset(LARGE)).id];
      return async () => {
        const body = { access: 'PUBLIC', assets };
        const { status } = await fixture.service.api.call('POST', '/linkify/multiple', body);
        return { status };
      };
    },
  },
  { name: 'revoke', prepare: call(shareOf(LARGE, '/linkify/ID/revoke')) },
  { name: 'revoke a small one', prepare: call(shareOf(SMALL, '/linkify/ID/revoke')) },
  { name: 'close', prepare: call(shareOf(LARGE, '/x-linkify/shares/ID/close')) },
  {
    name: 'delete an asset',
    prepare: call(async ({ asset }) => `/assets/${(await asset(LARGE)).id}/delete`),
  },
  { name: 'list', prepare: call(async () => '/shares', 'GET') },
  { name: 'page of a small text', prepare: page(SMALL, '') },
  { name: 'page of a file', prepare: page(LARGE, '') },
  { name: 'raw', prepare: page(LARGE, '/raw') },
  { name: 'raw of a small text', prepare: page(SMALL, '/raw') },
  { name: 'download', prepare: page(LARGE, '/download') },
  { name: 'range', prepare: page(LARGE, '/download', { range: 'bytes=10-199999' }) },
  { name: 'archive', prepare: inCollection('/zip') },
  { name: 'page of a collection', prepare: inCollection('') },
  { name: 'page of an item', prepare: inCollection('/2') },
  { name: 'open a one-time link', prepare: openOnce },
  { name: 'open with a password', prepare: openLocked },
];

/** Shares made through the API of a running service, without faults. */
export function fixtureOf(service: ServiceProcess): Fixture {
  const { api, token } = service;
  const asset: Fixture['asset'] = async (bytes) => {
    const content = randomBytes(bytes);
    return { id: await api.create(fileSeed(content, 'a.bin')), content };
  };
  return {
    service,
    token,
    asset,
    async share(bytes, shareOptions) {
      const { id, content } = await asset(bytes);
      const body = { access: 'PUBLIC', asset: { id }, 'x-linkify': shareOptions };
      const { json } = await api.call('POST', '/linkify', body);
      return { id: json.iterable[0].id, link: json.iterable[0].link, content };
    },
    async collection() {
      const assets = [(await asset(SMALL)).id, (await asset(LARGE)).id];
      const { json } = await api.call('POST', '/linkify/multiple', { access: 'PUBLIC', assets });
      return json.iterable[0];
    },
  };
}
