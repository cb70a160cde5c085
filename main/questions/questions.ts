import { EventEmitter } from 'node:events';
import type { QuestionView } from '../../preload/contract.ts';
import type { Fault } from '../failures/faults.ts';
import type { Messages } from '../i18n/messages.ts';

/** A question in words. */
export interface QuestionText<Choice extends string> extends Omit<QuestionView, 'id'> {
  readonly choices: readonly { readonly id: Choice; readonly label: string }[];
  readonly cancelId: Choice;
  readonly focusId?: Choice;
}

export interface Question<Choice extends string> {
  text(messages: Messages): QuestionText<Choice>;
  /** The choice that holds when the question is withdrawn, or gives way to another one. */
  readonly unanswered: Choice;
  /** Choices that count only after they were confirmed outside the window's page. */
  readonly confirmed?: readonly Choice[];
  /** What a notification says of it; absent: there is none. */
  readonly fault?: Fault;
}

export interface Answer<Choice extends string> {
  readonly choice: Choice;
  /** The same answer holds the next time, where the question offers that. */
  readonly remember: boolean;
}

/** The open question as the window shows it. */
export interface OpenQuestion {
  readonly view: QuestionView;
  readonly confirmed: readonly string[];
}

interface Open {
  readonly id: string;
  readonly question: Question<string>;
  /** False when this choice is not offered. */
  answer(choiceId: string, remember: boolean): boolean;
  cancel(): void;
}

interface QuestionEvents {
  /** The open question is another one, or none. */
  changed: [];
  asked: [question: Question<string>];
  /** With the user's choice; `undefined` when the question was withdrawn. */
  closed: [question: Question<string>, choice: string | undefined];
}

/** Owns the one question that is open. */
export class Questions extends EventEmitter<QuestionEvents> {
  readonly #messages: Messages;
  #open: Open | undefined;
  #count = 0;

  constructor(messages: Messages) {
    super();
    this.#messages = messages;
  }

  /**
   * Asks, and resolves with the answer. The question that was open resolves as unanswered.
   * @param signal aborted: nobody needs the answer any more
   */
  ask<Choice extends string>(
    question: Question<Choice>,
    signal?: AbortSignal,
  ): Promise<Answer<Choice>> {
    this.cancel();
    const unanswered = { choice: question.unanswered, remember: false };
    if (signal?.aborted) return Promise.resolve(unanswered);
    return new Promise((resolve) => {
      this.#count += 1;
      const close = (answer: Answer<Choice>): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(answer);
      };
      const cancel = (): void => {
        if (this.#open === open) this.#close();
        close(unanswered);
      };
      const open: Open = {
        id: `question-${this.#count}`,
        question,
        answer: (choiceId, remember) => {
          const chosen = question.text(this.#messages).choices.find(({ id }) => id === choiceId);
          if (chosen === undefined) return false;
          this.#close(chosen.id);
          close({ choice: chosen.id, remember });
          return true;
        },
        cancel,
      };
      signal?.addEventListener('abort', cancel);
      this.#open = open;
      this.emit('changed');
      this.emit('asked', question);
    });
  }

  /** @returns false when this question is no longer open, or has no such choice */
  answer(id: string, choiceId: string, remember: boolean): boolean {
    return this.#open?.id === id && this.#open.answer(choiceId, remember);
  }

  /** Withdraws the open question: it resolves as unanswered. */
  cancel(): void {
    this.#open?.cancel();
  }

  isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** The open question, in the language of now. */
  current(): OpenQuestion | undefined {
    if (this.#open === undefined) return undefined;
    const { id, question } = this.#open;
    return { view: { id, ...question.text(this.#messages) }, confirmed: question.confirmed ?? [] };
  }

  #close(choice?: string): void {
    const closed = this.#open?.question;
    this.#open = undefined;
    this.emit('changed');
    if (closed !== undefined) this.emit('closed', closed, choice);
  }
}
