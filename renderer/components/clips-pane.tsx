import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ClipEntryView, LinkView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { OpenPanel } from '../state/use-list-view.ts';
import { ClipPanel } from './clip-panel.tsx';
import { ClipRow } from './clip-row.tsx';
import { RowGrid, type RowIntent } from './row-grid.tsx';
import { SelectionBar } from './selection-bar.tsx';

interface ClipsPaneProps {
  readonly clips: readonly ClipEntryView[];
  readonly actions: LinkActions;
  /** Several become one collection, which may have a name. */
  readonly onShare: (ids: readonly string[], name?: string) => Promise<LinkView | null>;
  readonly nowMs: number;
  readonly focusRequest: number;
  readonly panel: OpenPanel | null;
  readonly onPanel: (panel: OpenPanel | null) => void;
  readonly onFocusList: () => void;
  readonly onShared: (link: LinkView) => void;
  readonly onSearch: () => void;
}

/** Recent copies: share one, or several as one collection. */
export function ClipsPane(props: ClipsPaneProps) {
  const { t } = useMessages();
  const { clips, actions, panel, onPanel, onFocusList } = props;
  const [activeId, setActiveId] = useState<string | null>(null);
  const selection = useSelection(clips);
  const selectionBar = useRef<HTMLFormElement>(null);

  // Opened from the search box.
  useLayoutEffect(() => {
    if (panel === null || panel.id === activeId) return;
    setActiveId(panel.id);
    onFocusList();
  }, [panel]);

  const share = (ids: readonly string[], name?: string): void =>
    void props.onShare(ids, name).then((link) => link && props.onShared(link));
  const remove = (clip: ClipEntryView): void => {
    const at = clips.indexOf(clip);
    setActiveId((clips[at + 1] ?? clips[at - 1])?.id ?? null);
    void actions.removeClip(clip.id).then(onFocusList);
  };
  const onIntent = (intent: RowIntent, clip: ClipEntryView): void => {
    if (intent === 'activate' && selection.has(clip)) selectionBar.current?.requestSubmit();
    else if (intent === 'activate') share([clip.id]);
    else if (intent === 'toggle') selection.toggle(clip);
    else if (intent === 'select-all') selection.selectAll();
    else if (intent === 'revoke') remove(clip);
  };
  const togglePanel = ({ id }: ClipEntryView): void =>
    onPanel(panel?.id === id ? null : { id, kind: 'details' });
  const clear = (): void => {
    selection.clear();
    onFocusList();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape, wherever the focus is in it.
    <div
      class="pane"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || selection.clips.length === 0) return;
        // The first Escape clears the selection; the next one closes.
        event.stopPropagation();
        clear();
      }}
    >
      <RowGrid
        label={t('recentClips')}
        entries={clips}
        activeId={activeId ?? clips[0]?.id ?? null}
        panelId={panel?.id ?? null}
        multiselectable
        focusRequest={props.focusRequest}
        onActive={setActiveId}
        onOpenPanel={togglePanel}
        onClosePanel={() => {
          onPanel(null);
          onFocusList();
        }}
        onIntent={onIntent}
        onExtend={selection.extend}
        onSearch={props.onSearch}
        render={(clip, place) => (
          <ClipRow
            key={clip.id}
            clip={clip}
            place={place}
            nowMs={props.nowMs}
            selected={selection.has(clip)}
            onShare={() => share([clip.id])}
            onToggle={() => selection.toggle(clip)}
            onRemove={() => remove(clip)}
            panel={
              panel?.id === clip.id ? (
                <ClipPanel clip={clip} panelRef={place.panelRef} load={actions.previewClip} />
              ) : null
            }
            onTogglePanel={() => togglePanel(clip)}
          />
        )}
      />
      {selection.clips.length > 0 && (
        <SelectionBar
          formRef={selectionBar}
          count={selection.clips.length}
          onClear={clear}
          onShare={(name) => {
            selection.clear();
            share(
              selection.clips.map(({ id }) => id),
              name,
            );
          }}
        />
      )}
    </div>
  );
}

/** Which clips are selected; those that are no longer listed are ignored. */
function useSelection(clips: readonly ClipEntryView[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    clips: clips.filter(({ id }) => ids.has(id)),
    has: ({ id }: ClipEntryView): boolean => ids.has(id),
    clear: () => setIds(new Set()),
    selectAll: () => setIds(new Set(clips.map(({ id }) => id))),
    extend: (from: ClipEntryView, to: ClipEntryView) => setIds(new Set([...ids, from.id, to.id])),
    toggle({ id }: ClipEntryView): void {
      const next = new Set(ids);
      if (!next.delete(id)) next.add(id);
      setIds(next);
    },
  };
}
