import type { FailureView, RecoveryId } from '../../preload/contract.ts';
import { Banner } from './banner.tsx';

/** What went wrong, and the button that helps. */
export function FailureBanner(props: {
  readonly failure: FailureView;
  readonly onRecover: (id: RecoveryId) => void;
  readonly onDismiss: () => void;
}) {
  const { failure, onRecover, onDismiss } = props;
  return (
    <Banner
      tone="error"
      role="alert"
      title={failure.title}
      action={failure.action}
      onRecover={onRecover}
      onDismiss={onDismiss}
    >
      <p>{failure.sentence}</p>
    </Banner>
  );
}
