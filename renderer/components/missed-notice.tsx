import type { AppState } from '../../preload/contract.ts';
import { Banner } from './banner.tsx';

/** What a notification would have said, where the desktop couldn't show it. */
export function MissedNotice(props: {
  readonly notice: NonNullable<AppState['missedNotice']>;
  readonly onDismiss: () => void;
}) {
  const { title, body } = props.notice;
  return (
    <Banner tone="plain" role="status" title={title} onDismiss={props.onDismiss}>
      <p>{body}</p>
    </Banner>
  );
}
