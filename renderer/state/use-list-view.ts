import { useState } from 'preact/hooks';

export type ListName = 'links' | 'clips';

/** What a row's panel shows: the link's details alone, with one more thing, or a question. */
export type PanelKind = 'details' | 'qr' | 'rename' | 'options' | 'confirm-revoke' | 'confirm-undo';

/** A link to show with its panel. */
export interface ShownLink {
  readonly id: string;
  readonly panel: PanelKind;
  /** Changes with each request, so that the same link can be shown again. */
  readonly number: number;
}

export interface ListView {
  readonly query: string;
  readonly list: ListName;
  /** Changes when the active row shall take the focus. */
  readonly focusRequest: number;
  readonly shown: ShownLink | null;
  /** Whether links that ended more than a day ago are listed, too. */
  readonly showsInactive: boolean;
  setQuery(query: string): void;
  focusList(): void;
  showList(list: ListName): void;
  /** @param panel absent: its details */
  showLink(id: string, panel?: PanelKind): void;
  showInactive(isShown: boolean): void;
}

/** Which list is shown, what it is searched for, and which link is shown in it. */
export function useListView(): ListView {
  const [query, setQuery] = useState('');
  const [list, setList] = useState<ListName>('links');
  const [focusRequest, setFocusRequest] = useState(0);
  const [shown, setShown] = useState<ShownLink | null>(null);
  const [showsInactive, showInactive] = useState(false);
  return {
    query,
    list,
    focusRequest,
    shown,
    showsInactive,
    setQuery,
    showInactive,
    focusList: () => setFocusRequest((count) => count + 1),
    showList(next) {
      setShown(null);
      setList(next);
    },
    showLink(id, panel = 'details') {
      setQuery('');
      setList('links');
      setShown((last) => ({ id, panel, number: (last?.number ?? 0) + 1 }));
    },
  };
}
