import { useLayoutEffect } from 'preact/hooks';
import type { LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { useRowWindow } from '../state/use-row-window.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { listIntent, stepFrom } from '../view/list-keys.ts';
import { rowTop } from '../view/window-rows.ts';
import { LinkRow } from './link-row.tsx';
import type { PanelKind } from './row-panel.tsx';

export interface OpenPanel {
  readonly id: string;
  readonly kind: PanelKind;
}

interface LinkListProps {
  readonly links: readonly LinkView[];
  readonly activeId: string | null;
  readonly panel: OpenPanel | null;
  readonly nowMs: number;
  /** Changes when the active row shall take the focus. */
  readonly focusRequest: number;
  readonly onActive: (id: string) => void;
  readonly onPanel: (panel: OpenPanel | null) => void;
  readonly onCommand: (command: LinkCommand, link: LinkView) => void;
  readonly onSearch: () => void;
}

/** The recent links as a grid: one tab stop, arrow keys between the rows. */
export function LinkList(props: LinkListProps) {
  const { say } = useWords();
  const { links, activeId, panel } = props;
  const active = Math.max(
    0,
    links.findIndex((link) => link.id === activeId),
  );
  const expanded = panel === null ? -1 : links.findIndex((link) => link.id === panel.id);
  const list = useRowWindow({
    count: links.length,
    active,
    expanded: expanded < 0 ? null : expanded,
    revealKey: `${activeId} ${props.focusRequest}`,
  });

  useLayoutEffect(() => {
    if (props.focusRequest > 0) focusRow(list.scroller.current, active);
  }, [props.focusRequest]);

  const moveTo = (index: number): void => {
    const link = links[index];
    if (!link) return;
    props.onActive(link.id);
    focusRow(list.scroller.current, index);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[role="row"]');
    const link = links[active];
    if (row === null || link === undefined) return;
    if (event.key === 'Escape' && panel !== null) {
      event.stopPropagation();
      props.onPanel(null);
      row.focus({ preventScroll: true });
      return;
    }
    const onRow = event.target === row;
    const intent = listIntent(event);
    if (intent === null) return;
    if (intent.kind === 'move') {
      event.preventDefault();
      moveTo(stepFrom(active, intent.step, links.length, list.pageRows));
      return;
    }
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault();
      stepInRow(row, event.key === 'ArrowRight' ? 1 : -1);
      return;
    }
    // On a button, Enter and Space are the button's.
    if (!onRow && (intent.kind === 'copy' || intent.kind === 'toggle')) return;
    if (intent.kind === 'into-actions') return;
    if (intent.kind === 'search') {
      if (intent.swallow) event.preventDefault();
      props.onSearch();
      return;
    }
    event.preventDefault();
    props.onCommand(intent.kind, link);
  };

  return (
    <div class="list" ref={list.scroller} onScroll={list.onScroll}>
      <div class="row-probe" ref={list.probe} aria-hidden="true" />
      {/* biome-ignore lint/a11y/useSemanticElements: a windowed list cannot be a table. */}
      <div
        role="grid"
        aria-label={say('recentLinks')}
        aria-rowcount={links.length}
        class="rows"
        style={{ height: `${list.height}px` }}
        onKeyDown={onKeyDown}
      >
        {list.rows.map((index) => {
          const link = links[index];
          if (!link) return null;
          return (
            <LinkRow
              key={link.id}
              link={link}
              index={index}
              top={rowTop(list.geometry, index)}
              active={index === active}
              panel={panel?.id === link.id ? panel.kind : null}
              panelRef={list.panelRef}
              nowMs={props.nowMs}
              onActive={() => props.onActive(link.id)}
              onPanel={(kind) => props.onPanel(kind === null ? null : { id: link.id, kind })}
              onCommand={(command) => props.onCommand(command, link)}
            />
          );
        })}
      </div>
    </div>
  );
}

function focusRow(scroller: HTMLElement | null, index: number): void {
  scroller
    ?.querySelector<HTMLElement>(`[role="row"][aria-rowindex="${index + 1}"]`)
    ?.focus({ preventScroll: true });
}

/** Left and right walk over the row itself and its buttons. */
function stepInRow(row: HTMLElement, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('button')].filter((stop) =>
    stop.checkVisibility(),
  );
  const now = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, now + step))]?.focus({ preventScroll: true });
}
