import type { ComponentChildren } from 'preact';
import type { ClipEntryView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon, type IconName } from './icon.tsx';
import { Row, RowButton } from './row.tsx';
import type { RowPlace } from './row-grid.tsx';

interface ClipRowProps {
  readonly clip: ClipEntryView;
  readonly place: RowPlace;
  readonly nowMs: number;
  readonly selected: boolean;
  readonly onShare: () => void;
  readonly onToggle: () => void;
  readonly onRemove: () => void;
  /** Its panel; null while that is closed. */
  readonly panel: ComponentChildren;
  readonly onTogglePanel: () => void;
}

const KINDS = {
  text: ['kindText', 'text'],
  code: ['kindCode', 'code'],
  url: ['kindUrl', 'link'],
  html: ['kindHtml', 'text'],
  image: ['kindImage', 'image'],
  files: ['kindFiles', 'file'],
  colour: ['kindColour', 'colour'],
} as const satisfies Record<ClipEntryView['kind'], readonly [string, IconName]>;

/** One item that was copied: Enter and a click share it; Space, Shift+click and its picture select it. */
export function ClipRow(props: ClipRowProps) {
  const messages = useMessages();
  const { t } = messages;
  const { clip, place, selected } = props;
  const [kindWords, icon] = KINDS[clip.kind];
  return (
    <Row
      id={clip.id}
      place={place}
      state="clip"
      selected={selected}
      title={clip.title}
      onClick={({ shiftKey, ctrlKey, metaKey, target }) => {
        const onPicture = (target as Element).closest('.kind') !== null;
        if (shiftKey || ctrlKey || metaKey || onPicture) props.onToggle();
        else props.onShare();
      }}
      picture={
        <span class="kind">
          {selected ? (
            <Icon name="check" />
          ) : clip.thumbnail === undefined ? (
            <Icon name={icon} />
          ) : (
            <img src={clip.thumbnail} alt="" />
          )}
        </span>
      }
      meta={
        <>
          <span>{t(kindWords)}</span>
          {/* The sizes of copied files are not looked up. */}
          {clip.kind !== 'files' && <span>{messages.size(clip.sizeBytes)}</span>}
          <time dateTime={new Date(clip.copiedAtMs).toISOString()}>
            {messages.ago(clip.copiedAtMs, props.nowMs)}
          </time>
        </>
      }
      actionsLabel={t('actionsFor', { title: clip.title })}
      actions={
        <>
          <RowButton icon="share" label={t('share')} place={place} onClick={props.onShare} />
          <RowButton
            icon="trash"
            label={t('removeFromList')}
            place={place}
            onClick={props.onRemove}
          />
          <RowButton
            icon="details"
            label={t('details')}
            place={place}
            expanded={props.panel !== null}
            onClick={props.onTogglePanel}
          />
        </>
      }
      panel={props.panel}
    />
  );
}
