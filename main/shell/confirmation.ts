import { displayText } from '../clipboard/display-text.ts';
import type { Messages } from '../i18n/messages.ts';
import type { OpenQuestion } from '../questions/questions.ts';

/** A question that is asked outside the window's page. */
export interface Confirmation {
  readonly title: string;
  readonly detail: string;
  readonly yes: string;
  /** The safe answer: it has the focus, and closing the dialog means it. */
  readonly no: string;
}

/** Asks the user; false also while another question of this kind is open. */
export type Confirm = (question: Confirmation) => Promise<boolean>;

/** One question at a time: a page must not pile dialogs up until one is answered by mistake. */
export function oneAtATime(confirm: Confirm): Confirm {
  let isOpen = false;
  return async (question) => {
    if (isOpen) return false;
    isOpen = true;
    try {
      return await confirm(question);
    } finally {
      isOpen = false;
    }
  };
}

/**
 * What to ask before the page's answer to a question counts; `undefined`: nothing. The words are
 * those of the question as the main process put it.
 */
export function answerConfirmation(
  question: OpenQuestion | undefined,
  choiceId: string,
  remember: boolean,
  messages: Messages,
): Confirmation | undefined {
  if (question === undefined || !question.confirmed.includes(choiceId)) return undefined;
  const { title, sentence, rememberLabel, choices } = question.view;
  const choice = choices.find(({ id }) => id === choiceId);
  if (choice === undefined) return undefined;
  return {
    title,
    detail: remember && rememberLabel !== undefined ? `${sentence}\n${rememberLabel}` : sentence,
    yes: choice.label,
    no: messages.t('confirmNo'),
  };
}

/** What to ask about files whose content the page could not prove to know. */
export function filesConfirmation(paths: readonly string[], messages: Messages): Confirmation {
  return {
    title: messages.t('confirmFiles', { count: paths.length }),
    detail: listed(paths),
    yes: messages.t('confirmShare'),
    no: messages.t('confirmNo'),
  };
}

/** What to ask before all settings are reset. */
export function resetConfirmation(messages: Messages): Confirmation {
  return {
    title: messages.t('confirmReset'),
    detail: messages.t('confirmResetDetail'),
    yes: messages.t('confirmResetYes'),
    no: messages.t('confirmNo'),
  };
}

/** What to ask about a text that another app or a web page wants to share. */
export function textConfirmation(text: string, messages: Messages): Confirmation {
  const origin = messages.t('confirmTextOrigin', { count: [...text].length });
  return {
    title: messages.t('confirmText'),
    detail: `${origin}\n\n${displayText(text)}`,
    yes: messages.t('confirmShare'),
    no: messages.t('confirmNo'),
  };
}

/** A dialog has no scroll bar: the rest is counted. */
const MAX_LINES = 12;

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, MAX_LINES).map((path) => path.toWellFormed());
  const more = paths.length - shown.length;
  return more > 0 ? [...shown, `… +${more}`].join('\n') : shown.join('\n');
}
