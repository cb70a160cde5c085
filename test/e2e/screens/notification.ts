import type { ShownNotification } from '../../support/desktop/notifications.ts';

/** The labels of its buttons; a click on the notification itself is none of them. */
export const buttonsOf = ({ actions }: ShownNotification): readonly string[] =>
  actions.filter(({ key }) => key !== 'default').map(({ label }) => label);
