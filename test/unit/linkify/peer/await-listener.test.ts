import { expect, test } from 'vitest';
import { awaitListener } from '../../../../main/linkify/peer/await-listener.ts';
import type { Listeners } from '../../../../main/linkify/peer/listeners.ts';

const none: Listeners = new Map();
const ours: Listeners = new Map([[4100, [1000]]]);

async function run(tables: readonly (Listeners | undefined)[], open: readonly boolean[] = []) {
  let there = 0;
  let looks = 0;
  let touched = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = awaitListener({
    baseUrl: 'http://127.0.0.1:4100',
    async listeners() {
      const table = tables[Math.min(looks, tables.length - 1)];
      if (++looks > tables.length) resolve();
      return table;
    },
    isOpen: async () => open[touched++] ?? false,
    pauseMs: () => 0,
    onListening: () => there++,
  });
  if (!tables.includes(undefined)) await promise;
  else await new Promise((done) => setImmediate(done));
  stop?.();
  return { there, looks, touched };
}

test('tells once that a program began to listen, and touches no port', async () => {
  expect(await run([none, none, ours, ours])).toMatchObject({ there: 1, touched: 0 });
});

test('tells again when it went and came back', async () => {
  expect(await run([ours, none, ours, none, ours])).toMatchObject({ there: 2 });
});

test('says nothing of one that listens all the time', async () => {
  expect(await run([ours, ours, ours])).toMatchObject({ there: 0 });
});

test('without the system’s list it tries the port, and not again within five seconds', async () => {
  expect(await run([undefined], [true])).toMatchObject({ touched: 1 });
});

test('there is no such sign of a service elsewhere', () => {
  const needs = {
    listeners: async () => none,
    isOpen: async () => false,
    pauseMs: () => 0,
    onListening: () => {},
  };
  expect(awaitListener({ ...needs, baseUrl: 'https://share.example' })).toBeUndefined();
  expect(awaitListener({ ...needs, baseUrl: 'no address' })).toBeUndefined();
});
