import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningServer, ServerOptions } from '../../../main/server/options.ts';
import { startServer } from '../../../main/server/start.ts';
import { BROWSER_ACCEPTS } from '../as-browser.ts';
import { filesBelow } from '../files-below.ts';

/** A service of its own in a folder of its own, on free ports of this machine only. */
export interface TestService {
  readonly service: RunningServer;
  readonly dataDir: string;
  readonly api: Api;
  /** Closes it; the folder stays for the next start. */
  stop(): Promise<void>;
  /** Closes it and removes the folder. */
  end(): Promise<void>;
}

export async function startTestService(options: Partial<ServerOptions> = {}): Promise<TestService> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'linkify-service-')));
  const service = await startServer({
    dataDir,
    apiPort: 0,
    pagesPort: 0,
    reach: 'loopback',
    // Where tests have Chromium look for the pages, for plain http at a name.
    hostNames: ['laptop.lan'],
    ...options,
  });
  return {
    service,
    dataDir,
    api: apiOf(service.apiBaseUrl, service.token),
    stop: () => service.close(),
    async end() {
      await service.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What a test reads of an answer is its own business.
  // biome-ignore lint/suspicious/noExplicitAny: tests look into parsed JSON freely
  readonly json: any;
}

export interface Api {
  call(method: string, path: string, body?: unknown, headers?: HeadersInit): Promise<Answer>;
  /** Shares a seed and answers the one share of the answer. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  share(seed: unknown, shareOptions?: object): Promise<any>;
  create(seed: unknown): Promise<string>;
  revoke(id: string): Promise<Answer>;
}

/** @param baseUrls of several servers: one request after the other goes to another one */
export function apiOf(baseUrls: string | readonly string[], token: string): Api {
  const urls = [baseUrls].flat();
  let calls = 0;
  const call: Api['call'] = async (method, path, body, headers = {}) => {
    const response = await fetch(urls[calls++ % urls.length] + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return answerOf(response);
  };
  const done = (answer: Answer): Answer => {
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    return answer;
  };
  return {
    call,
    async share(seed, shareOptions) {
      const body = {
        access: 'PUBLIC',
        seed,
        ...(shareOptions === undefined ? {} : { 'x-linkify': shareOptions }),
      };
      return done(await call('POST', '/linkify', body)).json.iterable[0];
    },
    create: async (seed) => done(await call('POST', '/assets/create', seed)).json.id,
    revoke: (id) => call('POST', `/linkify/${id}/revoke`),
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** What a tunnel adds: without it, requests of tests come from this computer itself. */
export const FROM_ELSEWHERE = { 'x-forwarded-for': '192.0.2.7' } as const;

/** Gets a page as a browser does, unless the headers say otherwise. */
export async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  const all = { accept: BROWSER_ACCEPTS, ...headers };
  return answerOf(await fetch(url, { headers: all, redirect: 'manual' }));
}

/** Opens a page and sees it: asks for what a page asks for once it is visible. */
export async function viewPage(
  link: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const page = await get(link, headers);
  const seen = /--seen:url\(([^)]+)\)/.exec(page.text)?.[1];
  if (seen === undefined) throw new Error(`${page.status}: no page that counts`);
  await get(new URL(seen, link).href, { accept: 'image/*,*/*;q=0.8', ...headers });
  return page;
}

/** Sends the form of a page that asks before it shows anything, as a browser does. */
export async function sendForm(link: string, fields: Record<string, string> = {}): Promise<Answer> {
  const body = new URLSearchParams(fields);
  const headers = { accept: BROWSER_ACCEPTS };
  return answerOf(
    await fetch(`${link}/open`, { method: 'POST', headers, body, redirect: 'manual' }),
  );
}

/** What the form of an open-once page carries. */
export const keyIn = (page: string): string => /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '';

export const APPLICATION = {
  id: 'b8a1f7a0-9f0c-4d5e-8a2e-0c7f3f1d2e33',
  name: 'OPEN_SOURCE',
  version: '1.0.0',
  platform: 'LINUX',
  onboarded: false,
  privacy: 'OPEN',
};

export function textSeed(raw: string, name = 'Greeting', ext?: string) {
  return {
    type: 'SEEDED_ASSET',
    asset: {
      application: APPLICATION,
      metadata: { name, mechanism: 'MANUAL' },
      format: {
        fragment: { string: { raw }, metadata: ext === undefined ? {} : { ext } },
      },
    },
  };
}

export function fileSeed(bytes: Uint8Array, name: string, ext?: string) {
  return {
    type: 'SEEDED_ASSET',
    asset: {
      application: APPLICATION,
      metadata: { name },
      format: {
        file: {
          bytes: { raw: [...bytes] },
          metadata: { name, size: bytes.byteLength, ...(ext === undefined ? {} : { ext }) },
        },
      },
    },
  };
}

/** Text that stands nowhere else, and that no compression can break up. */
export function marker(): string {
  return `mk${randomBytes(6).toString('base64url')}`;
}

/** Files below a folder whose bytes hold the text. */
export async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const found: string[] = [];
  const paths = await filesBelow(folder);
  // A write-ahead log before its database: a checkpoint moves content from one to the other.
  for (const path of paths.toSorted().toReversed()) {
    // A file may go between the listing and the look.
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes?.includes(text)) found.push(path);
  }
  return found;
}
