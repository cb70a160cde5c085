import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { QuestionView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';

interface QuestionProps {
  readonly question: QuestionView;
  readonly onAnswer: (choiceId: string, remember: boolean) => void;
}

/** Choices beside each other; the others are under "More". */
const SHOWN = 2;

/** Asks what only the user can decide. The safe answer has the focus, and Escape gives it. */
export function Question({ question, onAnswer }: QuestionProps) {
  const { t } = useMessages();
  const { choices, cancelId, focusId = cancelId, excerpt, rememberLabel } = question;
  const [remember, setRemember] = useState(false);
  const [open, setOpen] = useState(false);
  const moreId = useId();
  const focused = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => focused.current?.focus(), [question.id]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    onAnswer(cancelId, false);
  };
  const button = ({ id, label }: QuestionView['choices'][number], index: number) => (
    <button
      key={id}
      type="button"
      ref={id === focusId ? focused : null}
      class={index === 0 ? 'button primary' : 'button'}
      onClick={() => onAnswer(id, remember)}
    >
      {label}
    </button>
  );
  const rememberBox = rememberLabel !== undefined && (
    <label class="choice">
      <input
        type="checkbox"
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      {rememberLabel}
    </label>
  );
  const more = choices.slice(SHOWN);

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
        {excerpt && <ExcerptLine {...excerpt} />}
        {more.length === 0 && rememberBox}
        <div class="buttons">
          {choices.slice(0, SHOWN).map(button)}
          {more.length > 0 && (
            <button
              type="button"
              class="text-button more-choices"
              aria-expanded={open}
              aria-controls={moreId}
              onClick={() => setOpen(!open)}
            >
              {t('moreChoices')}
              <Icon name="next" />
            </button>
          )}
        </div>
        {more.length > 0 && (
          <div id={moreId} hidden={!open}>
            {rememberBox}
            <div class="buttons">{more.map((choice, index) => button(choice, SHOWN + index))}</div>
          </div>
        )}
      </div>
    </div>
  );
}

/** The line in which something was found. The find itself isn't known here. */
function ExcerptLine({ before, after }: NonNullable<QuestionView['excerpt']>) {
  const { t } = useMessages();
  return (
    <p class="excerpt">
      <code>
        <bdi>{before}</bdi>
        <span class="excerpt-hidden" role="img" aria-label={t('hiddenPart')}>
          ••••••••
        </span>
        <bdi>{after}</bdi>
      </code>
    </p>
  );
}
