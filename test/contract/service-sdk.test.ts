import { randomBytes } from 'node:crypto';
import * as sdk from '@pieces.app/pieces-os-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cephForTests } from '../support/service/ceph-for-tests.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';
import {
  APPLICATION,
  type Api,
  fileSeed,
  get,
  startTestService,
  textSeed,
} from '../support/service/run.ts';
import { addUser } from '../support/service/users.ts';
import { pageText } from '../support/text.ts';

/**
 * The official SDK, as anybody's program would use it: against the built-in service, and as one of
 * its users against a team's server.
 */

interface Served {
  readonly api: Api;
  readonly apiBaseUrl: string;
  readonly token: string;
  end(): Promise<void>;
}

const ceph = await cephForTests();
const problem = postgresProblem ?? (ceph.kind === 'missing' ? ceph.reason : undefined);

async function onThisComputer(): Promise<Served> {
  const { api, service, end } = await startTestService();
  return { api, apiBaseUrl: service.apiBaseUrl, token: service.token, end };
}

async function ofATeam(): Promise<Served> {
  if (ceph.kind === 'missing') throw new Error(ceph.reason);
  const postgres = await PostgresServer.start();
  const running = await startTestService({
    database: { url: await postgres.createDatabase() },
    blobs: (await ceph.newBucket()).location,
  });
  const { api, token } = await addUser(running, 'Anna', { scope: 'share' });
  return {
    api,
    apiBaseUrl: running.service.apiBaseUrl,
    token,
    async end() {
      await running.end();
      await postgres.end();
    },
  };
}

describe('the built-in service', () => speaksTheApi(onThisComputer));

describe.skipIf(problem !== undefined)(
  `a server on PostgreSQL and S3, with a user's token${problem === undefined ? '' : `: ${problem}`}`,
  () => speaksTheApi(ofATeam),
);

let running: Served;
let configuration: sdk.Configuration;

const seedOf = (wire: unknown): sdk.Seed => sdk.SeedFromJSON(wire);
const linkify = () => new sdk.LinkifyApi(configuration);

async function shareText(text: string): Promise<sdk.Share> {
  const shares = await linkify().linkify({
    linkify: { access: sdk.AccessEnum.Public, seed: seedOf(textSeed(text)) },
  });
  const [share] = shares.iterable;
  if (share === undefined) throw new Error('no share');
  return share;
}

function speaksTheApi(start: () => Promise<Served>): void {
  beforeAll(async () => {
    running = await start();
    configuration = new sdk.Configuration({
      basePath: running.apiBaseUrl,
      headers: { authorization: `Bearer ${running.token}` },
    });
  });
  afterAll(() => running.end());

  describe('what a program is told', facts);
  describe('links and assets', sharing);
  describe('what the API refuses', refusals);
}

