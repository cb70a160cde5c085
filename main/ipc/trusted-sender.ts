import type { IpcMainInvokeEvent, WebContents } from 'electron';

/**
 * Whether a message comes from the page of the window: its contents, its main frame, its
 * origin. A frame that is gone, an embedded frame, `about:blank` and `data:` are refused.
 */
export function isTrustedSender(
  event: Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>,
  page: WebContents | undefined,
  origin: string,
): boolean {
  const { sender, senderFrame } = event;
  if (page === undefined || sender !== page) return false;
  if (senderFrame === null || senderFrame !== page.mainFrame) return false;
  return URL.canParse(senderFrame.url) && senderFrame.url.startsWith(`${origin}/`);
}
