import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { newId } from '../../../../main/server/ids.ts';
import { keys } from '../../../../main/server/store/keys.ts';
import { openLevelRecords } from '../../../../main/server/store/level-records.ts';
import { moveShareRecords } from '../../../../main/server/store/move-share-records.ts';
import type { Records } from '../../../../main/server/store/records.ts';
import {
  filesWith,
  get,
  marker,
  startTestService,
  textSeed,
} from '../../../support/service/run.ts';

/** A store of an earlier version, which kept shares by their ids. */

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openRecords(): Promise<Records> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-move-'));
  ends.push(() => rm(folder, { recursive: true }));
  const records = await openLevelRecords(folder);
  ends.push(() => records.close());
  return records;
}

/** Puts shares back to where an earlier version kept them. */
async function makeOld(dataDir: string, ids: readonly string[]): Promise<void> {
  const records = await openLevelRecords(join(dataDir, 'records'));
  for (const id of ids) {
    const value = await records.get(keys.share(id));
    if (value === undefined) throw new Error(`no record of ${id}`);
    await records.write([{ put: keys.shareById(id), value }, { remove: keys.share(id) }]);
  }
  await records.close();
}

test('its links open after an update, are listed, and can be revoked without a trace', async () => {
  const before = await startTestService();
  const { dataDir } = before;
  const name = marker();
  const kept = await before.api.share(textSeed('kept'));
  const asset = await before.api.create(textSeed('in a collection'));
  const made = await before.api.call('POST', '/linkify/multiple', {
    access: 'PUBLIC',
    assets: [asset],
    name,
  });
  const collection = made.json.iterable[0];
  const gone = await before.api.share(textSeed('gone'));
  await before.api.revoke(gone.id);
  await before.stop();
  await makeOld(dataDir, [kept.id, collection.id, gone.id]);

  const after = await startTestService({ dataDir });
  ends.push(() => after.end());
  expect((await get(kept.link)).text).toContain('kept');
  expect((await get(collection.link)).text).toContain(name);
  expect((await get(gone.link)).status).toBe(410);
  const list = (await after.api.call('GET', '/shares')).json.iterable;
  expect(list.map(({ id }: { id: string }) => id).sort()).toEqual([kept.id, collection.id].sort());
  expect((await after.api.revoke(collection.id)).status).toBe(200);
  await vi.waitFor(async () => expect(await filesWith(dataDir, name)).toEqual([]), 10_000);
});

test('all of many are moved, and nothing is left to move', async () => {
  const records = await openRecords();
  const ids = Array.from({ length: 1_203 }, newId);
  await records.write(ids.map((id) => ({ put: keys.shareById(id), value: id })));
  expect(await moveShareRecords(records)).toBe(ids.length);
  expect(await moveShareRecords(records)).toBe(0);
  expect(await records.getMany(ids.map(keys.share))).toEqual(ids);
  expect(await records.keys(keys.allSharesById)).toEqual([]);
});

test('a crash between any two writes loses none: the next start goes on', async () => {
  const records = await openRecords();
  const ids = Array.from({ length: 1_203 }, newId);
  await records.write(ids.map((id) => ({ put: keys.shareById(id), value: id })));
  // Three writes in all: killed before the first, and before the second twice.
  for (const lasting of [0, 1, 1]) {
    let writes = 0;
    const failing: Records = {
      ...records,
      async write(changes, forget) {
        if (writes++ >= lasting) throw new Error('killed');
        await records.write(changes, forget);
      },
    };
    await expect(moveShareRecords(failing)).rejects.toThrow('killed');
    const found = await Promise.all(
      ids.map(async (id) => [
        await records.get(keys.share(id)),
        await records.get(keys.shareById(id)),
      ]),
    );
    // Each is in one place or the other, whole.
    expect(found.every(([now, old]) => (now === undefined) !== (old === undefined))).toBe(true);
  }
  await moveShareRecords(records);
  expect(await records.getMany(ids.map(keys.share))).toEqual(ids);
});

test('an id stands in no key that strangers can ask for', () => {
  const id = newId();
  expect(keys.share(id)).not.toContain(id.slice(0, 6));
  expect(keys.share(id)).toHaveLength(2 + 43);
});
