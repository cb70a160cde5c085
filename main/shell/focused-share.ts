import type { Failures } from '../failures/failures.ts';
import type { Questions } from '../questions/questions.ts';
import type { Sharing } from '../sharing/share.ts';

export interface FocusedShareDeps {
  readonly questions: Questions;
  readonly sharing: Pick<Sharing, 'on'>;
  readonly failures: Pick<Failures, 'on'>;
  readonly window: { show(route: 'links'): void; hide(): void };
}

/**
 * Where only the window in front may read the clipboard, a share opens the window, and closes it
 * again when the link was copied or is not wanted. What went wrong is shown in it.
 */
export function openWindowForShares({
  questions,
  sharing,
  failures,
  window,
}: FocusedShareDeps): void {
  let isOpenForShare = false;
  const close = (): void => {
    if (isOpenForShare) window.hide();
    isOpenForShare = false;
  };
  questions.on('asked', ({ fault }) => {
    if (fault?.kind !== 'clipboard-needs-focus') return;
    isOpenForShare = true;
    window.show('links');
  });
  questions.on('closed', ({ fault }, choice) => {
    if (fault?.kind !== 'clipboard-needs-focus' || choice === 'share') return;
    if (choice === 'discard') close();
    // A newer share took its place.
    else isOpenForShare = false;
  });
  sharing.on('shared', ({ place }) => {
    if (place === 'not-copied' || place === 'needs-focus') isOpenForShare = false;
    else close();
  });
  sharing.on('already-a-link', close);
  failures.on('reported', () => {
    isOpenForShare = false;
  });
}
