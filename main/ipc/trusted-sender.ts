import type { IpcMainInvokeEvent, WebContents } from 'electron';

/**
 * Whether a message comes from the popover's own page: its contents, its main frame, its
 * origin. A frame that is gone, an embedded frame, `about:blank` and `data:` are refused.
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  popover: WebContents | undefined,
  origin: string,
): boolean {
  const { sender, senderFrame } = event;
  if (popover === undefined || sender !== popover) return false;
  if (senderFrame === null || senderFrame !== popover.mainFrame) return false;
  return URL.canParse(senderFrame.url) && senderFrame.url.startsWith(`${origin}/`);
}
