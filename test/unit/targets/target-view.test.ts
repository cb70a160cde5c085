import { describe, expect, test } from 'vitest';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { PIECES_PROBLEMS, piecesStatus } from '../../../main/targets/pieces-status.ts';
import type { PiecesTarget } from '../../../main/targets/pieces-target.ts';
import { selectedView } from '../../../main/targets/target-view.ts';
import { fakeClient } from '../../support/fakes.ts';
import { english as words } from '../../support/messages.ts';
import { TestTarget } from '../../support/targets.ts';
import { text } from '../../support/text.ts';

const view = (kind: 'automatic' | 'pieces', pieces: PiecesState, isInstalled = true) => {
  const here = new TestTarget(fakeClient(), { kind: 'built-in', name: 'This computer' });
  const piecesOs = {
    ref: { kind: 'pieces', name: 'Pieces OS', baseUrl: '' },
    status: piecesStatus(pieces, isInstalled),
    problem: isInstalled ? PIECES_PROBLEMS.find((problem) => problem === pieces.kind) : undefined,
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
    [{ kind: 'ready' }, ['Pieces OS', 'ready', text('ready'), undefined]],
    [{ kind: 'unknown' }, ['Pieces OS', 'starting', text('piecesSearching'), undefined]],
    [{ kind: 'not-running' }, ['Pieces OS', 'problem', text('piecesNotRunning'), 'start-pieces']],
    [
      { kind: 'unverified', port: 1, uid: 2 },
      ['Pieces OS', 'problem', text('piecesUnverified'), 'decide'],
    ],
    [{ kind: 'not-responding' }, ['Pieces OS', 'problem', text('piecesNotResponding'), undefined]],
    [{ kind: 'signed-out' }, ['Pieces OS', 'problem', text('piecesSignedOut'), 'sign-in']],
    [
      { kind: 'cloud-not-connected', cloud: 'failed' },
      ['Pieces OS', 'problem', text('piecesCloudOff'), 'connect-cloud'],
    ],
    [{ kind: 'cloud-starting' }, ['Pieces OS', 'problem', text('piecesCloudStarting'), undefined]],
    [{ kind: 'out-of-date' }, ['Pieces OS', 'problem', text('piecesOutOfDate'), 'update-service']],
  ] as const)('Pieces OS that is %j', (pieces, expected) => {
    expect(view('pieces', pieces)).toEqual(expected);
  });

  test('Pieces OS that is not installed can be had', () => {
    expect(view('pieces', { kind: 'not-running' }, false).at(-1)).toBe('get-pieces');
  });

  test.each([
    [{ kind: 'ready' }, ['Pieces OS', 'ready', text('ready'), undefined]],
    [
      { kind: 'not-running' },
      [
        'This computer',
        'ready',
        text('piecesIs', { detail: text('piecesNotRunning') }),
        'start-pieces',
      ],
    ],
    [{ kind: 'unknown' }, ['This computer', 'ready', text('ready'), undefined]],
    [
      { kind: 'signed-out' },
      [
        'This computer',
        'problem',
        text('piecesIs', { detail: text('piecesSignedOut') }),
        'sign-in',
      ],
    ],
    [
      { kind: 'cloud-starting' },
      [
        'This computer',
        'problem',
        text('piecesIs', { detail: text('piecesCloudStarting') }),
        undefined,
      ],
    ],
  ] as const)('chosen by itself, with Pieces OS that is %j', (pieces, expected) => {
    expect(view('automatic', pieces)).toEqual(expected);
  });

  test('Pieces OS that is not installed is not mentioned', () => {
    expect(view('automatic', { kind: 'not-running' }, false)).toEqual([
      ...['This computer', 'ready', text('ready'), undefined],
    ]);
  });
});
