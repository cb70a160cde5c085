import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failures } from '../../../main/failures/failures.ts';
import { openSettings } from '../../../main/settings/settings.ts';
import { UpdateError, type UpdateProblem, type Updater } from '../../../main/updates/updater.ts';
import { CHECK_EVERY_MS, FIRST_CHECK_MS, Updates } from '../../../main/updates/updates.ts';

interface Given {
  readonly isOn?: boolean;
  readonly record?: unknown;
  readonly way?: 'report';
  readonly problem?: UpdateProblem;
  readonly found?: null;
  /** What the installation throws. */
  readonly installError?: Error;
  /** The version that runs. */
  readonly version?: string;
}

const all: Updates[] = [];
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  for (const updates of all.splice(0)) updates.stop();
  vi.useRealTimers();
});

function setUp(given: Given = {}) {
  const done: string[] = [];
  const state = { isBusy: false, record: given.record, isDownloading: false };
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => undefined },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  settings.change({ checkForUpdates: given.isOn ?? true });
  const failures = new Failures(Date.now);
  let endDownload = (): void => undefined;
  const updater: Updater = {
    async find() {
      done.push('find');
      if (given.problem !== undefined) throw new UpdateError(given.problem);
      return given.found === null ? undefined : { version: '1.1.0' };
    },
    ...(given.way === 'report'
      ? {}
      : {
          prepare: async ({ version }, onPercent) => {
            done.push('prepare');
            onPercent(50);
            if (state.isDownloading) {
              await new Promise<void>((resolve) => {
                endDownload = resolve;
              });
            }
            return {
              version,
              install(restart) {
                if (given.installError !== undefined) throw given.installError;
                done.push(restart ? 'install, restart' : 'install');
              },
              discard: () => void done.push('discard'),
            };
          },
        }),
  };
  const updates = new Updates({
    updater,
    version: given.version ?? '1.0.0',
    settings,
    failures,
    record: {
      load: () => state.record,
      save(value) {
        state.record = value;
      },
      remove() {},
    },
    isBusy: () => state.isBusy,
    quit: () => void done.push('quit'),
    now: Date.now,
  });
  all.push(updates);
  updates.on('ready', (version) => done.push(`ready ${version}`));
  updates.on('available', (version) => done.push(`available ${version}`));
  return { updates, done, state, settings, failures, endDownload: () => endDownload() };
}

const FOUND = ['find', 'prepare', 'ready 1.1.0'];

describe('without consent', () => {
  it('nothing is requested', async () => {
    const { updates, done } = setUp({ isOn: false });
    updates.start();
    await vi.advanceTimersByTimeAsync(3 * CHECK_EVERY_MS);
    expect(done).toEqual([]);
  });

  it('a check that the user asks for finds, downloads and installs', async () => {
    const { updates, done } = setUp({ isOn: false });
    updates.start();
    expect(await updates.check()).toBeUndefined();
    updates.installPrepared();
    expect(done).toEqual([...FOUND, 'install']);
  });

  it('nothing is installed that was found before it was withdrawn', async () => {
    const { updates, done, settings } = setUp();
    updates.start();
    await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
    settings.change({ checkForUpdates: false });
    updates.installPrepared();
    expect(done).toEqual([...FOUND, 'discard']);
  });

  it('a download that ends after it was withdrawn is discarded', async () => {
    const { updates, done, settings, state, endDownload } = setUp();
    state.isDownloading = true;
    updates.start();
    await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
    settings.change({ checkForUpdates: false });
    endDownload();
    await vi.advanceTimersByTimeAsync(1);
    updates.installPrepared();
    expect(done).toEqual(['find', 'prepare', 'discard']);
  });
});

