import type { ActivityView, AppState } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

interface ShareButtonProps {
  readonly state: AppState;
  readonly platform: Platform;
}

/** Submits the share card: shares what is on the clipboard. */
export function ShareButton({ state, platform }: ShareButtonProps) {
  const { t } = useMessages();
  const { clipboard, shortcut } = state;
  // Keys that the desktop chose are known in its words only.
  const isOwn = shortcut.state === 'active' && shortcut.keys === undefined;
  return (
    <button type="submit" class="share" aria-disabled={!clipboard.shareable}>
      <span class="share-words">
        <span class="share-title">{t('shareClipboard')}</span>
        <span class="share-what">{describe()}</span>
      </span>
      {isOwn && <KeyCaps accelerator={shortcut.accelerator} platform={platform} />}
    </button>
  );

  function describe(): string {
    switch (clipboard.kind) {
      case 'empty':
        return t('nothingOnClipboard');
      case 'unsupported':
        return t('copiedSomethingElse');
      case 'unknown':
        return t(state.isWatchingClipboard ? 'clipboardUnknown' : 'notWatching');
      case 'text':
      case 'image':
      case 'files':
        return clipboard.description;
    }
  }
}

/** In place of the share card: how far a share got. */
export function ShareProgress(props: {
  readonly activity: ActivityView;
  readonly onCancel: () => void;
}) {
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
