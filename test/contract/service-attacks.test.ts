import { describe, expect, test } from 'vitest';
import { run as askForAnswersOfNode } from '../support/attack/bare-answers.ts';
import { run as flushKeys } from '../support/attack/one-time-keys.ts';
import { run as pipeline } from '../support/attack/pipelining.ts';
import { run as flood } from '../support/attack/request-flood.ts';

/** What somebody does who wants the service to stop serving others. */

const MB = 1_000_000;

describe.skipIf(process.platform !== 'linux')('requests without waiting for answers', () => {
  test.each([
    ['of a large file', undefined],
    ['of an id that does not exist', () => '/s/unknown'],
    ['of a path that does not exist', () => '/nowhere'],
  ])(
    '%s take neither memory nor files, and others are served',
    async (_what, path) => {
      const { before, during, after, served, heldConnections } = await pipeline(path);
      expect(during.openFiles - before.openFiles).toBeLessThan(100);
      expect(during.rssBytes - before.rssBytes).toBeLessThan(250 * MB);
      expect(after.rssBytes - before.rssBytes).toBeLessThan(200 * MB);
      expect(after.openFiles - before.openFiles).toBeLessThan(20);
      expect(served).toBeGreaterThan(0);
      expect(heldConnections).toBe(0);
    },
    60_000,
  );
});

test('every kind of request has a budget for each visitor', async () => {
  const { allowed, othersServed } = await flood();
  expect(othersServed).toBe(true);
  expect(allowed).toEqual({
    page: 120,
    raw: 1_200,
    download: 1_200,
    head: 1_200,
    item: 120,
    'item raw': 1_200,
    archive: 120,
    'password form': 120,
    'password form of raw': 120,
    'wrong password': 5,
    'one-time form': 120,
    'one-time form without its key': 120,
    'unknown id': 20,
    'unknown grant': 20,
    'unknown path': 1_200,
    'wrong method': 1_200,
    icon: 1_200,
  });
}, 240_000);

test('however often the form of one link is asked for, another can still be opened', async () => {
  expect(await flushKeys()).toEqual({ opened: true });
}, 120_000);

test('no answer lacks the headers that protect, whoever writes it', async () => {
  const { statuses, bare } = await askForAnswersOfNode();
  expect(bare).toEqual([]);
  expect(statuses).toMatchObject({
    'an unknown expectation, pages': 417,
    'an unknown expectation, api': 417,
    'no Host, pages': 400,
    'too long headers, pages': 431,
    'too many headers, pages': 431,
    'headers that never end, pages': 408,
    'a tunnel, pages': 0,
  });
}, 60_000);
