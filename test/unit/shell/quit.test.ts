import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type Stop, type StopAppDeps, stopApp } from '../../../main/shell/quit.ts';
import { english } from '../../support/messages.ts';

/** @param stops in the order of creation */
async function stop(
  stops: (note: (what: string) => void) => readonly Stop[],
  clipboard: 'not-ours' | 'kept' | 'lost' = 'not-ours',
  limitMs = 60_000,
): Promise<readonly string[]> {
  const steps: string[] = [];
  const note = (what: string): void => void steps.push(what);
  await stopApp({
    stops: stops(note),
    notifications: {
      stop() {
        note('notifications stop');
        return { notifyLast: ({ cause }) => note(`last notification: ${cause}`) };
      },
      settled: async () => note('notifications settled'),
    },
    handOverClipboard: async () => {
      note('clipboard');
      return clipboard;
    },
    database: { close: () => note('database') } as StopAppDeps['database'],
    messages: english,
    limitMs,
  });
  return steps;
}

test('modules stop at once, the last one first, and the database closes when all have ended', async () => {
  const steps = await stop((note) => [
    () => note('first'),
    async () => {
      note('share begins to end');
      await pause(10);
      note('share has ended');
    },
    () => note('last'),
  ]);
  expect(steps).toEqual([
    'last',
    'share begins to end',
    'first',
    'notifications stop',
    'clipboard',
    'share has ended',
    'notifications settled',
    'database',
  ]);
});

test('a module that fails to stop keeps no other from it', async () => {
  const steps = await stop((note) => [
    () => note('first'),
    () => {
      throw new Error('not stopped');
    },
    () => Promise.reject(new Error('not ended')),
    () => note('last'),
  ]);
  expect(steps.slice(0, 2)).toEqual(['last', 'first']);
  expect(steps.at(-1)).toBe('database');
});

test('a clipboard that could not be left is the last thing that is said', async () => {
  const steps = await stop(() => [], 'lost');
  expect(steps.slice(-3)).toEqual([
    'last notification: clipboard-lost',
    'notifications settled',
    'database',
  ]);
});

test('a module that does not end holds up nothing for ever: the database is closed', async () => {
  const steps = await stop(
    (note) => [() => new Promise(() => {}), () => note('last')],
    'not-ours',
    20,
  );
  expect(steps.slice(0, 1)).toEqual(['last']);
  expect(steps.at(-1)).toBe('database');
  expect(steps).not.toContain('notifications settled');
});
