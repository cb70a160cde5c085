import { expect, test } from 'vitest';
import { faultOf } from '../../../main/failures/faults.ts';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import type { PiecesSession } from '../../../main/pieces/session.ts';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { PiecesTarget } from '../../../main/targets/pieces-target.ts';

const fails = new LinkifyError({ kind: 'update-required' });
const client = {
  baseUrl: 'http://127.0.0.1:39301',
  revoke: () => Promise.reject(fails),
} as unknown as LinkifyService;

function targetOver(
  session: Pick<PiecesSession, 'state' | 'client' | 'refresh' | 'note'>,
  isInstalled = true,
) {
  return new PiecesTarget(
    {
      session: { ...session, subscribe: () => () => {}, close: () => {} },
      watch: { start: () => {}, stop: () => {}, setPending: () => {} },
      isInstalled: async () => isInstalled,
    },
    { ownUid: undefined, isTrusted: () => undefined },
  );
}

/** The target in use when Pieces OS is chosen, or why there is none. */
async function chosen(target: PiecesTarget): Promise<PiecesTarget> {
  await target.prepare();
  return target;
}

/** The target when Pieces OS is only preferred. */
async function preferred(target: PiecesTarget): Promise<PiecesTarget | undefined> {
  return (await target.isReady()) ? target : undefined;
}

function fake(states: readonly PiecesState[]) {
  let at = 0;
  const noted: LinkifyFault[] = [];
  const looks: number[] = [];
  const state = (): PiecesState => states[Math.min(at, states.length - 1)] ?? { kind: 'unknown' };
  const look = async (): Promise<PiecesState> => {
    looks.push(at);
    at += 1;
    return state();
  };
  const isThere = (): boolean => !['unknown', 'not-running', 'unverified'].includes(state().kind);
  return {
    noted,
    looks,
    target: targetOver({
      state,
      client: () => (isThere() ? client : undefined),
      refresh: look,
      note: (fault) => noted.push(fault),
    }),
  };
}

const ready: PiecesState = { kind: 'ready' };

test('one that is ready gets the share, after a fresh look at it', async () => {
  const { target, looks } = fake([ready]);
  expect(await chosen(target)).toMatchObject({ id: 'pieces', name: 'Pieces OS' });
  expect(looks).toHaveLength(1);
});

test.each([
  [{ kind: 'not-running' }, 'unreachable'],
  [{ kind: 'unverified', port: 39_300, uid: 1 }, 'unverified-service'],
  [{ kind: 'not-responding' }, 'not-ready'],
  [{ kind: 'signed-out' }, 'sign-in-required'],
  [{ kind: 'out-of-date' }, 'update-required'],
] as const)('chosen and %j, it says so and gets nothing', async (state, kind) => {
  const { target } = fake([state]);
  expect(await chosen(target).catch((error) => faultOf(error).kind)).toBe(kind);
});

test.each(['cloud-not-connected', 'cloud-starting'] as const)(
  'chosen and %s, its own answer decides',
  async (kind) => {
    const { target } = fake([{ kind, cloud: 'failed' } as PiecesState]);
    expect(await chosen(target)).toMatchObject({ id: 'pieces' });
  },
);

test.each(['not-running', 'signed-out', 'cloud-starting', 'out-of-date', 'unverified'] as const)(
  'only preferred and %s, the share goes elsewhere without a look',
  async (kind) => {
    const { target, looks } = fake([{ kind } as PiecesState]);
    expect(await preferred(target)).toBeUndefined();
    expect(looks).toEqual([]);
  },
);

test('only preferred, and gone since: elsewhere', async () => {
  expect(await preferred(fake([ready, { kind: 'not-running' }]).target)).toBeUndefined();
  expect(await preferred(fake([ready, ready]).target)).toMatchObject({ id: 'pieces' });
});

test('the very first share waits a moment for the first look', async () => {
  const { target } = fake([{ kind: 'unknown' }, ready, ready]);
  expect(await preferred(target)).toMatchObject({ id: 'pieces' });
});

test.each(['unknown', 'ready'] as const)(
  '%s, a look that takes long is not waited for',
  async (kind) => {
    const target = targetOver({
      state: () => ({ kind }),
      client: () => undefined,
      refresh: () => new Promise(() => {}),
      note: () => undefined,
    });
    expect(await preferred(target)).toBeUndefined();
  },
);

test('a link that it made is revoked wherever it is now, whoever is signed in', async () => {
  const signedOut = fake([{ kind: 'signed-out' }]);
  expect(await signedOut.target.client()).toMatchObject({ baseUrl: client.baseUrl });
  const away = fake([{ kind: 'not-running' }, { kind: 'signed-out' }]);
  expect(await away.target.client()).toMatchObject({ baseUrl: client.baseUrl });
  const gone = fake([{ kind: 'not-running' }]);
  expect(await gone.target.client().catch((error) => faultOf(error).kind)).toBe('unreachable');
});

test('what a call says about the service is noted', async () => {
  const { target, noted } = fake([ready]);
  const watched = await (await chosen(target)).client();
  await expect(watched.revoke('x')).rejects.toBe(fails);
  expect(noted).toEqual([{ kind: 'update-required' }]);
  expect(watched.baseUrl).toBe(client.baseUrl);
});

test('why it cannot be used is said only where it is installed', async () => {
  for (const isInstalled of [true, false]) {
    const listeners: ((state: PiecesState) => void)[] = [];
    const state: PiecesState = { kind: 'not-running' };
    const target = new PiecesTarget(
      {
        session: {
          state: () => state,
          client: () => undefined,
          refresh: async () => state,
          note: () => undefined,
          subscribe(listener) {
            listeners.push(listener);
            return () => {};
          },
          close: () => {},
        },
        watch: { start: () => {}, stop: () => {}, setPending: () => {} },
        isInstalled: async () => isInstalled,
      },
      { ownUid: undefined, isTrusted: () => undefined },
    );
    // Nobody has looked yet.
    expect(target.problem).toBeUndefined();
    for (const listener of listeners) listener(state);
    await Promise.resolve();
    await Promise.resolve();
    expect(target.problem).toBe(isInstalled ? 'not-running' : undefined);
  }
});

test.each([
  ['ready', undefined],
  ['unknown', undefined],
  ['signed-out', 'signed-out'],
  ['not-responding', 'not-responding'],
  ['out-of-date', 'out-of-date'],
] as const)('%s: what prevents its use is %s', (kind, problem) => {
  expect(fake([{ kind }]).target.problem).toBe(problem);
});
