import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import type { LinkifyService, Share } from '../../../main/linkify/model.ts';
import { type ScriptedService, startScriptedService } from '../../support/scripted-service.ts';

/** Answers as a good service gives them, to be broken. */
const GOOD: Readonly<Record<string, unknown>> = {
  'POST /connect': {
    os: 'os-1',
    application: {
      id: 'app-1',
      name: 'OPEN_SOURCE',
      version: '1.0.0',
      platform: 'LINUX',
      onboarded: false,
      privacy: 'OPEN',
    },
    health: { os: { id: 'os-1', version: '11.1.2' } },
  },
  'GET /user': {
    user: {
      id: 'u-1',
      name: 'Ada',
      aesthetics: { theme: { dark: true }, font: { size: 14 } },
      allocation: { id: 'u-1', status: { cloud: 'RUNNING' }, urls: {} },
    },
  },
  'POST /assets/create': { id: 'as-1', name: 'x', formats: { iterable: [] } },
  'POST /linkify': {
    iterable: [
      {
        id: 'sh-1',
        short: 'sh',
        link: 'https://ada.cloud.example/?p=sh-1',
        created: { value: '2026-11-23T12:00:01.000Z' },
        asset: { id: 'as-1' },
      },
    ],
  },
  'POST /linkify/multiple': {
    iterable: [
      {
        id: 'sh-2',
        link: 'https://ada.cloud.example/?p=notes',
        name: 'notes',
        assets: { iterable: [{ id: 'as-1' }, { id: 'as-2' }] },
      },
    ],
  },
  'GET /shares': {
    iterable: [
      { id: 'sh-1', link: 'https://ada.cloud.example/?p=sh-1', asset: { id: 'as-1' } },
      { id: 'sh-2', link: 'https://ada.cloud.example/?p=notes', name: 'notes' },
    ],
  },
  'POST /os/update/check': { status: 'DOWNLOADING', percentage: 42 },
};

/** Values that break programs. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    '..',
    '__proto__',
    'constructor',
    'javascript:alert(1)',
    'https://user:pass@evil.example/',
    'https://x.example/\u202e',
    'https://xn--pple-43d.com/',
    'data:text/html,x',
    [],
    {},
    [[]],
    { iterable: null },
    { iterable: [null] },
    { id: {}, link: [] },
    'x'.repeat(5_000),
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);

type Change =
  | { readonly kind: 'replace'; readonly at: number; readonly value: unknown }
  | { readonly kind: 'drop'; readonly at: number }
  | { readonly kind: 'add'; readonly at: number; readonly key: string; readonly value: unknown }
  | { readonly kind: 'repeat'; readonly at: number };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(40), value: nasty }),
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(40) }),
  fc.record({
    kind: fc.constant('add' as const),
    at: fc.nat(40),
    key: fc.constantFrom('__proto__', 'constructor', 'toString', 'then', 'id', 'link', 'iterable'),
    value: nasty,
  }),
  fc.record({ kind: fc.constant('repeat' as const), at: fc.nat(40) }),
);

/** Every place in a JSON value, as a holder and a key. */
function places(value: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...places(holder[key])]);
}

function mutate(good: unknown, changes: readonly Change[]): string {
  const root: Record<string, unknown> = { root: structuredClone(good) };
  for (const what of changes) {
    const all = places(root);
    const place = all[what.at % all.length];
    if (place === undefined) continue;
    const { holder, key } = place;
    if (what.kind === 'replace') holder[key] = structuredClone(what.value);
    else if (what.kind === 'drop') delete holder[key];
    else if (what.kind === 'repeat') holder[key] = [holder[key], structuredClone(holder[key])];
    else if (typeof holder[key] === 'object' && holder[key] !== null) {
      Object.defineProperty(holder[key], what.key, {
        value: structuredClone(what.value),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
  }
  return JSON.stringify(root.root) ?? '';
}

let service: ScriptedService;
let connected: LinkifyService;
const newClient = (): LinkifyService =>
  createLinkifyClient({ baseUrl: service.baseUrl, appVersion: '0.1.0', platform: 'linux' });
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeAll(async () => {
  service = await startScriptedService();
  process.on('unhandledRejection', onUnhandled);
  connected = newClient();
  await connected.connect();
});

afterAll(async () => {
  connected.close();
  process.off('unhandledRejection', onUnhandled);
  await service.close();
});

const CALLS: Readonly<Record<string, (client: LinkifyService) => Promise<unknown>>> = {
  'POST /connect': (client) => client.connect(),
  'GET /user': (client) => client.user(),
  'POST /assets/create': async (client) => {
    const asset = await client.createAsset({ kind: 'text', name: 'x', text: 'x' });
    return client.linkifyAsset(asset);
  },
  'POST /linkify': (client) => client.linkify({ kind: 'text', name: 'x', text: 'x' }),
  'POST /linkify/multiple': (client) => client.linkifyMultiple(['as-1', 'as-2'], 'notes'),
  'GET /shares': (client) => client.shares(),
  'POST /os/update/check': (client) => client.checkForUpdate(),
};

const isShare = (value: unknown): value is Share =>
  typeof value === 'object' && value !== null && 'link' in value;

function expectGoodLinks(value: unknown): number {
  const shares = (Array.isArray(value) ? value : [value]).filter(isShare);
  for (const { link, id, assetIds } of shares) {
    const url = new URL(link);
    expect(['http:', 'https:']).toContain(url.protocol);
    expect(url.username + url.password).toBe('');
    expect(link).toMatch(/^[\x21-\x7e]{1,2048}$/);
    expect(typeof id === 'string' && id !== '' && id !== '..').toBe(true);
    expect(Array.isArray(assetIds) && assetIds.every((asset) => typeof asset === 'string')).toBe(
      true,
    );
  }
  return shares.length;
}

test('5,000 broken answers: a typed error or a good link, and nothing else', {
  timeout: 120_000,
}, async () => {
  const counts = { good: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(GOOD)),
      fc.array(change, { minLength: 1, maxLength: 4 }),
      async (route, changes) => {
        service.script({ [route]: { text: mutate(GOOD[route], changes) } });
        const client = route === 'POST /connect' ? newClient() : connected;
        try {
          counts.good += expectGoodLinks(await CALLS[route]?.(client));
        } catch (error) {
          if (!(error instanceof LinkifyError)) throw error;
          counts.refused += 1;
          // A share that cannot be used can still be revoked: its id came through, or it had none.
          if (error.fault.kind === 'bad-response' && error.fault.shareId !== undefined) {
            expect(error.fault.shareId).not.toBe('');
          }
        } finally {
          if (client !== connected) client.close();
        }
      },
    ),
    { numRuns: 5_000 },
  );
  expect(unhandled).toEqual([]);
  // Neither everything nor nothing gets through, or this test would test nothing.
  expect(counts.good).toBeGreaterThan(500);
  expect(counts.refused).toBeGreaterThan(500);
});
