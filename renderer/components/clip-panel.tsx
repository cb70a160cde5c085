import type { Ref } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ClipEntryView, ClipPreview } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';

interface ClipPanelProps {
  readonly clip: ClipEntryView;
  readonly panelRef: Ref<HTMLDivElement>;
  /** Null: there is none, and the user was told. */
  readonly load: (id: string) => Promise<ClipPreview | null>;
}

/** What opens under an item of the clipboard history: its beginning, loaded when it is opened. */
export function ClipPanel({ clip, panelRef, load }: ClipPanelProps) {
  const { t } = useMessages();
  const [preview, setPreview] = useState<ClipPreview | null>(null);
  useEffect(() => {
    void load(clip.id).then(setPreview);
  }, [clip.id]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a windowed grid.
    // biome-ignore lint/a11y/useFocusableInteractive: what scrolls in it takes the focus.
    <div role="gridcell" class="panel" ref={panelRef}>
      {preview && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by arrow keys.
        <div role="group" class="preview" tabIndex={0} aria-label={t('details')}>
          <Preview preview={preview} isCode={clip.kind === 'code'} title={clip.title} />
        </div>
      )}
    </div>
  );
}

function Preview(props: {
  readonly preview: ClipPreview;
  readonly isCode: boolean;
  readonly title: string;
}) {
  const { t, size } = useMessages();
  const { preview } = props;
  switch (preview.kind) {
    case 'text':
      return <pre class={props.isCode ? 'preview-code' : 'preview-text'}>{preview.text}</pre>;
    case 'image':
      return <img src={preview.src} alt={props.title} />;
    case 'files':
      return (
        <ul class="preview-files">
          {preview.files.map(({ name, sizeBytes }, index) => (
            <li key={index}>
              <span>{name}</span>
              {sizeBytes !== undefined && <span class="preview-size">{size(sizeBytes)}</span>}
            </li>
          ))}
          {preview.moreCount > 0 && <li>{t('moreFiles', { count: preview.moreCount })}</li>}
        </ul>
      );
    case 'none':
      return <p>{t('noPreview')}</p>;
  }
}
