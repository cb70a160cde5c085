import { describe, expect, test } from 'vitest';
import type { PiecesState } from '../../../main/pieces/state.ts';
import { createOwnerQuestion } from '../../../main/questions/owner-question.ts';
import { createAppModel, initialState } from '../../../main/state/app-state.ts';
import { serviceView } from '../../../main/state/service-view.ts';
import { english as words } from '../../support/words.ts';

const view = (kind: 'automatic' | 'pieces', pieces: PiecesState, isInstalled = true) => {
  const { name, state, detail, action } = serviceView({ kind }, { pieces, isInstalled, words });
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

describe('the question whose service it is', () => {
  const setUp = () => {
    const model = createAppModel(initialState());
    const trusted: [number, boolean][] = [];
    const decided: string[] = [];
    let state: PiecesState = { kind: 'unproven', port: 39_300, uid: 1001 };
    const question = createOwnerQuestion({
      model,
      words,
      session: { state: () => state, look: async () => state },
      trust: (uid, yes) => trusted.push([uid, yes]),
      isTrusted: (uid) => trusted.find(([who]) => who === uid)?.[1],
      onDecided: () => void decided.push('decided'),
    });
    return {
      model,
      trusted,
      decided,
      question,
      become: (next: PiecesState) => {
        state = next;
      },
    };
  };

  test('names user and port, and Escape says no', () => {
    const { model, question } = setUp();
    question.refresh('pieces');
    const shown = model.get().question;
    expect(shown?.sentence).toMatch(/^User 1001 .* port 39300\./);
    expect([shown?.choices[0]?.id, shown?.cancelId]).toEqual(['no', 'no']);
  });

  test.each([
    ['yes', true],
    ['no', false],
  ])('%s is remembered for that user', (choice, trust) => {
    const { model, question, trusted } = setUp();
    question.refresh('pieces');
    expect(question.answer('owner-1001', choice)).toEqual({ ok: true, value: null });
    expect(trusted).toEqual([[1001, trust]]);
    expect(model.get().question).toBeNull();
  });

  test('of a custom server is asked once for each user, and what waits goes on after it', () => {
    const { model, question, trusted, decided } = setUp();
    question.refresh('custom');
    expect(model.get().question ?? null).toBeNull();
    question.customFailed({ kind: 'unreachable', baseUrl: 'http://127.0.0.1:4100' });
    expect(model.get().question ?? null).toBeNull();
    const foreign = { kind: 'unverified-peer', port: 4100, uid: 1001 } as const;
    question.customFailed(foreign);
    expect(model.get().question?.sentence).toMatch(/user 1001 .* port 4100/);
    question.answer('owner-1001', 'no');
    expect([trusted, decided]).toEqual([[[1001, false]], ['decided']]);
    question.customFailed(foreign);
    expect(model.get().question ?? null).toBeNull();
  });

  test('an answer that comes too late, or is none, changes nothing', () => {
    const { question, trusted, become } = setUp();
    question.answer('owner-1001', 'maybe');
    question.answer('owner-1', 'yes');
    become({ kind: 'ready' });
    question.answer('owner-1001', 'yes');
    expect(trusted).toEqual([]);
  });

  test('goes away with its cause, and never takes another question’s place', () => {
    const { model, question, become } = setUp();
    question.refresh('pieces');
    become({ kind: 'not-running' });
    question.refresh('pieces');
    expect(model.get().question).toBeNull();

    become({ kind: 'unproven', port: 39_300, uid: 7 });
    const other = { id: 'secret-1', title: '', sentence: '', choices: [], cancelId: '' };
    model.update({ question: other });
    question.refresh('pieces');
    expect(model.get().question).toBe(other);
    expect(question.answer('secret-1', 'yes')).toBeUndefined();
  });
});
