import type { Question } from './questions.ts';

/** Answers to a share of a clipboard that only the window in front may read. */
export type FocusAnswer = 'discard' | 'share';

/** Says why the window is there. Whoever answers has it in front, so the clipboard can be read then. */
export function focusQuestion(): Question<FocusAnswer> {
  return {
    text: (messages) => ({
      title: messages.t('needsFocusAsk'),
      sentence: messages.t('needsFocusWhy'),
      choices: [
        { id: 'share', label: messages.t('menuShare') },
        { id: 'discard', label: messages.t('secretDiscard') },
      ],
      cancelId: 'discard',
      // The user just asked for this share, and the window is only there to read the clipboard.
      focusId: 'share',
    }),
    unanswered: 'discard',
    fault: { kind: 'clipboard-needs-focus' },
  };
}
