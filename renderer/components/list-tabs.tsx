import { useMessages } from '../i18n/use-messages.ts';
import type { ListName } from '../state/use-list-view.ts';

/** Which list is shown, with how many entries of each fit the search. */
export function ListTabs(props: {
  readonly shown: ListName;
  readonly counts: Readonly<Record<ListName, number>>;
  readonly onShow: (list: ListName) => void;
}) {
  const { t } = useMessages();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    props.onShow(props.shown === 'links' ? 'clips' : 'links');
  };
  return (
    <div class="tabs" role="tablist" aria-label={t('listChoice')} onKeyDown={onKeyDown}>
      {(['links', 'clips'] as const).map((list) => (
        <button
          key={list}
          type="button"
          role="tab"
          id={`tab-${list}`}
          aria-selected={props.shown === list}
          aria-controls="shown-list"
          tabIndex={props.shown === list ? 0 : -1}
          ref={(tab) => {
            const other = document.activeElement?.getAttribute('role') === 'tab';
            if (other && props.shown === list) tab?.focus();
          }}
          onClick={() => props.onShow(list)}
        >
          {t(list)} <span class="count">{props.counts[list]}</span>
        </button>
      ))}
    </div>
  );
}
