import * as sdk from '@pieces.app/pieces-os-client';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import { knownExtensions } from '../../main/linkify/extensions.ts';
import type { LinkifyService, ShareItem } from '../../main/linkify/model.ts';
import { type ScriptedService, startScriptedService } from '../support/scripted-service.ts';

/** Every body that the client sends, read and written back by the official SDK's models without loss. */

let service: ScriptedService;
let client: LinkifyService;

beforeAll(async () => {
  service = await startScriptedService();
  client = createLinkifyClient({
    baseUrl: service.baseUrl,
    appVersion: '1.2.3',
    platform: 'win32',
  });
});

afterAll(async () => {
  client.close();
  await service.close();
});

const lastBody = (route: string): unknown => JSON.parse(service.sent(route).at(-1)?.body ?? '');

/** As the SDK would send it: absent and undefined are the same. */
const written = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const item: fc.Arbitrary<ShareItem> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    name: fc.string({ unit: 'grapheme' }),
    text: fc.string({ unit: 'binary' }),
    ext: fc.constantFrom('py', 'ts', 'txt', 'nonsense', 'JSON'),
  }),
  fc
    .record({
      name: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('shot.png', 'film.mkv', 'Cargo.lock', 'Dockerfile'),
      ),
      bytes: fc.uint8Array({ maxLength: 300 }),
    })
    .map(({ name, bytes }) => ({
      kind: 'file' as const,
      name,
      sizeBytes: bytes.byteLength,
      async *open() {
        yield bytes;
      },
    })),
);

test('connect', async () => {
  await client.connect();
  const body = lastBody('POST /connect');
  expect(
    written(sdk.SeededConnectorConnectionToJSON(sdk.SeededConnectorConnectionFromJSON(body))),
  ).toEqual(body);
});

test('seeds, in create and in linkify, whatever is shared', async () => {
  await fc.assert(
    fc.asyncProperty(item, async (shared) => {
      await client.createAsset(shared);
      const seed = lastBody('POST /assets/create');
      expect(written(sdk.SeedToJSON(sdk.SeedFromJSON(seed)))).toEqual(seed);
      await client.linkify(shared);
      const linkify = lastBody('POST /linkify');
      expect(written(sdk.LinkifyToJSON(sdk.LinkifyFromJSON(linkify)))).toEqual(linkify);
      expect(linkify).toEqual({ access: 'PUBLIC', seed });
      const { format } = sdk.SeedFromJSON(seed).asset ?? {};
      expect([format?.file, format?.fragment].filter((part) => part !== undefined)).toHaveLength(1);
      const ext = format?.file?.metadata?.ext ?? format?.fragment?.metadata?.ext;
      if (ext !== undefined) expect(Object.values(sdk.ClassificationSpecificEnum)).toContain(ext);
    }),
    { numRuns: 200 },
  );
});

test('linkify of an asset that exists', async () => {
  const asset = await client.createAsset({ kind: 'text', name: 'x', text: 'x' });
  await client.linkifyAsset(asset);
  const body = lastBody('POST /linkify') as { asset: { unknownField?: unknown } };
  // The SDK drops what it does not know; what it knows must survive.
  const { unknownField: _, ...known } = body.asset;
  const { asset: back } = written(sdk.LinkifyToJSON(sdk.LinkifyFromJSON(body))) as {
    asset: object;
  };
  expect(normal(back)).toEqual(normal(known));
});

test('collections, with and without a name', async () => {
  const asset = await client.createAsset({ kind: 'text', name: 'x', text: 'x' });
  for (const name of ['notes', undefined]) {
    await client.linkifyMultiple([asset.id], name);
    const body = lastBody('POST /linkify/multiple');
    expect(written(sdk.LinkifyMultipleToJSON(sdk.LinkifyMultipleFromJSON(body)))).toEqual(body);
  }
});

test('the cloud, GitHub', async () => {
  service.memory.state.cloud = null;
  await client.connectCloud();
  const profile = lastBody('POST /allocations/connect') as { unknownField?: unknown };
  const { unknownField: _, ...known } = profile;
  expect(written(sdk.UserProfileToJSON(sdk.UserProfileFromJSON(profile)))).toEqual(known);
  await client.linkGitHub();
  const provider = lastBody('POST /os/link_provider');
  expect(
    written(sdk.SeededExternalProviderToJSON(sdk.SeededExternalProviderFromJSON(provider))),
  ).toEqual(provider);
});

test('the closed list of file types is the SDK’s', () => {
  const theirs = Object.values(sdk.ClassificationSpecificEnum).filter((ext) => ext !== 'UNKNOWN');
  expect([...knownExtensions()].sort()).toEqual([...theirs].sort());
  expect(theirs).toHaveLength(504);
});

/** Dates in one form: the SDK writes its own. */
function normal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'string' && /^\d{4}-\d\d-\d\dT/.test(part)
      ? new Date(part).toISOString()
      : part,
  );
}
