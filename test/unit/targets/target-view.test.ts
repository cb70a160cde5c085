import { describe, expect, test } from 'vitest';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { piecesStatus } from '../../../main/targets/pieces-status.ts';
import type { PiecesTarget } from '../../../main/targets/pieces-target.ts';
import { selectedView } from '../../../main/targets/target-view.ts';
import { fakeClient } from '../../support/fakes.ts';
import { TestTarget } from '../../support/targets.ts';
import { english as words } from '../../support/words.ts';

const view = (kind: 'automatic' | 'pieces', pieces: PiecesState, isInstalled = true) => {
  const here = new TestTarget(fakeClient(), { kind: 'built-in', name: 'This computer' });
  const piecesOs = {
    ref: { kind: 'pieces', name: 'Pieces OS', baseUrl: '' },
    status: piecesStatus(pieces, isInstalled),
  } as PiecesTarget;
  const target = kind === 'automatic' ? here : piecesOs;
  const { name, state, detail, action } = selectedView(
    { choice: { kind }, pieces: piecesOs, selected: () => ({ target, isCertain: true }) },
    words,
  );
  return [name, state, detail, action?.id];
};

describe('what the tray says of the service', () => {
  test.each([
    [{ kind: 'ready' }, ['Pieces OS', 'ready', 'Ready', undefined]],
    [{ kind: 'unknown' }, ['Pieces OS', 'starting', 'Looking for it', undefined]],
    [{ kind: 'not-running' }, ['Pieces OS', 'problem', 'Not running', 'start-pieces']],
    [
      { kind: 'unproven', port: 1, uid: 2 },
      ['Pieces OS', 'problem', 'Run by another user', 'decide'],
    ],
    [{ kind: 'not-answering' }, ['Pieces OS', 'problem', 'Gives no usable answer', undefined]],
    [{ kind: 'signed-out' }, ['Pieces OS', 'problem', 'Nobody is signed in', 'sign-in']],
    [
      { kind: 'cloud-not-connected', cloud: 'failed' },
      ['Pieces OS', 'problem', 'Cloud not connected', 'connect-cloud'],
    ],
    [{ kind: 'cloud-starting' }, ['Pieces OS', 'problem', 'Cloud is starting', undefined]],
    [{ kind: 'out-of-date' }, ['Pieces OS', 'problem', 'Too old for links', 'update-service']],
  ] as const)('Pieces OS that is %j', (pieces, expected) => {
    expect(view('pieces', pieces)).toEqual(expected);
  });

  test('Pieces OS that is not installed can be had', () => {
    expect(view('pieces', { kind: 'not-running' }, false).at(-1)).toBe('get-pieces');
  });

  test.each([
    [{ kind: 'ready' }, ['Pieces OS', 'ready', 'Ready', undefined]],
    [{ kind: 'not-running' }, ['This computer', 'ready', 'Ready', undefined]],
    [{ kind: 'unknown' }, ['This computer', 'ready', 'Ready', undefined]],
    [
      { kind: 'signed-out' },
      ['This computer', 'ready', 'Pieces OS: Nobody is signed in', 'sign-in'],
    ],
    [
      { kind: 'cloud-starting' },
      ['This computer', 'ready', 'Pieces OS: Cloud is starting', undefined],
    ],
  ] as const)('chosen by itself, with Pieces OS that is %j', (pieces, expected) => {
    expect(view('automatic', pieces)).toEqual(expected);
  });
});
