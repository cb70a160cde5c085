import type { FailureView, RecoveryId } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/** What went wrong, and the button that helps. */
export function FailureBanner(props: {
  readonly failure: FailureView;
  readonly onRecover: (id: RecoveryId) => void;
  readonly onDismiss: () => void;
}) {
  const { t } = useMessages();
  const { title, sentence, action } = props.failure;
  return (
    <section class="failure" role="alert" aria-labelledby="failure-title">
      <Icon name="warning" />
      <div class="failure-words">
        <h2 id="failure-title">{title}</h2>
        <p>{sentence}</p>
        {action !== undefined && action.id !== 'dismiss' && (
          <button type="button" class="button" onClick={() => props.onRecover(action.id)}>
            {action.label}
          </button>
        )}
      </div>
      <IconButton icon="close" label={t('dismiss')} onClick={props.onDismiss} />
    </section>
  );
}
