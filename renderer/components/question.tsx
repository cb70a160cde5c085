import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { QuestionView } from '../../preload/contract.ts';
import { Icon } from './icon.tsx';

/** Asks what only the user can decide. The safest answer has the focus; Escape cancels. */
export function Question(props: {
  readonly question: QuestionView;
  readonly onAnswer: (choiceId: string, remember: boolean) => void;
}) {
  const { question, onAnswer } = props;
  const [remember, setRemember] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), [question.id]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onAnswer(question.cancelId, false);
  };

  return (
    <div
      class="banner"
      data-tone="warning"
      role="alertdialog"
      aria-labelledby="question-title"
      aria-describedby="question-sentence"
      onKeyDown={onKeyDown}
    >
      <Icon name="warning" />
      <div class="banner-words">
        <h2 id="question-title">{question.title}</h2>
        <p id="question-sentence">{question.sentence}</p>
        {question.rememberLabel !== undefined && (
          <label class="choice">
            <input
              type="checkbox"
              checked={remember}
              onChange={(event) => setRemember(event.currentTarget.checked)}
            />
            {question.rememberLabel}
          </label>
        )}
        <div class="buttons">
          {question.choices.map(({ id, label }, index) => (
            <button
              key={id}
              type="button"
              ref={index === 0 ? first : null}
              class={index === 0 ? 'button primary' : 'button'}
              onClick={() => onAnswer(id, remember)}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
