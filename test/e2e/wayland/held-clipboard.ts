import { expect, test } from 'vitest';
import { text as message } from '../../support/text.ts';
import { holdClipboard } from '../../support/wayland/clipboard.ts';
import type { WaylandDesktop } from '../../support/wayland/desktop.ts';
import { openPage, waitForLink } from '../screens/clipboard-link.ts';
import type { Session } from './main-job.ts';

/** For compositors on which programs copy without a window (data-control). */
export function testHeldClipboard(session: Session<WaylandDesktop>): void {
  test('a link that does not stay on the clipboard is not reported as copied', async () => {
    const desktop = session.desktop();
    const { notifications, clipboard } = desktop;
    await notifications.clear();
    const release = await holdClipboard(desktop.env, 'held by another program');
    try {
      await session.press();
      const shown = await notifications.waitFor(
        ({ summary }) => summary === message('notCopiedTitle'),
      );
      expect(await clipboard.readText()).toBe('held by another program');
      expect(notifications.all()).not.toContainEqual(
        expect.objectContaining({ summary: message('linkCopied') }),
      );
      await release();
      await notifications.press(shown.id, message('copy'));
      const link = await waitForLink(desktop);
      expect(await openPage(link, 'held by another program')).toContain('held by another program');
    } finally {
      await release();
    }
  });
}
