import { useState } from 'preact/hooks';
import type { ClipEntryView, LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkActions } from '../state/link-actions.ts';
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
  readonly onFocusList: () => void;
  readonly onShared: (link: LinkView) => void;
  readonly onSearch: () => void;
}

/** What was copied lately: one key from a link, or several as one collection. */
export function ClipsPane(props: ClipsPaneProps) {
  const { say } = useWords();
  const { clips, actions } = props;
  const [activeId, setActiveId] = useState<string | null>(null);
  const [selectedIds, setSelectedIds] = useState<ReadonlySet<string>>(new Set());
  const selected = clips.filter((clip) => selectedIds.has(clip.id));

  const share = async (ids: readonly string[], name?: string): Promise<void> => {
    const link = await props.onShare(ids, name);
    if (link) props.onShared(link);
  };

  const toggle = (clip: ClipEntryView): void => {
    const next = new Set(selectedIds);
    if (!next.delete(clip.id)) next.add(clip.id);
    setSelectedIds(next);
  };

  const forget = (clip: ClipEntryView): void => {
    const at = clips.indexOf(clip);
    setActiveId((clips[at + 1] ?? clips[at - 1])?.id ?? null);
    void actions.forgetClip(clip.id).then(props.onFocusList);
  };

  const onIntent = (intent: RowIntent, clip: ClipEntryView): void => {
    switch (intent) {
      case 'copy':
        void share([clip.id]);
        return;
      case 'toggle':
        toggle(clip);
        return;
      case 'select-all':
        setSelectedIds(new Set(clips.map(({ id }) => id)));
        return;
      case 'revoke':
        forget(clip);
        return;
      case 'open':
        return;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || selected.length === 0) return;
    // The first Escape lets go of the selection; the next one closes.
    event.stopPropagation();
    setSelectedIds(new Set());
    props.onFocusList();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape, wherever the focus is in it.
    <div class="pane" onKeyDown={onKeyDown}>
      <RowGrid
        label={say('recentClips')}
        entries={clips}
        activeId={activeId ?? clips[0]?.id ?? null}
        panelId={null}
        multiselectable
        focusRequest={props.focusRequest}
        onActive={setActiveId}
        onClosePanel={() => {}}
        onIntent={onIntent}
        onExtend={(from, to) => setSelectedIds(new Set([...selectedIds, from.id, to.id]))}
        onSearch={props.onSearch}
        render={(clip, place) => (
          <ClipRow
            key={clip.id}
            clip={clip}
            place={place}
            nowMs={props.nowMs}
            selected={selectedIds.has(clip.id)}
            onShare={() => void share([clip.id])}
            onToggle={() => toggle(clip)}
            onForget={() => forget(clip)}
          />
        )}
      />
      {selected.length > 0 && (
        <SelectionBar
          count={selected.length}
          onClear={() => {
            setSelectedIds(new Set());
            props.onFocusList();
          }}
          onShare={(name) => {
            setSelectedIds(new Set());
            void share(
              selected.map((clip) => clip.id),
              name,
            );
          }}
        />
      )}
    </div>
  );
}
