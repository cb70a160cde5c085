import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createJsonFile } from '../../../main/desktop/files/json-file.ts';
import { createUnfinishedShares } from '../../../main/sharing/unfinished-shares.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';

// Each `run` is one run of the app over the same folder.

const folder = mkdtempSync(join(tmpdir(), 'linkify-unfinished-'));
const path = join(folder, 'unfinished-share.json');
afterEach(() => rmSync(path, { force: true }));

const run = (nowMs = 1_000, notedAfterMs = 0) =>
  createUnfinishedShares({
    store: createJsonFile(path),
    now: () => nowMs,
    notedAfterMs,
    quitWaitsMs: 50,
  });

const onDisk = (): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

test('a share that a kill ended is told at the next start, once', async () => {
  const share = run().begin();
  share.describe('film.mp4');
  await waitFor('the note', () => onDisk()?.includes('film.mp4'));
  const next = run();
  expect(next.takeLast(0)).toEqual({
    kind: 'interrupted',
    fault: { kind: 'share-interrupted', what: 'film.mp4', why: 'quit' },
  });
  expect(next.takeLast(0)).toBeUndefined();
  expect(run().takeLast(0)).toBeUndefined();
});

test('one that is done, failed, or pending leaves nothing to tell', async () => {
  const shares = run();
  for (const end of ['end', 'pending'] as const) {
    const share = shares.begin();
    share.describe('film.mp4');
    await waitFor('the note', onDisk);
    share[end]();
    expect(onDisk()).toBeUndefined();
  }
});

test('one that began before the newest pending share is that one, and goes on by itself', async () => {
  const share = run(1_000).begin();
  share.describe('film.mp4');
  await waitFor('the note', onDisk);
  expect(run().takeLast(1_000)).toBeUndefined();
});

test('one whose question nobody answered is told with that reason', () => {
  const share = run().begin();
  share.describe('Text, 40 characters');
  share.asked();
  expect(run().takeLast(0)).toMatchObject({
    fault: { what: 'Text, 40 characters', why: 'asked' },
  });
});

test('the next share takes the place of the one that was asked about', () => {
  const shares = run(1_000, 60_000);
  shares.begin().asked();
  const next = shares.begin();
  next.describe('film.mp4');
  expect(onDisk()).toBeUndefined();
  next.end();
});

test('a quit notes what is under way, waits for its end, and no longer than it may', async () => {
  const shares = run(1_000, 60_000);
  const share = shares.begin();
  share.describe('film.mp4');
  const quitting = shares.quitting();
  expect(onDisk()).toContain('film.mp4');
  share.end();
  await quitting;
  expect(onDisk()).toBeUndefined();
  const endless = shares.begin();
  endless.describe('film.mp4');
  await shares.quitting();
  expect(onDisk()).toContain('film.mp4');
});

test('a file that is damaged, or of another version, is no reason to say anything', () => {
  const store = createJsonFile(path);
  for (const value of [null, 7, {}, { version: 2, what: 'x', why: 'quit', startedAtMs: 1 }]) {
    store.save(value);
    expect(run().takeLast(0)).toBeUndefined();
  }
});

test('a link that came while the app quit is told at the next start, also of a pending share', async () => {
  const shares = run();
  const share = shares.begin();
  share.describe('film.mp4');
  share.pending();
  await shares.quitting();
  share.done('share-1');
  expect(run().takeLast(2_000)).toEqual({ kind: 'done', linkId: 'share-1', what: 'film.mp4' });
});

test('a link that came before the app quit was told then', async () => {
  const shares = run();
  const share = shares.begin();
  share.describe('film.mp4');
  share.done('share-1');
  share.end();
  await shares.quitting();
  expect(run().takeLast(0)).toBeUndefined();
});

test('a quit waits until a link that is on the list is copied, too', async () => {
  const shares = run(1_000, 60_000);
  const share = shares.begin();
  share.describe('film.mp4');
  share.done('share-1');
  let isOver = false;
  const quitting = shares.quitting().then(() => {
    isOver = true;
  });
  await new Promise(setImmediate);
  expect(isOver).toBe(false);
  share.end();
  await quitting;
  expect(run().takeLast(0)).toMatchObject({ kind: 'done', linkId: 'share-1' });
});
