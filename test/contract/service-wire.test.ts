import * as v from 'valibot';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KNOWN_EXTENSIONS } from '../../main/server/api/extensions.ts';
import { fileSeed, startTestService, type TestService, textSeed } from '../support/service/run.ts';

/**
 * What strict clients (the generated Python one) ask of each answer: every required field, enums
 * from their closed lists, dates that parse. Looked at in the JSON itself, before any model.
 */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const text = v.pipe(v.string(), v.minLength(1));
const time = v.looseObject({ value: v.pipe(v.string(), v.isoTimestamp()) });
const link = v.pipe(v.string(), v.url(), v.startsWith('http'));

const application = v.looseObject({
  id: v.pipe(v.string(), v.uuid()),
  name: text,
  version: text,
  platform: v.picklist(['WINDOWS', 'MACOS', 'LINUX', 'WEB', 'UNKNOWN']),
  onboarded: v.boolean(),
  privacy: v.picklist(['OPEN', 'CLOSED', 'ANONYMOUS']),
});

const classification = v.looseObject({
  generic: v.picklist([
    'CODE',
    'TEXT',
    'IMAGE',
    'VIDEO',
    'FILE',
    'EXTERNAL_RESOURCE_REFERENCE',
    'UNKNOWN',
  ]),
  specific: v.pipe(
    v.string(),
    v.check((ext) => ext === 'UNKNOWN' || KNOWN_EXTENSIONS.has(ext)),
  ),
});

const format = v.looseObject({
  id: text,
  creator: text,
  classification,
  role: v.picklist(['BOTH', 'PREVIEW', 'ORIGINAL', 'OTHER']),
  application,
  asset: v.looseObject({ id: text }),
  bytes: v.looseObject({ value: v.number() }),
  created: time,
  updated: time,
});

const mechanism = v.picklist(['MANUAL', 'RECOMMENDED', 'AUTOMATIC', 'INTERNAL']);

const asset = v.looseObject({
  id: text,
  name: v.string(),
  creator: text,
  created: time,
  updated: time,
  mechanism,
  formats: v.looseObject({ iterable: v.pipe(v.array(format), v.minLength(1)) }),
  preview: v.looseObject({ base: v.looseObject({ id: text }) }),
  original: v.looseObject({ id: text }),
});

const flatAsset = v.looseObject({
  id: text,
  creator: text,
  created: time,
  updated: time,
  mechanism,
  formats: v.looseObject({ iterable: v.array(v.looseObject({ id: text })) }),
  preview: v.looseObject({ base: text }),
  original: text,
});

const share = v.looseObject({
  id: text,
  short: text,
  link,
  access: v.picklist(['PUBLIC', 'PRIVATE']),
  accessors: v.looseObject({
    iterable: v.array(v.looseObject({ id: text, os: text, share: text, count: v.number() })),
  }),
  created: time,
});
const singleShare = v.looseObject({ ...share.entries, asset: flatAsset });
const collectionShare = v.looseObject({
  ...share.entries,
  assets: v.looseObject({
    iterable: v.array(v.looseObject({ id: text })),
    indices: v.record(v.string(), v.number()),
  }),
});

const cloud = v.looseObject({
  id: text,
  user: text,
  project: text,
  status: v.looseObject({ cloud: v.literal('RUNNING') }),
  urls: v.looseObject({
    base: v.looseObject({ status: text, url: link }),
    id: v.looseObject({ status: text, url: link }),
  }),
});
const user = v.looseObject({
  id: text,
  aesthetics: v.looseObject({
    theme: v.looseObject({ dark: v.boolean() }),
    font: v.looseObject({ size: v.number() }),
  }),
  allocation: cloud,
});

/** Parses, and says where it does not fit. */
function fits<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  return v.parse(schema, value);
}

