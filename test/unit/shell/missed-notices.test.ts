import { expect, test } from 'vitest';
import type { Command } from '../../../main/shell/commands.ts';
import { createMissedNotices } from '../../../main/shell/missed-notices.ts';
import type { Notice } from '../../../main/shell/notices.ts';
import { trayMenu } from '../../../main/shell/tray-menu.ts';
import { trayLook } from '../../../main/shell/tray-status.ts';
import { createAppModel, initialState } from '../../../main/state/app-state.ts';
import { english } from '../../support/words.ts';

function setUp() {
  const model = createAppModel(initialState());
  const ran: Command[] = [];
  const missed = createMissedNotices({ model, run: (command) => ran.push(command) });
  return { model, missed, ran };
}

const notice = (cause: string, title = cause): Notice => ({
  cause,
  title,
  body: `${title} in more words`,
  click: { kind: 'show' },
  buttons: [],
});

test('a message that no notification could show is in the menu, the tooltip and the window', () => {
  const { model, missed } = setUp();
  missed.add(notice('shared', 'Link copied'));
  expect(model.get().missedNotice).toEqual({
    title: 'Link copied',
    body: 'Link copied in more words',
  });
  expect(trayMenu(model.get(), english)).toContainEqual({
    kind: 'item',
    label: 'Link copied',
    command: { kind: 'show' },
  });
  expect(trayLook(model.get(), english).toolTip).toContain('Link copied');
});

test('it leaves with its own cause, with the next notification on screen, and once it was read', () => {
  const { model, missed } = setUp();
  missed.add(notice('still-working'));
  missed.clear('shared');
  expect(model.get().missedNotice).not.toBeNull();
  missed.clear('still-working');
  expect(model.get().missedNotice).toBeNull();
  missed.add(notice('shared'));
  missed.clear();
  expect(model.get().missedNotice).toBeNull();
});

test('a failure is not said twice, and an offer that nobody saw is over', () => {
  const { model, missed } = setUp();
  model.update({ failure: { cause: 'unreachable', title: 't', sentence: 's' } });
  missed.add(notice('unreachable'));
  missed.add(notice('offer'));
  expect(model.get().missedNotice ?? null).toBeNull();
});

test('a question is asked in the window at once', () => {
  const { model, missed, ran } = setUp();
  missed.add(notice('looks-like-secret'));
  expect(ran).toEqual([{ kind: 'show' }]);
  expect(model.get().missedNotice ?? null).toBeNull();
});
