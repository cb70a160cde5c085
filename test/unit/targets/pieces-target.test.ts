import { expect, test } from 'vitest';
import { faultOf } from '../../../main/failures/faults.ts';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { createPiecesTarget } from '../../../main/targets/pieces-target.ts';

const fails = new LinkifyError({ kind: 'update-required' });
const client = {
  baseUrl: 'http://127.0.0.1:39301',
  revoke: () => Promise.reject(fails),
} as unknown as LinkifyService;

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
  const isThere = (): boolean => !['unknown', 'not-running', 'unproven'].includes(state().kind);
  return {
    noted,
    looks,
    target: createPiecesTarget({
      state,
      client: () => (isThere() ? client : undefined),
      look,
      note: (fault) => noted.push(fault),
    }),
  };
}

const ready: PiecesState = { kind: 'ready' };

test('one that is ready gets the share, after a fresh look at it', async () => {
  const { target, looks } = fake([ready]);
  expect(await target.toShare()).toMatchObject({ kind: 'pieces', name: 'Pieces OS' });
  expect(looks).toHaveLength(1);
});

test.each([
  [{ kind: 'not-running' }, 'unreachable'],
  [{ kind: 'unproven', port: 39_300, uid: 1 }, 'unproven-service'],
  [{ kind: 'not-answering' }, 'not-ready'],
  [{ kind: 'signed-out' }, 'sign-in-required'],
  [{ kind: 'out-of-date' }, 'update-required'],
] as const)('chosen and %j, it says so and gets nothing', async (state, kind) => {
  const { target } = fake([state]);
  expect(await target.toShare().catch((error) => faultOf(error).kind)).toBe(kind);
});

test.each(['cloud-not-connected', 'cloud-starting'] as const)(
  'chosen and %s, its own answer decides',
  async (kind) => {
    const { target } = fake([{ kind, cloud: 'failed' } as PiecesState]);
    expect(await target.toShare()).toMatchObject({ kind: 'pieces' });
  },
);

test.each(['not-running', 'signed-out', 'cloud-starting', 'out-of-date', 'unproven'] as const)(
  'only preferred and %s, the share goes elsewhere without a look',
  async (kind) => {
    const { target, looks } = fake([{ kind } as PiecesState]);
    expect(await target.whenReady()).toBeUndefined();
    expect(looks).toEqual([]);
  },
);

test('only preferred, and gone since: elsewhere', async () => {
  expect(await fake([ready, { kind: 'not-running' }]).target.whenReady()).toBeUndefined();
  expect(await fake([ready, ready]).target.whenReady()).toMatchObject({ kind: 'pieces' });
});

test('the very first share waits a moment for the first look', async () => {
  const { target } = fake([{ kind: 'unknown' }, ready, ready]);
  expect(await target.whenReady()).toMatchObject({ kind: 'pieces' });
});

test.each(['unknown', 'ready'] as const)(
  '%s, a look that takes long is not waited for',
  async (kind) => {
    const target = createPiecesTarget({
      state: () => ({ kind }),
      client: () => undefined,
      look: () => new Promise(() => {}),
      note: () => undefined,
    });
    expect(await target.whenReady()).toBeUndefined();
  },
);

test('a link that it made is revoked wherever it is now, whoever is signed in', async () => {
  const signedOut = fake([{ kind: 'signed-out' }]);
  expect(await signedOut.target.anyway()).toMatchObject({ kind: 'pieces' });
  const away = fake([{ kind: 'not-running' }, { kind: 'signed-out' }]);
  expect(await away.target.anyway()).toMatchObject({ kind: 'pieces' });
  const gone = fake([{ kind: 'not-running' }]);
  expect(await gone.target.anyway().catch((error) => faultOf(error).kind)).toBe('unreachable');
});

test('what a call says about the service is noted', async () => {
  const { target, noted } = fake([ready]);
  const { client: watched } = await target.toShare();
  await expect(watched.revoke('x')).rejects.toBe(fails);
  expect(noted).toEqual([{ kind: 'update-required' }]);
  expect(watched.baseUrl).toBe(client.baseUrl);
});