function facts(): void {
  test('health and version look like the API, without a token', async () => {
    const open = new sdk.Configuration({ basePath: running.apiBaseUrl });
    const wellKnown = new sdk.WellKnownApi(open);
    expect(await wellKnown.getWellKnownHealth()).toMatch(/^ok:[0-9a-f-]{36}$/);
    expect(await wellKnown.getWellKnownVersion()).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('connect gives the same application each time', async () => {
    const connector = new sdk.ConnectorApi(configuration);
    const ask = () =>
      connector.connect({
        seededConnectorConnection: {
          application: {
            name: sdk.ApplicationNameEnum.OpenSource,
            version: '1.0.0',
            platform: sdk.PlatformEnum.Linux,
          },
        },
      });
    const first = await ask();
    expect(first.application.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.health.os.version).toMatch(/^\d/);
    expect((await ask()).application.id).toBe(first.application.id);
  });

  test('the user is signed in and their cloud runs', async () => {
    const { user } = await new sdk.UserApi(configuration).userSnapshot();
    expect(user?.allocation?.status.cloud).toBe('RUNNING');
    const again = await new sdk.OSApi(configuration).signIntoOS();
    expect(again.id).toBe(user?.id);
    const cloud = await new sdk.AllocationsApi(configuration).allocationsConnectNewCloud({
      userProfile: again,
    });
    expect(cloud.status.cloud).toBe('RUNNING');
    const update = await new sdk.OSApi(configuration).osUpdateCheck({
      uncheckedOSServerUpdate: {},
    });
    expect(update.status).toBe('UP_TO_DATE');
  });
}

function sharing(): void {
  test('a seed becomes a link that shows its text, and is in the list', async () => {
    const share = await shareText('Grüße, 世界\n');
    expect((await get(`${share.link}/raw`)).text).toBe('Grüße, 世界\n');
    const listed = await new sdk.SharesApi(configuration).sharesSnapshot({ transferables: false });
    expect(listed.iterable.map(({ id }) => id)).toContain(share.id);
    const one = await new sdk.ShareApi(configuration).shareSnapshot({ share: share.id });
    expect(one.link).toBe(share.link);
    expect(one.asset?.id).toBe(share.asset?.id);
    const same = await new sdk.SharesApi(configuration).sharesSpecificShareSnapshot({
      share: share.id,
    });
    expect(same.created.value).toEqual(one.created.value);
  });

  test('create, read, link and delete an asset', async () => {
    const assets = new sdk.AssetsApi(configuration);
    // More than a catalog holds.
    const bytes = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, ...randomBytes(200_000)]);
    const asset = await assets.assetsCreateNewAsset({
      transferables: false,
      seed: seedOf(fileSeed(bytes, 'shot.png', 'png')),
    });
    expect(asset.name).toBe('shot.png');
    expect(asset.original.reference?.id ?? asset.original.id).toBe(asset.formats.iterable?.[0]?.id);
    const again = await new sdk.AssetApi(configuration).assetSnapshot({ asset: asset.id });
    expect(again.id).toBe(asset.id);
    const shares = await linkify().linkify({
      linkify: { access: sdk.AccessEnum.Public, asset },
    });
    const link = shares.iterable[0]?.link ?? '';
    const raw = await fetch(`${link}/download`);
    expect(new Uint8Array(await raw.arrayBuffer())).toEqual(bytes);
    expect(await assets.assetsDeleteAsset({ asset: asset.id })).toBe(asset.id);
    expect((await get(link)).status).toBe(410);
  });

  test('a collection keeps its order and its name; the name is free again after a revoke', async () => {
    const ids: string[] = [];
    for (const name of ['zeta', 'alpha', 'midst']) {
      ids.push(await running.api.create(textSeed(`text of ${name}`, name)));
    }
    const make = () =>
      linkify().linkifyMultiple({
        linkifyMultiple: { access: sdk.AccessEnum.Public, assets: ids, name: 'release-notes' },
      });
    const [share] = (await make()).iterable;
    expect(share?.name).toBe('release-notes');
    expect(share?.assets?.iterable?.map(({ id }) => id)).toEqual(ids);
    expect(share?.assets?.indices).toEqual(Object.fromEntries(ids.map((id, index) => [id, index])));
    const page = (await get(share?.link ?? '')).text;
    const places = ['zeta', 'alpha', 'midst'].map((name) => page.indexOf(name));
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const [index, name] of ['zeta', 'alpha', 'midst'].entries()) {
      expect((await get(`${share?.link}/${index + 1}/raw`)).text).toBe(`text of ${name}`);
    }
    await expect(make()).rejects.toMatchObject({ response: { status: 409 } });
    await linkify().linkifyShareRevoke({ share: share?.id ?? '' });
    const ids2 = [await running.api.create(textSeed('new'))];
    const again = await linkify().linkifyMultiple({
      linkifyMultiple: { access: sdk.AccessEnum.Public, assets: ids2, name: 'release-notes' },
    });
    expect(again.iterable).toHaveLength(1);
  });

  test('revoke answers the id, the page says that the link is gone, and a second revoke does no harm', async () => {
    const share = await shareText('soon gone');
    expect(await linkify().linkifyShareRevoke({ share: share.id })).toBe(share.id);
    const page = await get(share.link);
    expect(page.status).toBe(410);
    expect(page.text).toContain(pageText('revokedTitle'));
    expect(page.text).not.toContain('soon gone');
    expect([200, 410]).toContain((await running.api.revoke(share.id)).status);
    expect((await running.api.revoke('neverwas')).status).toBe(404);
    await expect(
      new sdk.ShareApi(configuration).shareSnapshot({ share: share.id }),
    ).rejects.toMatchObject({ response: { status: 410 } });
  });
}

