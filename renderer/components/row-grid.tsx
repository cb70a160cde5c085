import type { ComponentChildren, JSX, Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useRowWindow } from '../state/use-row-window.ts';
import { type ListIntent, listIntent, stepFrom } from '../view/list-keys.ts';
import { rowTop } from '../view/window-rows.ts';

/** What a key asks of the row that has the focus. */
export type RowIntent = Exclude<ListIntent['kind'], 'move' | 'into-row' | 'out-of-row' | 'search'>;

/** Where a row is, and what it is in the list. */
export interface RowPlace {
  readonly index: number;
  /** In px from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly panelRef: Ref<HTMLDivElement>;
  readonly onFocus: () => void;
}

interface RowGridProps<Entry extends { readonly id: string }> {
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly activeId: string | null;
  /** The entry that carries an open panel. */
  readonly panelId: string | null;
  /** Whether rows can be selected. */
  readonly multiselectable?: boolean;
  /** Changes when the active row shall take the focus. */
  readonly focusRequest: number;
  readonly onActive: (id: string) => void;
  /** Whether entries have options of their own. */
  readonly hasOptions?: boolean;
  readonly onOpenPanel: (entry: Entry) => void;
  readonly onClosePanel: () => void;
  readonly onIntent: (intent: RowIntent, entry: Entry) => void;
  /** Shift and an arrow key: from one entry to another. */
  readonly onExtend?: (from: Entry, to: Entry) => void;
  readonly onSearch: () => void;
  readonly render: (entry: Entry, place: RowPlace) => JSX.Element;
  /** Below the last row. */
  readonly footer?: ComponentChildren;
}

/** A long list as a grid: one tab stop, arrow keys between the rows and within them. */
export function RowGrid<Entry extends { readonly id: string }>(props: RowGridProps<Entry>) {
  const { entries, activeId, panelId } = props;
  const indexOf = (id: string | null): number => entries.findIndex((entry) => entry.id === id);
  const active = Math.max(0, indexOf(activeId));
  const expanded = panelId === null ? -1 : indexOf(panelId);
  const list = useRowWindow({
    count: entries.length,
    active,
    expanded: expanded < 0 ? null : expanded,
    revealKey: `${activeId} ${props.focusRequest}`,
  });

  // A focus request made before this list was mounted was for another list.
  const answered = useRef(props.focusRequest);
  useLayoutEffect(() => {
    if (props.focusRequest === answered.current) return;
    answered.current = props.focusRequest;
    focusRow(list.scroller.current, active);
  }, [props.focusRequest]);

  const moveTo = (index: number, extend: boolean): void => {
    const [from, to] = [entries[active], entries[index]];
    if (!from || !to) return;
    if (extend) props.onExtend?.(from, to);
    props.onActive(to.id);
    focusRow(list.scroller.current, index);
  };

  const onKeyDown = (event: KeyboardEvent): void =>
    handleKey(event, props, { active, pageRows: list.pageRows, moveTo });

  return (
    <div class="list" ref={list.scroller} onScroll={list.onScroll}>
      <div class="row-probe" ref={list.probe} aria-hidden="true" />
      {/* biome-ignore lint/a11y/useSemanticElements: a windowed list cannot be a table. */}
      <div
        role="grid"
        aria-label={props.label}
        aria-rowcount={entries.length}
        aria-multiselectable={props.multiselectable}
        class="rows"
        style={{ height: `${list.height}px` }}
        onKeyDown={onKeyDown}
      >
        {list.rows.map((index) => {
          const entry = entries[index];
          return (
            entry &&
            props.render(entry, {
              index,
              top: rowTop(list.geometry, index),
              active: index === active,
              panelRef: list.panelRef,
              onFocus: () => props.onActive(entry.id),
            })
          );
        })}
      </div>
      {props.footer}
    </div>
  );
}

interface GridPosition {
  /** Index of the active row. */
  readonly active: number;
  readonly pageRows: number;
  readonly moveTo: (index: number, extend: boolean) => void;
}

function handleKey<Entry extends { readonly id: string }>(
  event: KeyboardEvent,
  {
    entries,
    panelId,
    hasOptions = false,
    onOpenPanel,
    onClosePanel,
    onSearch,
    onIntent,
  }: RowGridProps<Entry>,
  { active, pageRows, moveTo }: GridPosition,
): void {
  const row = (event.target as Element).closest<HTMLElement>('[role="row"]');
  const entry = entries[active];
  if (row === null || entry === undefined) return;
  if (event.key === 'Escape' && panelId !== null) {
    event.stopPropagation();
    onClosePanel();
    return;
  }
  const isOpen = panelId === entry.id;
  const intent = gridIntent(event, row);
  // Without options of their own, the key is for those of the next link.
  if (intent === null || (intent.kind === 'options' && !hasOptions)) return;
  // A typed character goes into the search box.
  if (intent.kind !== 'search' || intent.swallow) event.preventDefault();
  switch (intent.kind) {
    case 'move':
      if (intent.step === 'previous' && active === 0 && !intent.extend) onSearch();
      else moveTo(stepFrom(active, intent.step, entries.length, pageRows), intent.extend);
      return;
    case 'into-row':
      if (isOpen) stepInRow(row, 1);
      else onOpenPanel(entry);
      return;
    case 'out-of-row':
      if (isOpen && event.target === row) onClosePanel();
      else stepInRow(row, -1);
      return;
    case 'search':
      event.stopPropagation();
      onSearch();
      return;
    default:
      onIntent(intent.kind, entry);
  }
}

/** What a key in a row means for the list; null: the key belongs to an element in the row. */
function gridIntent(event: KeyboardEvent, row: HTMLElement): ListIntent | null {
  const { target } = event;
  // Fields in a panel handle keys themselves.
  if (target instanceof HTMLSelectElement || target instanceof HTMLInputElement) return null;
  const intent = listIntent(event);
  const isPress = intent?.kind === 'activate' || intent?.kind === 'toggle';
  // On a button, Enter and Space press the button.
  if (isPress && target !== row) return null;
  // A panel's own contents are scrolled.
  if (intent?.kind === 'move' && (target as Element).matches('.preview')) return null;
  // Text of a panel that is selected is what Ctrl+C copies.
  if (intent?.kind === 'copy' && getSelection()?.isCollapsed === false) return null;
  return intent;
}

function focusRow(scroller: HTMLElement | null, index: number): void {
  scroller
    ?.querySelector<HTMLElement>(`[role="row"][aria-rowindex="${index + 1}"]`)
    ?.focus({ preventScroll: true });
}

/** Walks over the row itself and its buttons. */
function stepInRow(row: HTMLElement, step: 1 | -1): void {
  const buttons = [...row.querySelectorAll<HTMLElement>('button')];
  const stops = [row, ...buttons.filter((button) => button.checkVisibility())];
  const now = stops.findIndex((stop) => stop.matches(':focus'));
  stops[Math.min(stops.length - 1, Math.max(0, now + step))]?.focus({ preventScroll: true });
}
