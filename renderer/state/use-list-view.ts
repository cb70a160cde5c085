import { useState } from 'preact/hooks';

export type ListName = 'links' | 'clips';

/** What a row's panel shows: the link's details alone, with one more thing, or a question. */
export type PanelKind = 'details' | 'qr' | 'rename' | 'options' | 'confirm-revoke' | 'confirm-undo';

/** The row that has an open panel, and what is in it. */
export interface OpenPanel {
  readonly id: string;
  readonly kind: PanelKind;
}

/** A link to show with its panel. */
export interface ShownLink {
  readonly id: string;
  /** Changes with each request, so that the same link can be shown again. */
  readonly number: number;
}

export interface ListView {
  readonly query: string;
  readonly list: ListName;
  /** Changes when the active row shall take the focus. */
  readonly focusRequest: number;
  readonly shown: ShownLink | null;
  readonly panel: OpenPanel | null;
  /** Whether links that ended more than a day ago are listed, too. */
  readonly showsInactive: boolean;
  setQuery(query: string): void;
  setPanel(panel: OpenPanel | null): void;
  focusList(): void;
  showList(list: ListName): void;
  /** @param panel absent: its details */
  showLink(id: string, panel?: PanelKind): void;
  showInactive(isShown: boolean): void;
}

/** Which list is shown, what it is searched for, and which link is shown in it. */
export function useListView(): ListView {
  const [query, search] = useState('');
  const [list, setList] = useState<ListName>('links');
  const [focusRequest, setFocusRequest] = useState(0);
  const [shown, setShown] = useState<ShownLink | null>(null);
  const [panel, setPanel] = useState<OpenPanel | null>(null);
  const [showsInactive, showInactive] = useState(false);
  const setQuery = (next: string): void => {
    search(next);
    setPanel(null);
  };
  return {
    query,
    list,
    focusRequest,
    shown,
    panel,
    showsInactive,
    setQuery,
    setPanel,
    showInactive,
    focusList: () => setFocusRequest((count) => count + 1),
    showList(next) {
      setShown(null);
      setPanel(null);
      setList(next);
    },
    showLink(id, kind = 'details') {
      search('');
      setList('links');
      setPanel({ id, kind });
      setShown((last) => ({ id, number: (last?.number ?? 0) + 1 }));
    },
  };
}
