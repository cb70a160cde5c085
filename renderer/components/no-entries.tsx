import { useMessages } from '../i18n/use-messages.ts';
import type { ListName, ListView } from '../state/use-list-view.ts';
import type { SearchResults } from '../state/use-search-results.ts';

/** What an empty list says: what will be in it, or how to find something after all. */
export function NoEntries(props: {
  readonly view: ListView;
  readonly list: ListName;
  readonly results: SearchResults;
  /** The button that was pressed is gone: the search has the focus. */
  readonly onSearch: () => void;
}) {
  const { t } = useMessages();
  const { view, list, results, onSearch } = props;
  const isSearch = view.query.trim() !== '';
  if (!isSearch) return <p class="no-matches">{t(list === 'clips' ? 'noClips' : 'noLinks')}</p>;
  const other = list === 'links' ? 'clips' : 'links';
  const count = results[other].length;
  return (
    <div class="no-matches">
      <p>{t('noMatches', { query: view.query })}</p>
      <div class="buttons">
        {count > 0 && (
          <button
            type="button"
            class="button primary"
            onClick={() => {
              view.showList(other);
              onSearch();
            }}
          >
            {t(other === 'clips' ? 'showClipMatches' : 'showLinkMatches', { count })}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            view.setQuery('');
            onSearch();
          }}
        >
          {t('clearSearch')}
        </button>
      </div>
    </div>
  );
}
