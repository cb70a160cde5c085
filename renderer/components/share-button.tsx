import type { ActivityView, ClipView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

interface ShareButtonProps {
  readonly clipboard: ClipView;
  readonly activity: ActivityView | null;
  /** Whether the app follows the clipboard, and so knows what is on it. */
  readonly watching: boolean;
  /** Null where the shortcut does not work. */
  readonly accelerator: string | null;
  readonly platform: Platform;
  readonly onShare: () => void;
  readonly onCancel: () => void;
}

/** The one thing that the app does; while it is doing it, how far it got. */
export function ShareButton(props: ShareButtonProps) {
  const { t } = useMessages();
  const { clipboard, activity } = props;
  if (activity) return <Progress activity={activity} onCancel={props.onCancel} />;
  return (
    <button
      type="button"
      class="share"
      aria-disabled={!clipboard.shareable}
      onClick={() => clipboard.shareable && props.onShare()}
    >
      <span class="share-words">
        <span class="share-title">{t('shareClipboard')}</span>
        <span class="share-what">{describe()}</span>
      </span>
      {props.accelerator !== null && (
        <KeyCaps accelerator={props.accelerator} platform={props.platform} />
      )}
    </button>
  );

  function describe(): string {
    switch (clipboard.kind) {
      case 'empty':
        return t('nothingOnClipboard');
      case 'unsupported':
        return t('copiedSomethingElse');
      case 'unknown':
        return t(props.watching ? 'clipboardUnknown' : 'notWatching');
      case 'text':
      case 'image':
      case 'files':
        return clipboard.description;
    }
  }
}

function Progress(props: { readonly activity: ActivityView; readonly onCancel: () => void }) {
  const { activity, onCancel } = props;
  const { t, size } = useMessages();
  const { progress } = activity;
  const known = progress !== undefined && progress.totalBytes > 0;
  return (
    <div class="share sharing">
      <p class="share-title" id="sharing-what">
        {t('sharing', { what: activity.what })}
      </p>
      {known ? (
        <progress
          aria-labelledby="sharing-what"
          max={progress.totalBytes}
          value={progress.sentBytes}
        />
      ) : (
        <progress aria-labelledby="sharing-what" />
      )}
      <div class="share-foot">
        <p class="share-what">{foot()}</p>
        <button type="button" class="text-button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );

  function foot(): string {
    if (activity.slow === 'uploading') return t('serviceStores');
    const isOut = !known || progress.sentBytes >= progress.totalBytes;
    if (activity.slow === 'working' && isOut) return t('waitingForService');
    if (!known) return '';
    return t(progress.bytesPerSecond === undefined ? 'sentOf' : 'sentOfAt', {
      sent: size(progress.sentBytes),
      total: size(progress.totalBytes),
      rate: size(progress.bytesPerSecond ?? 0),
    });
  }
}
