import { Notification } from 'electron';
import type { NotificationDisplay } from './display.ts';

/** Electron's own notifications: macOS and Windows, where showing one waits for nobody. */
export const electronDisplay: NotificationDisplay = {
  show({ title, body, icon, silent, urgency, buttons }, events) {
    if (!Notification.isSupported()) {
      setImmediate(events.failed);
      return { close() {}, replace: electronDisplay.show };
    }
    const notification = new Notification({
      title,
      body,
      ...(icon === undefined ? {} : { icon }),
      silent,
      ...(urgency === 'low' ? { urgency } : {}),
      actions: buttons.map((text) => ({ type: 'button', text })),
    });
    notification.once('show', events.shown);
    notification.once('close', events.closed);
    notification.once('failed', events.failed);
    notification.on('click', events.click);
    notification.on('action', (details: unknown, index?: number) => {
      // The index moved into the event object (Electron 45's types; before, an argument).
      const inEvent = (details as { readonly actionIndex?: number }).actionIndex;
      events.button(inEvent ?? index ?? -1);
    });
    notification.show();
    return {
      close: () => notification.close(),
      replace(next, nextEvents) {
        notification.close();
        return electronDisplay.show(next, nextEvents);
      },
    };
  },
};
