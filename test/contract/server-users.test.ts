import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../main/server/ids.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';
import {
  fileSeed,
  filesWith,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { addUser, type TestUser } from '../support/service/users.ts';

/** Several users: each sees what is theirs, and nothing of others. */

let running: TestService;
/** The API of all servers, by which users' requests arrive in turn. */
let servers: readonly TestService[] = [];
/** Of everything that the servers write. */
let folders: readonly string[] = [];

let names = 0;
const newUser = (limits: object = {}): Promise<TestUser> =>
  addUser(
    running,
    `user ${++names}`,
    limits,
    servers.map(({ service }) => service.apiBaseUrl),
  );

describe('one server on SQLite', () => {
  beforeAll(async () => {
    running = await startTestService();
    servers = [running];
    folders = [running.dataDir];
  });
  afterAll(() => running.end());
  separatesUsers();
  limitsRequests();
});

const why = postgresProblem === undefined ? '' : `: ${postgresProblem}`;
describe.skipIf(postgresProblem !== undefined)(`two servers on PostgreSQL${why}`, () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await PostgresServer.start();
    const database = { url: await postgres.createDatabase(), connections: 5 };
    const token = randomBytes(32).toString('base64url');
    const start = () => startTestService({ token, database });
    servers = await Promise.all([start(), start()]);
    running = servers[0] as TestService;
    folders = [...servers.map(({ dataDir }) => dataDir), postgres.folder];
  });
  afterAll(async () => {
    for (const server of servers) await server.end();
    await postgres.end();
  });
  separatesUsers();
});

type Operation = readonly [method: string, path: string, body?: unknown];

/** What a user could do with a share that has this id. */
const OPERATIONS: readonly Operation[] = [
  ['GET', '/share/{}'],
  ['GET', '/shares/{}'],
  ['GET', '/x-linkify/shares/{}'],
  ['POST', '/linkify/{}/revoke'],
  ['POST', '/x-linkify/shares/{}/close'],
  ['POST', '/x-linkify/shares/{}/reopen'],
  ['POST', '/x-linkify/shares/{}/options', { once: true }],
  ['POST', '/x-linkify/shares/{}/name', { name: 'mine now' }],
];

const ASSET_OPERATIONS: readonly Operation[] = [
  ['GET', '/asset/{}'],
  ['GET', '/assets/{}'],
  ['POST', '/assets/{}/delete'],
];

interface Step {
  readonly kind: 'share' | 'collection' | 'asset' | 'revoke' | 'close' | 'delete';
  /** Which of the users does it, */
  readonly by: number;
  /** to which of the shares or assets of all users. */
  readonly at: number;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('share', 'collection', 'asset', 'revoke', 'close', 'delete'),
    by: fc.nat(2),
    at: fc.nat(),
  }),
  { minLength: 4, maxLength: 14 },
);

interface ModelShare {
  readonly id: string;
  readonly by: number;
  readonly isNamed: boolean;
  isActive: boolean;
}

/** What there should be. All collections have the same name. */
class Model {
  readonly shares: ModelShare[] = [];
  readonly assets: { readonly id: string; readonly by: number }[] = [];

  async perform({ kind, by, at }: Step, { api }: TestUser): Promise<void> {
    switch (kind) {
      case 'share': {
        const { id } = await api.share(textSeed('x'));
        this.shares.push({ id, by, isNamed: false, isActive: true });
        return;
      }
      case 'asset':
        this.assets.push({ id: await api.create(textSeed('y')), by });
        return;
      case 'collection': {
        const body = { access: 'PUBLIC', assets: [await api.create(textSeed('z'))], name: 'Same' };
        const { status, json } = await api.call('POST', '/linkify/multiple', body);
        const isTaken = this.shares.some((share) => share.by === by && share.isNamed);
        expect(status).toBe(isTaken ? 409 : 200);
        if (isTaken) return;
        this.shares.push({ id: json.iterable[0].id, by, isNamed: true, isActive: true });
        return;
      }
      case 'delete': {
        const asset = this.assets[at % Math.max(1, this.assets.length)];
        if (asset === undefined) return;
        const { status } = await api.call('POST', `/assets/${asset.id}/delete`);
        expect(status === 404).toBe(asset.by !== by);
        return;
      }
      case 'revoke':
      case 'close': {
        const share = this.shares[at % Math.max(1, this.shares.length)];
        // Its name would stay taken while it can be restored.
        if (share === undefined || share.isNamed) return;
        const path = kind === 'revoke' ? '/linkify/{}/revoke' : '/x-linkify/shares/{}/close';
        const { status } = await api.call('POST', path.replace('{}', share.id));
        expect(status === 404).toBe(share.by !== by);
        if (share.by === by) share.isActive = false;
      }
    }
  }
}

/** What a response says, but for the id that was asked for, and the date. */
async function said(user: TestUser, [method, path, body]: Operation, id: string) {
  const answer = await user.api.call(method, path.replace('{}', id), body);
  const headers = [...answer.headers].filter(([name]) => !/^(date|x-request-id)$/.test(name));
  return { status: answer.status, text: answer.text.replaceAll(id, '{}'), headers };
}

