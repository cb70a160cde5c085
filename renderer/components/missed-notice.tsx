import type { AppState } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/** What a notification would have said, where the desktop couldn't show it. */
export function MissedNotice(props: {
  readonly notice: NonNullable<AppState['missedNotice']>;
  readonly onDismiss: () => void;
}) {
  const { t } = useMessages();
  const { title, body } = props.notice;
  return (
    <section class="failure reach" role="status" aria-labelledby="missed-title">
      <Icon name="check" />
      <div class="failure-words">
        <h2 id="missed-title">{title}</h2>
        <p>{body}</p>
      </div>
      <IconButton icon="close" label={t('dismiss')} onClick={props.onDismiss} />
    </section>
  );
}
