import type { UndoView } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import type { Messages } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Notice } from '../state/use-notice.ts';
import { type UndoOffer, useUndo } from '../state/use-undo.ts';
import type { Platform } from '../view/platform.ts';

interface ToastProps extends UndoOffer {
  /** What was just done. */
  readonly notice: Notice | null;
  readonly platform: Platform;
}

/** The last action, as it is shown and as a screen reader reads it. */
function wordsOf(undo: UndoView, keys: string, { t, join }: Messages): readonly [string, string] {
  const { action, isCopied, opens } = undo;
  switch (action) {
    case 'share':
      return isCopied
        ? [t('linkCopied'), t('linkCopiedAnnouncement', { keys })]
        : [t('linkCreated'), t('linkCreatedAnnouncement', { keys })];
    case 'revoke':
      return [t('linkRevoked'), t('linkRevokedAnnouncement', { keys })];
    case 'undo-share': {
      if (opens === undefined) return [t('shareUndone'), t('shareUndoneAnnouncement', { keys })];
      const undone =
        opens === 0 ? t('shareUndoneUnseen') : t('shareUndoneOpened', { count: opens });
      return [undone, join(undone, t('restoreWithKeys', { keys }))];
    }
  }
}

/** What the button does, where the words beside it are about something else. */
const UNDO_LABELS = {
  share: 'undoShare',
  revoke: 'undoRevoke',
  'undo-share': 'restoreLink',
} as const;

/**
 * The one place for what just happened, below everything else. The newest message is shown; the
 * button to undo the last action stays as long as it can be undone.
 */
export function Toast(props: ToastProps) {
  const messages = useMessages();
  const { t } = messages;
  const { notice, undo, platform } = props;
  const { isAsked, press, cancel } = useUndo(props);
  const keys = spokenAccelerator('CommandOrControl+Z', platform, t);
  const [shown, aloud] = undo === null ? ['', ''] : wordsOf(undo, keys, messages);
  const undoKey = undo && `${undo.action} ${undo.linkId}`;
  return (
    <div class="toast">
      <p class="sr-only" role="status">
        {notice && <span key={notice.number}>{notice.text}</span>}
      </p>
      <p class="sr-only" role="status">
        {undo && <span key={undoKey}>{isAsked ? t('undoForGood') : aloud}</span>}
      </p>
      {(undo !== null || notice !== null) && (
        <div class="toast-bar" key={notice?.number ?? undoKey}>
          <span aria-hidden="true">{words()}</span>
          {undo && !isAsked && notice === null && (
            <span class="toast-title" aria-hidden="true">
              {undo.title}
            </span>
          )}
          {undo && undoButton(undo)}
          {isAsked && (
            <button type="button" class="toast-button" onClick={cancel}>
              {t('keepLink')}
            </button>
          )}
        </div>
      )}
    </div>
  );

  function words(): string {
    if (isAsked) return t('undoForGood');
    return notice?.text ?? shown;
  }

  function undoButton({ action, title }: UndoView) {
    const short = notice === null ? 'undo' : UNDO_LABELS[action];
    const label = t(isAsked ? 'revokeNow' : short);
    return (
      <button
        type="button"
        class="toast-button"
        aria-label={`${label}: ${title}`}
        aria-keyshortcuts={platform === 'mac' ? 'Meta+Z' : 'Control+Z'}
        title={keys}
        onClick={press}
      >
        {label}
      </button>
    );
  }
}