async function expectUnknown(user: TestUser, operations: readonly Operation[], id: string) {
  for (const operation of operations) {
    const unknown = await said(user, operation, newId());
    expect(unknown.status).toBe(404);
    expect(await said(user, operation, id)).toEqual(unknown);
  }
}

function separatesUsers(): void {
  describe('a token', tokens);
  describe('the scope', scopes);
  describe('limits', limits);
  describe('users', users);
}

/** What each process counts or is given for itself. */
function limitsRequests(): void {
  test('requests are limited for each user', async () => {
    const user = await newUser({ requestsPerMinute: 5 });
    const other = await newUser({ requestsPerMinute: 5 });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) {
      statuses.push((await user.api.call('GET', '/x-linkify/me')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const limited = await user.api.call('GET', '/shares');
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other.api.call('GET', '/shares')).status).toBe(200);
  });

  test("the server's own limit tells a user no total of all users", async () => {
    const small = await startTestService({ quotaBytes: 200_000 });
    const [anna, ben] = [await addUser(small, 'anna'), await addUser(small, 'ben')];
    await anna.api.share(fileSeed(randomBytes(150_000), 'a.bin'));
    const seed = fileSeed(randomBytes(100_000), 'b.bin');
    const full = await ben.api.call('POST', '/linkify', { access: 'PUBLIC', seed });
    expect(full.status).toBe(507);
    expect(full.text).not.toMatch(/\d/);
    await small.end();
  });
}

function tokens(): void {
  test('is shown once, and not stored', async () => {
    const { token } = await newUser();
    expect(token).toMatch(/^lkt_[\w-]{43}$/);
    expect((await running.api.call('GET', '/x-linkify/users')).text).not.toContain(token);
    for (const folder of folders) expect(await filesWith(folder, token.slice(4))).toEqual([]);
  });

  test.each(['disable', 'rotate', 'remove'])('stops working at once: %s', async (action) => {
    const user = await newUser();
    for (const _ of servers) expect((await user.api.call('GET', '/shares')).status).toBe(200);
    await running.api.call('POST', `/x-linkify/users/${user.id}/${action}`);
    for (const [method, path] of [
      ['GET', '/shares'],
      ['GET', '/x-linkify/me'],
      ['POST', '/linkify'],
    ] as const) {
      expect((await user.api.call(method, path)).status).toBe(401);
    }
  });

  test('of a disabled user works again, and links opened all the time', async () => {
    const user = await newUser();
    const { link } = await user.api.share(textSeed('still here'));
    await running.api.call('POST', `/x-linkify/users/${user.id}/disable`);
    expect((await get(`${link}/raw`)).text).toBe('still here');
    await running.api.call('POST', `/x-linkify/users/${user.id}/enable`);
    expect((await user.api.call('GET', '/shares')).json.iterable).toHaveLength(1);
  });

  test("of a removed user's links is nothing left", async () => {
    const user = await newUser();
    const { link } = await user.api.share(textSeed('gone with the user'));
    await running.api.call('POST', `/x-linkify/users/${user.id}/remove`);
    expect((await get(link)).status).toBe(410);
    expect((await running.api.call('GET', '/x-linkify/users')).text).not.toContain(user.id);
  });
}

function scopes(): void {
  test('read-only reads, and changes nothing', async () => {
    const user = await newUser({ scope: 'read-only' });
    expect((await user.api.call('GET', '/shares')).status).toBe(200);
    const body = { access: 'PUBLIC', seed: textSeed('no') };
    expect((await user.api.call('POST', '/linkify', body)).status).toBe(403);
    expect((await user.api.call('POST', '/assets/create', textSeed('no'))).status).toBe(403);
    const id = newId();
    for (const [method, path, body] of OPERATIONS) {
      const { status } = await user.api.call(method, path.replace('{}', id), body);
      expect(status).toBe(method === 'GET' ? 404 : 403);
    }
  });

  test.each(['read-only', 'share'])('%s manages no users, and reads no metrics', async (scope) => {
    const user = await newUser({ scope });
    for (const path of ['/metrics', '/x-linkify/users', '/x-linkify/audit']) {
      expect((await user.api.call('GET', path)).status).toBe(403);
    }
    for (const action of ['disable', 'enable', 'rotate', 'remove']) {
      const path = `/x-linkify/users/${user.id}/${action}`;
      expect((await user.api.call('POST', path)).status).toBe(403);
    }
    const more = { name: 'another', scope: 'admin' };
    expect((await user.api.call('POST', '/x-linkify/users', more)).status).toBe(403);
  });

  test('admin manages users, and sees no links of others', async () => {
    const admin = await newUser({ scope: 'admin' });
    const user = await newUser();
    const { id } = await user.api.share(textSeed('private'));
    expect((await admin.api.call('GET', '/x-linkify/users')).text).toContain(user.id);
    expect((await admin.api.call('GET', '/shares')).json.iterable).toEqual([]);
    expect((await admin.api.call('GET', `/share/${id}`)).status).toBe(404);
    const rotated = await admin.api.call('POST', `/x-linkify/users/${user.id}/rotate`);
    expect(rotated.status).toBe(200);
  });
}

