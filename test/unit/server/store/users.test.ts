import { expect, test } from 'vitest';
import { hashOf } from '../../../../main/server/store/sql/catalog.ts';
import { Users } from '../../../../main/server/store/users.ts';
import type { TestStore } from '../../../support/service/open-test-store.ts';
import { onEachEngine } from '../../../support/service/store-engines.ts';

const LARGE = 200_000;

onEachEngine((engine) => {
  async function withUsers(
    ...names: readonly string[]
  ): Promise<{ readonly opened: TestStore; readonly users: Users; readonly ids: string[] }> {
    const opened = await engine.open();
    const users = new Users(opened.database);
    const ids: string[] = [];
    for (const name of names) {
      const issued = await users.add({ name, scope: 'share', quotaBytes: 500_000 });
      ids.push(issued?.user.id ?? '');
    }
    return { opened, users, ids };
  }

  const file = (owner: string | undefined, bytes: number) => ({
    name: 'data.bin',
    form: 'file' as const,
    content: new Uint8Array(bytes),
    owner,
  });

  test('a token finds its user until it is rotated, disabled, or removed', async () => {
    const { opened, users } = await withUsers();
    const issued = await users.add({ name: 'Anna', scope: 'share' });
    const { user, token = '' } = issued ?? {};
    const id = user?.id ?? '';
    expect((await users.byToken(token))?.name).toBe('Anna');
    expect(await users.byToken(`${token}x`)).toBeUndefined();
    const second = (await users.rotate(id))?.token ?? '';
    expect(await users.byToken(token)).toBeUndefined();
    expect((await users.byToken(second))?.id).toBe(id);
    await users.setDisabled(id, true);
    expect(await users.byToken(second)).toBeUndefined();
    await users.setDisabled(id, false);
    expect((await users.byToken(second))?.id).toBe(id);
    await users.remove(id);
    expect(await users.byToken(second)).toBeUndefined();
    expect(await users.rotate(id)).toBeUndefined();
    await opened.end();
  });

  test('no token is stored, and a name is taken in any spelling', async () => {
    const { opened, users } = await withUsers();
    const issued = await users.add({ name: 'Zoë', scope: 'admin' });
    expect(await users.add({ name: 'ZOE\u0308', scope: 'share' })).toBeUndefined();
    const rows = await opened.database.all('select * from users');
    expect(JSON.stringify(rows)).not.toContain(issued?.token.slice(4));
    await opened.end();
  });

  test('usage is counted for each user, also when contents go', async () => {
    const { opened, users, ids } = await withUsers('anna', 'ben');
    const [anna = '', ben = ''] = ids;
    const used = async () => (await users.list()).map(({ usedBytes }) => usedBytes);
    const { share } = await opened.store.shareNew(file(anna, LARGE), { owner: anna });
    await opened.store.createAsset(file(anna, 1_000));
    await opened.store.createAsset(file(ben, 10));
    await opened.store.createAsset(file(undefined, 5));
    expect(await used()).toEqual([LARGE + 1_000, 10]);
    expect(await opened.store.readUsedBytes()).toBe(LARGE + 1_015);
    await opened.store.end(share.id, 'revoked');
    expect(await used()).toEqual([1_000, 10]);
    await opened.end();
  });

  test('of many uploads at the same time no more than the quota allows are kept', async () => {
    const { opened, users, ids } = await withUsers('anna', 'ben');
    const [anna = '', ben = ''] = ids;
    const upload = (owner: string) => opened.store.createAsset(file(owner, 60_000));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => upload(anna)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ fault: { kind: 'full', quotaBytes: 500_000 } });
      }
    }
    expect((await users.list())[0]?.usedBytes).toBe(480_000);
    // Another user's quota is not touched.
    await upload(ben);
    await opened.end();
  });

  test('an upload that ends after its user was disabled is not kept', async () => {
    const { opened, users, ids } = await withUsers('anna');
    const [anna = ''] = ids;
    async function* content() {
      yield new Uint8Array(LARGE);
      await users.setDisabled(anna, true);
      yield new Uint8Array(LARGE);
    }
    const asset = { ...file(anna, 0), content: content() };
    await expect(opened.store.createAsset(asset)).rejects.toMatchObject({
      fault: { kind: 'user-disabled' },
    });
    expect(await opened.store.readUsedBytes()).toBe(0);
    await opened.end();
  });

  test('users have collection names of their own', async () => {
    const { opened, ids } = await withUsers('anna', 'ben');
    const [anna = '', ben = ''] = ids;
    const create = async (owner: string, name: string) => {
      const { id } = await opened.store.createAsset(file(owner, 10));
      return opened.store.shareExisting([id], { collection: true, name }, { owner });
    };
    const first = await create(anna, 'Trip');
    await create(ben, 'trip');
    await expect(create(anna, 'TRIP')).rejects.toMatchObject({ fault: { kind: 'name-taken' } });
    const other = await create(anna, 'Other');
    await expect(opened.store.rename(other.id, 'trip')).rejects.toMatchObject({
      fault: { kind: 'name-taken' },
    });
    await opened.store.end(first.id, 'revoked');
    expect(await opened.store.rename(other.id, 'trip')).toEqual({ name: 'trip' });
    await opened.end();
  });

  test("another user's asset can't be shared", async () => {
    const { opened, ids } = await withUsers('anna', 'ben');
    const [anna = '', ben = ''] = ids;
    const { id } = await opened.store.createAsset(file(anna, 10));
    await expect(
      opened.store.shareExisting([id], { collection: false }, { owner: ben }),
    ).rejects.toMatchObject({ fault: { kind: 'unknown-asset' } });
    await opened.end();
  });

  test('all that a user has ends with the user, and nothing else', async () => {
    const { opened, ids } = await withUsers('anna', 'ben');
    const [anna = '', ben = ''] = ids;
    const shares = [];
    for (const owner of [anna, anna, ben]) {
      shares.push((await opened.store.shareNew(file(owner, LARGE), { owner })).share);
    }
    await opened.store.close(shares[1]?.id ?? '');
    const unshared = await opened.store.createAsset(file(anna, 10));
    await opened.store.endAllOf(anna);
    const ended = await Promise.all(shares.map(({ id }) => opened.store.share(id)));
    expect(ended.map((share) => share !== undefined && 'ended' in share)).toEqual([
      true,
      true,
      false,
    ]);
    expect(await opened.store.asset(unshared.id)).toMatchObject({ ended: 'deleted' });
    expect(await opened.store.readUsedBytes()).toBe(LARGE);
    await opened.end();
  });

  test('the audit log has what users did, without names of contents or ids that open links', async () => {
    const { opened, users, ids } = await withUsers('anna');
    const [anna = ''] = ids;
    const one = (await opened.store.shareNew(file(anna, 10), { owner: anna })).share;
    const options = { owner: anna, options: { once: true } };
    const two = (await opened.store.shareNew(file(anna, 10), options)).share;
    const ofServer = (await opened.store.shareNew(file(undefined, 10), {})).share;
    await opened.store.end(one.id, 'revoked');
    await opened.store.end(ofServer.id, 'revoked');
    (await opened.store.openOnce(two))?.content.resume();
    await users.rotate(anna);
    const entries = await users.audit(100);
    expect(
      entries.toReversed().map(({ userName, action, shareHash }) => [userName, action, shareHash]),
    ).toEqual([
      ['anna', 'user-added', undefined],
      ['anna', 'shared', hashOf(one.id)],
      ['anna', 'shared', hashOf(two.id)],
      [undefined, 'shared', hashOf(ofServer.id)],
      ['anna', 'revoked', hashOf(one.id)],
      [undefined, 'revoked', hashOf(ofServer.id)],
      ['anna', 'used-up', hashOf(two.id)],
      ['anna', 'token-rotated', undefined],
    ]);
    const text = JSON.stringify(entries);
    for (const secret of [one.id, two.id, 'data.bin']) expect(text).not.toContain(secret);
    await opened.end();
  });

  test('without users nothing is entered in the audit log', async () => {
    const opened = await engine.open();
    const options = { options: { once: true } };
    const [one, two] = [
      (await opened.store.shareNew(file(undefined, 10), {})).share,
      (await opened.store.shareNew(file(undefined, 10), options)).share,
    ];
    await opened.store.end(one.id, 'revoked');
    (await opened.store.openOnce(two))?.content.resume();
    expect(await new Users(opened.database).audit(10)).toEqual([]);
    await opened.end();
  });

  test('the audit log is forgotten with what it is about', async () => {
    let now = Date.now();
    const opened = await engine.open({ now: () => now, stableNow: () => now });
    const users = new Users(opened.database);
    await users.add({ name: 'anna', scope: 'share' });
    await opened.store.sweep();
    expect(await users.audit(10)).toHaveLength(1);
    now += 91 * 24 * 3_600_000;
    await opened.store.sweep();
    expect(await users.audit(10)).toEqual([]);
    await opened.end();
  });
});
