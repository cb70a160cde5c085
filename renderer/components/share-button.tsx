import type { ActivityView, ClipView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

interface ShareButtonProps {
  readonly clipboard: ClipView;
  readonly activity: ActivityView | null;
  /** Null where the shortcut does not work. */
  readonly accelerator: string | null;
  readonly platform: Platform;
  readonly onShare: () => void;
}

/** The one thing that the app does; while it is doing it, how far it got. */
export function ShareButton(props: ShareButtonProps) {
  const { say } = useWords();
  const { clipboard, activity } = props;
  if (activity) return <Progress activity={activity} />;
  const reason =
    clipboard.kind === 'empty'
      ? say('nothingOnClipboard')
      : clipboard.kind === 'unsupported'
        ? say('copiedSomethingElse')
        : clipboard.description;
  return (
    <button
      type="button"
      class="share"
      aria-disabled={!clipboard.shareable}
      onClick={() => clipboard.shareable && props.onShare()}
    >
      <span class="share-words">
        <span class="share-title">{say('shareClipboard')}</span>
        <span class="share-what">{reason}</span>
      </span>
      {props.accelerator !== null && (
        <KeyCaps accelerator={props.accelerator} platform={props.platform} />
      )}
    </button>
  );
}

function Progress({ activity }: { readonly activity: ActivityView }) {
  const { say, size } = useWords();
  const { progress } = activity;
  const known = progress !== undefined && progress.totalBytes > 0;
  return (
    <div class="share sharing">
      <p class="share-title" id="sharing-what">
        {say('sharing', { what: activity.what })}
      </p>
      {known ? (
        <>
          <progress
            aria-labelledby="sharing-what"
            max={progress.totalBytes}
            value={progress.sentBytes}
          />
          <p class="share-what">
            {say('sentOf', { sent: size(progress.sentBytes), total: size(progress.totalBytes) })}
          </p>
        </>
      ) : (
        <progress aria-labelledby="sharing-what" />
      )}
    </div>
  );
}
