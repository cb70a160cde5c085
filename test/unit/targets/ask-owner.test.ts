import { describe, expect, test } from 'vitest';
import { Questions } from '../../../main/questions/questions.ts';
import { unreadableQuestion } from '../../../main/questions/unreadable-question.ts';
import { createAskOwner } from '../../../main/targets/ask-owner.ts';
import { english as words } from '../../support/messages.ts';
import { text } from '../../support/text.ts';

const another = unreadableQuestion({ kind: 'some-unreadable', names: ['a'] });
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('the question whose service it is', () => {
  const setUp = (isServer = false) => {
    const questions = new Questions(words);
    const decided: [number, boolean][] = [];
    let uid: number | undefined = 1001;
    const refresh = createAskOwner({
      questions,
      targets: {
        foreignPeer: () => (uid === undefined ? undefined : { port: 39_300, uid, isServer }),
        decide: (whose, isTrusted) => decided.push([whose, isTrusted]),
      },
    });
    return {
      questions,
      decided,
      refresh,
      shown: () => questions.current()?.view,
      become: (next: number | undefined) => {
        uid = next;
      },
    };
  };

  test('names user and port, and Escape says no', () => {
    const { refresh, shown } = setUp();
    refresh();
    expect(shown()?.sentence).toBe(text('unverifiedAsk', { port: '39300', uid: '1001' }));
    expect([shown()?.choices[0]?.id, shown()?.cancelId]).toEqual(['no', 'no']);
  });

  test.each([
    ['yes', true],
    ['no', false],
  ])('%s is remembered for that user', async (choice, trust) => {
    const { decided, questions, refresh, shown } = setUp();
    refresh();
    expect(questions.answer(shown()?.id ?? '', choice, false)).toBe(true);
    await nextTurn();
    expect(decided).toEqual([[1001, trust]]);
    expect(shown()).toBeUndefined();
  });

  test('of a custom server is another question', () => {
    const { refresh, shown } = setUp(true);
    refresh();
    expect(shown()?.sentence).toBe(text('foreignAsk', { port: '39300', uid: '1001' }));
  });

  test('an answer that comes too late, or is none, changes nothing', async () => {
    const { become, decided, questions, refresh, shown } = setUp();
    refresh();
    const id = shown()?.id ?? '';
    expect(questions.answer(id, 'maybe', false)).toBe(false);
    become(undefined);
    refresh();
    expect(questions.answer(id, 'yes', false)).toBe(false);
    await nextTurn();
    expect(decided).toEqual([]);
  });

  test('goes away with its cause, and never takes another question’s place', () => {
    const { become, questions, refresh, shown } = setUp();
    refresh();
    become(undefined);
    refresh();
    expect(shown()).toBeUndefined();

    become(7);
    void questions.ask(another);
    const other = shown()?.id;
    refresh();
    expect(shown()?.id).toBe(other);
  });

  test('is not asked again while its answer is applied', async () => {
    const questions = new Questions(words);
    const refresh = createAskOwner({
      questions,
      targets: {
        foreignPeer: () => ({ port: 39_300, uid: 1001, isServer: false }),
        // The answer is stored in the settings, whose change refreshes the status.
        decide: () => refresh(),
      },
    });
    refresh();
    questions.answer(questions.current()?.view.id ?? '', 'yes', false);
    await nextTurn();
    expect(questions.isOpen()).toBe(false);
  });

  test('gives way to another question without an answer, and comes back', async () => {
    const { decided, questions, refresh, shown } = setUp();
    refresh();
    void questions.ask(another);
    await nextTurn();
    expect(decided).toEqual([]);
    questions.cancel();
    refresh();
    expect(shown()?.sentence).toContain('1001');
  });
});