test('connect: os, application and health', async () => {
  const { json } = await running.api.call('POST', '/connect', {
    application: { name: 'OPEN_SOURCE', version: '1.0.0', platform: 'LINUX' },
  });
  fits(
    v.looseObject({
      os: text,
      application,
      health: v.looseObject({ os: v.looseObject({ id: text, version: text }) }),
    }),
    json,
  );
});

test('user, sign-in, cloud and update', async () => {
  const { api } = running;
  fits(v.looseObject({ user }), (await api.call('GET', '/user')).json);
  const signedIn = await api.call('POST', '/os/sign_in');
  fits(user, signedIn.json);
  fits(cloud, (await api.call('POST', '/allocations/connect', signedIn.json)).json);
  fits(v.looseObject({ status: text }), (await api.call('POST', '/os/update/check', {})).json);
});

test.each([
  ['text without an extension', textSeed('plain'), 'TEXT', 'txt'],
  ['code', textSeed('x = 1', 'x', 'py'), 'CODE', 'py'],
  ['an extension outside the closed list', textSeed('x', 'x', 'mkv-nonsense'), 'CODE', 'UNKNOWN'],
  ['a picture', fileSeed(new Uint8Array([1]), 'a.png', 'png'), 'IMAGE', 'png'],
  ['a file without an extension', fileSeed(new Uint8Array([1]), 'a'), 'FILE', 'UNKNOWN'],
  ['an empty file', fileSeed(new Uint8Array(), 'a.bin', 'bin'), 'FILE', 'bin'],
])('an asset has every required field: %s', async (_what, seed, generic, specific) => {
  const created = await running.api.call('POST', '/assets/create?transferables=false', seed);
  const made = fits(asset, created.json);
  expect(made.formats.iterable[0]?.classification).toMatchObject({ generic, specific });
  expect(made.original.id).toBe(made.formats.iterable[0]?.id);
  expect(made.preview.base.id).toBe(made.formats.iterable[0]?.id);
  const read = await running.api.call('GET', `/asset/${made.id}?transferables=false`);
  expect(read.json).toEqual(created.json);
});

test('the whole asset, sent back as it was given, becomes a share', async () => {
  const made = (await running.api.call('POST', '/assets/create', textSeed('again'))).json;
  const { json } = await running.api.call('POST', '/linkify', { access: 'PUBLIC', asset: made });
  const [first] = fits(v.looseObject({ iterable: v.array(singleShare) }), json).iterable;
  expect(first?.asset.id).toBe(made.id);
});

test('a share and a collection have every required field, alone and in the list', async () => {
  const single = await running.api.share(textSeed('one'));
  fits(singleShare, single);
  const ids = [await running.api.create(textSeed('a')), await running.api.create(textSeed('b'))];
  const many = await running.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets: ids,
  });
  const [collection] = fits(
    v.looseObject({ iterable: v.array(collectionShare) }),
    many.json,
  ).iterable;
  expect(collection?.assets.indices).toEqual({ [ids[0] ?? '']: 0, [ids[1] ?? '']: 1 });
  const listed = (await running.api.call('GET', '/shares?transferables=false')).json;
  const ofList = fits(v.looseObject({ iterable: v.array(share) }), listed).iterable;
  expect(ofList.map(({ id }) => id)).toEqual(expect.arrayContaining([single.id, collection?.id]));
  for (const id of [single.id, collection?.id]) {
    fits(share, (await running.api.call('GET', `/share/${id}`)).json);
    fits(share, (await running.api.call('GET', `/shares/${id}`)).json);
  }
});

test('texts are text/plain, all else is JSON: the SDK decides by the type', async () => {
  const made = await running.api.share(textSeed('type'));
  const json = await running.api.call('GET', `/share/${made.id}`);
  expect(json.headers.get('content-type')).toBe('application/json');
  const revoked = await running.api.revoke(made.id);
  expect(revoked.headers.get('content-type')).toMatch(/^text\/plain/);
  expect(revoked.text).toBe(made.id);
  const refused = await running.api.call('GET', '/share/nothing');
  expect(refused.headers.get('content-type')).toMatch(/^text\/plain/);
});
