import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLinkifyClient } from '../../../../main/linkify/client.ts';
import type { LinkifyService } from '../../../../main/linkify/model.ts';
import { type ScriptedService, startScriptedService } from '../../../support/scripted-service.ts';

/** docs/contributing/failure-matrix.md, "what is asked twice": how often each call arrives at a service that fails. */

let service: ScriptedService;
let client: LinkifyService;

beforeEach(async () => {
  service = await startScriptedService();
  client = createLinkifyClient({
    baseUrl: service.baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    timeouts: {
      quickMs: 500,
      createMs: 500,
      cloudMs: 500,
      signInMs: 500,
      uploadMs: 0,
      readMs: 500,
    },
    retryAfterErrorMs: 5,
  });
  await client.connect();
});

afterEach(async () => {
  client.close();
  await service.close();
});

const TEXT = { kind: 'text', name: 'a', text: 'a' } as const;

/** Harmless when the service gets them twice. */
const HARMLESS: Readonly<Record<string, () => Promise<unknown>>> = {
  'GET /.well-known/health': () => client.check(),
  'GET /user': () => client.user(),
  'GET /shares': () => client.shares(),
  'GET /share/*': () => client.share('sh-1'),
  'POST /os/update/check': () => client.checkForUpdate(),
  'POST /linkify/*/revoke': () => client.revoke('sh-1'),
  'POST /assets/*/delete': () => client.deleteAsset('as-1'),
};

/** Twice would be two of what is made. */
const MAKES: Readonly<Record<string, () => Promise<unknown>>> = {
  'POST /assets/create': () => client.createAsset(TEXT),
  'POST /linkify': () => client.linkify(TEXT),
  'POST /linkify/multiple': () => client.linkifyMultiple(['as-1', 'as-2'], undefined),
  'POST /os/link_provider': () => client.linkGitHub(),
};

async function timesAsked(
  route: string,
  call: () => Promise<unknown>,
  reply: Parameters<ScriptedService['script']>[0][string],
): Promise<number> {
  service.script({ [route]: reply });
  await expect(call()).rejects.toThrow();
  return service.sent(route).length;
}

describe.each(Object.entries(HARMLESS))('%s', (route, call) => {
  test.each([
    ['a reset after it was delivered', { trouble: 'reset' }],
    ['a close without an answer', { trouble: 'close' }],
    ['half an answer', { trouble: 'reset-mid-body', json: { iterable: [] } }],
    ['a 500', { status: 500 }],
  ] as const)('%s: once more, and only once', async (_name, reply) => {
    expect(await timesAsked(route, call, reply)).toBe(2);
  });

  test.each([403, 413, 429, 502, 503, 504, 507])('a %i: not again', async (status) => {
    expect(await timesAsked(route, call, { status })).toBe(1);
  });
});

describe.each(Object.entries(MAKES))('%s', (route, call) => {
  test.each([
    ['a reset after it was delivered', { trouble: 'reset' }],
    ['a close without an answer', { trouble: 'close' }],
    ['half an answer', { trouble: 'reset-mid-body', json: { iterable: [] } }],
    ['a hang', { trouble: 'hang' }],
    ['a 500', { status: 500 }],
    ['a 502', { status: 502 }],
    ['a 503', { status: 503 }],
    ['a 429', { status: 429 }],
  ] as const)('%s: never again by itself', async (_name, reply) => {
    expect(await timesAsked(route, call, reply)).toBe(1);
  });

  // At the account's provider 401 says that nobody is signed in.
  const refusals = route === 'POST /os/link_provider' ? [400] : [400, 401];
  test.each(refusals)('a %i made nothing: once more, after connecting again', async (status) => {
    expect(await timesAsked(route, call, { status })).toBe(2);
    expect(service.sent('POST /connect')).toHaveLength(2);
  });
});