describe('with consent', () => {
  it('checks after the start and once a day until there is a version', async () => {
    const { updates, done } = setUp({ found: null });
    updates.start();
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
    expect(done).toEqual(['find']);
    expect(updates.view()?.progress.kind).toBe('up-to-date');
    await vi.advanceTimersByTimeAsync(2 * CHECK_EVERY_MS);
    expect(done).toEqual(['find', 'find', 'find']);
  });

  it('does not check again at each start', async () => {
    const { updates, done } = setUp({ record: { checkedAtMs: Date.now() - CHECK_EVERY_MS / 2 } });
    updates.start();
    await vi.advanceTimersByTimeAsync(CHECK_EVERY_MS / 4);
    expect(done).toEqual([]);
    await vi.advanceTimersByTimeAsync(CHECK_EVERY_MS / 2);
    expect(done).toEqual(FOUND);
  });

  it('installs when the app quits', async () => {
    const { updates, done } = setUp();
    updates.start();
    await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
    updates.installPrepared();
    expect(done).toEqual([...FOUND, 'install']);
  });

  it('says once that there is a version that it does not install', async () => {
    const { updates, done } = setUp({ way: 'report' });
    updates.start();
    await vi.advanceTimersByTimeAsync(3 * CHECK_EVERY_MS);
    expect(done).toEqual(['find', 'available 1.1.0', 'find', 'find']);
    expect(updates.view()).toMatchObject({ way: 'report', progress: { kind: 'available' } });
  });

  it('is silent about a network that is away, and reports everything else', async () => {
    const away = setUp({ problem: { kind: 'not-checked' } });
    const forged = setUp({ problem: { kind: 'rejected', reason: 'unsigned' } });
    for (const { updates } of [away, forged]) updates.start();
    await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
    expect(away.failures.current()).toBeUndefined();
    expect(forged.failures.current()?.fault).toEqual({
      kind: 'update-rejected',
      reason: 'unsigned',
    });
    expect(await away.updates.check()).toEqual({ kind: 'update-not-checked' });
  });
});

describe('a restart', () => {
  it('waits until nothing is shared and no question is open', async () => {
    const { updates, done, state } = setUp();
    await updates.check();
    state.isBusy = true;
    updates.restart();
    updates.maybeIdle();
    expect(updates.view()?.restartsWhenIdle).toBe(true);
    expect(done).toEqual(FOUND);
    state.isBusy = false;
    updates.maybeIdle();
    updates.maybeIdle();
    updates.installPrepared();
    expect(done).toEqual([...FOUND, 'quit', 'install, restart']);
  });

  it('needs a version that is ready', () => {
    const { updates, done } = setUp();
    updates.restart();
    updates.maybeIdle();
    expect(done).toEqual([]);
  });
});

describe('an installation at quit', () => {
  /** Installs 1.1.0 at quit. @returns what the next start reports, in the version that runs then */
  async function faultAfterQuit(version: string, installError?: Error) {
    const error = vi.spyOn(console, 'error').mockReturnValue();
    const before = setUp({ isOn: false, ...(installError && { installError }) });
    await before.updates.check();
    before.updates.stop();
    before.updates.installPrepared();
    error.mockRestore();
    const start = () => {
      const { updates, failures, state } = setUp({
        isOn: false,
        version,
        record: before.state.record,
      });
      updates.start();
      before.state.record = state.record;
      return failures.current()?.fault;
    };
    const fault = start();
    expect(start()).toBeUndefined();
    return fault;
  }

  it('that succeeded is not reported', async () => {
    expect(await faultAfterQuit('1.1.0')).toBeUndefined();
    // Somebody installed a newer one meanwhile.
    expect(await faultAfterQuit('1.2.0')).toBeUndefined();
  });

  it('that failed is reported by the next start, once', async () => {
    const failed = { kind: 'update-not-installed', version: '1.1.0' } as const;
    const folder = new UpdateError({ ...failed, kind: 'not-installed', reason: 'folder' });
    expect(await faultAfterQuit('1.0.0', folder)).toEqual({ ...failed, reason: 'folder' });
    expect(await faultAfterQuit('1.0.0', new Error('x'))).toEqual({ ...failed, reason: 'other' });
    // An installer that ran after the end of the app.
    expect(await faultAfterQuit('1.0.0')).toEqual({ ...failed, reason: 'other' });
  });
});

it('reports a rollback once, and installs that version only when asked', async () => {
  const { updates, done, failures, state } = setUp({
    record: { rolledBack: '1.1.0', isUnreported: true },
  });
  updates.start();
  expect(failures.current()?.fault).toEqual({ kind: 'update-rolled-back', version: '1.1.0' });
  expect(state.record).toMatchObject({ isUnreported: false });
  await vi.advanceTimersByTimeAsync(FIRST_CHECK_MS + 1);
  expect(done).toEqual(['find']);
  await updates.check();
  expect(done).toEqual(['find', ...FOUND]);
});