const REFUSED: readonly [string, number, string, unknown][] = [
  ['no body', 400, '/linkify', undefined],
  ['an empty object', 400, '/linkify', {}],
  ['neither seed nor asset', 400, '/linkify', { access: 'PUBLIC' }],
  ['an access that is none', 400, '/linkify', { access: 'UNKNOWN', seed: textSeed('x') }],
  ['an asset that was never made', 404, '/linkify', { access: 'PUBLIC', asset: { id: 'as-1' } }],
  [
    'a collection with an asset that was never made',
    417,
    '/linkify/multiple',
    { access: 'PUBLIC', assets: ['as-1'] },
  ],
  ['a collection of nothing', 400, '/linkify/multiple', { access: 'PUBLIC', assets: [] }],
  [
    'a seed with file and fragment',
    400,
    '/assets/create',
    {
      type: 'SEEDED_ASSET',
      asset: {
        application: APPLICATION,
        format: { file: { string: { raw: 'a' } }, fragment: { string: { raw: 'a' } } },
      },
    },
  ],
  [
    'bytes that are none',
    400,
    '/assets/create',
    {
      type: 'SEEDED_ASSET',
      asset: { application: APPLICATION, format: { file: { bytes: { raw: [1, 256] } } } },
    },
  ],
  [
    'a string and bytes at once',
    400,
    '/assets/create',
    {
      type: 'SEEDED_ASSET',
      asset: {
        application: APPLICATION,
        format: { file: { string: { raw: 'a' }, bytes: { raw: [1] } } },
      },
    },
  ],
  ['an asset with no name given at connect', 400, '/connect', { application: {} }],
];

function refusals(): void {
  test.each(REFUSED)('%s: %i', async (_what, status, path, body) => {
    expect((await running.api.call('POST', path, body)).status).toBe(status);
  });

  test('a seed without an application is accepted', async () => {
    const format = { fragment: { string: { raw: 'from a script' } } };
    const seed = { type: 'SEEDED_ASSET', asset: { format } };
    const share = await running.api.share(seed);
    expect((await get(`${share.link}/raw`)).text).toBe('from a script');
  });

  test('broken JSON, another type, and a compressed body', async () => {
    const { api } = running;
    expect((await api.call('POST', '/linkify', '{"access":')).status).toBe(400);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      expect((await api.call('POST', '/linkify', '{}', { 'content-type': type })).status).toBe(415);
    }
    const packed = await api.call('POST', '/linkify', '{}', { 'content-encoding': 'gzip' });
    expect(packed.status).toBe(415);
  });

  test('a body beyond the limit: 413, said before it is sent whole', async () => {
    const length = 64 * 1024 * 1024 + 1;
    const response = await running.api
      .call('POST', '/linkify', `"${'x'.repeat(length)}"`)
      .catch((error: unknown) => error);
    // The connection may break while the client still sends; what matters is the next request.
    if (!(response instanceof Error)) expect(response).toMatchObject({ status: 413 });
    expect((await running.api.call('GET', '/shares')).status).toBe(200);
  });

  test('a wrong method names the right one, an unknown path is 404', async () => {
    const wrong = await running.api.call('DELETE', '/linkify');
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toContain('POST');
    expect((await running.api.call('GET', '/nothing')).status).toBe(404);
    expect((await running.api.call('GET', '//shares')).status).toBe(404);
    expect((await running.api.call('GET', '/share/..%2f..%2fetc')).status).toBe(404);
  });
}