function limits(): void {
  test('the quota is that of the user, and says nothing of others', async () => {
    const other = await newUser();
    await other.api.share(fileSeed(randomBytes(50_000), 'other.bin'));
    const user = await newUser({ quotaBytes: 100_000 });
    await user.api.share(fileSeed(randomBytes(60_000), 'first.bin'));
    const seed = fileSeed(randomBytes(60_000), 'second.bin');
    const full = await user.api.call('POST', '/linkify', { access: 'PUBLIC', seed });
    expect(full.status).toBe(507);
    expect(full.text).toContain('60000 of 100000');
    expect((await user.api.call('GET', '/x-linkify/me')).json).toEqual({
      name: user.name,
      scope: 'share',
      usedBytes: 60_000,
      quotaBytes: 100_000,
      maxContentBytes: 2 * 1024 ** 3,
    });
    const service = (await user.api.call('GET', '/x-linkify/service?largest=10')).json;
    expect(service).toMatchObject({ usedBytes: 60_000, quotaBytes: 100_000 });
    expect(service.largest).toHaveLength(1);
  });

  test('the largest content is that of the user, for every way to create one', async () => {
    const user = await newUser({ maxContentBytes: 1_000 });
    const seed = fileSeed(randomBytes(1_001), 'a.bin');
    const body = { access: 'PUBLIC', seed };
    expect((await user.api.call('POST', '/linkify', body)).status).toBe(413);
    expect((await user.api.call('POST', '/assets/create', seed)).status).toBe(413);
    const text = textSeed('ä'.repeat(600));
    expect((await user.api.call('POST', '/assets/create', text)).status).toBe(413);
    const streamed = await user.api.call('POST', '/x-linkify/assets?name=a', 'x'.repeat(1_001), {
      'content-type': 'application/octet-stream',
    });
    expect(streamed.status).toBe(413);
    await user.api.share(fileSeed(randomBytes(1_000), 'fits.bin'));
  });
}

function users(): void {
  test('the same Idempotency-Key of two users stands for two links', async () => {
    const [anna, ben] = [await newUser(), await newUser()];
    const headers = { 'idempotency-key': '"same"' };
    const share = async (user: TestUser, text: string) => {
      const body = { access: 'PUBLIC', seed: textSeed(text) };
      const answer = await user.api.call('POST', '/linkify', body, headers);
      expect(answer.status).toBe(200);
      return answer.json.iterable[0].id;
    };
    const first = await share(anna, 'of anna');
    expect(await share(ben, 'of ben')).not.toBe(first);
    expect(await share(anna, 'of anna')).toBe(first);
  });

  test('what users did is in the audit log, without ids that open links', async () => {
    const user = await newUser();
    const { id } = await user.api.share(textSeed('content'));
    await user.api.revoke(id);
    const log = await running.api.call('GET', '/x-linkify/audit?limit=2');
    expect(log.json.iterable).toMatchObject([
      { user: user.name, action: 'revoked' },
      { user: user.name, action: 'shared' },
    ]);
    expect(log.json.iterable[0].shareHash).toBe(log.json.iterable[1].shareHash);
    expect(log.text).not.toContain(id);
  });

  test.each([
    [{}],
    [{ name: '' }],
    [{ name: 'a\u0000b' }],
    [{ name: 'x'.repeat(65) }],
    [{ name: 'good', scope: 'root' }],
    [{ name: 'good', quotaBytes: -1 }],
    [{ name: 'good', quotaBytes: 1e300 }],
    [{ name: 'good', token: 'chosen' }],
  ])('no user is created from %j', async (body) => {
    expect((await running.api.call('POST', '/x-linkify/users', body)).status).toBe(400);
  });

  test("whatever others do, a user sees their own, and others' is as unknown as what doesn't exist", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const users = [await newUser(), await newUser(), await newUser()];
        const model = new Model();
        for (const step of steps) await model.perform(step, users[step.by] as TestUser);
        for (const [index, user] of users.entries()) {
          const { iterable } = (await user.api.call('GET', '/shares')).json;
          const own = model.shares.filter(({ by, isActive }) => by === index && isActive);
          expect(iterable.map(({ id }: ModelShare) => id).toSorted()).toEqual(
            own.map(({ id }) => id).toSorted(),
          );
          const share = model.shares.find(({ by }) => by !== index);
          if (share !== undefined) await expectUnknown(user, OPERATIONS, share.id);
          const asset = model.assets.find(({ by }) => by !== index);
          if (asset !== undefined) await expectUnknown(user, ASSET_OPERATIONS, asset.id);
        }
        // Nothing that was tried has touched anything.
        for (const { id, isActive } of model.shares) {
          expect((await running.api.call('GET', `/share/${id}`)).status).toBe(isActive ? 200 : 410);
        }
      }),
      { numRuns: 25 },
    );
  }, 180_000);
}
