import { expect, test } from 'vitest';
import { Failures } from '../../../main/failures/failures.ts';
import type { Command } from '../../../main/shell/commands.ts';
import { MissedNotices } from '../../../main/shell/missed-notices.ts';
import type { Notice } from '../../../main/shell/notices.ts';
import { trayMenu } from '../../../main/shell/tray-menu.ts';
import { trayStatus } from '../../../main/shell/tray-status.ts';
import { WindowState } from '../../../main/state/window-state.ts';
import { english } from '../../support/messages.ts';
import { initialState } from '../../support/window-states.ts';

function setUp() {
  const windowState = new WindowState();
  const failures = new Failures(Date.now);
  const ran: Command[] = [];
  const missed = new MissedNotices({ windowState, failures, run: (command) => ran.push(command) });
  const state = () => ({ ...initialState(), missedNotice: windowState.missedNotice });
  return { windowState, failures, missed, ran, state };
}

const notice = (cause: string, title = cause): Notice => ({
  cause,
  title,
  body: `${title} in more words`,
  click: { kind: 'show' },
  buttons: [],
});

test('a message that no notification could show is in the menu, the tooltip and the window', () => {
  const { windowState, missed, state } = setUp();
  missed.add(notice('shared', 'Link copied'));
  expect(windowState.missedNotice).toEqual({
    title: 'Link copied',
    body: 'Link copied in more words',
  });
  expect(trayMenu(state(), english, { platform: 'linux', nowMs: 0 })).toContainEqual({
    kind: 'item',
    id: 'missed',
    label: 'Link copied',
    command: { kind: 'show' },
  });
  expect(trayStatus(state(), english).toolTip).toContain('Link copied');
});

test('it leaves with its own cause, with the next notification on screen, and once it was read', () => {
  const { windowState, missed } = setUp();
  missed.add(notice('still-working'));
  missed.clear('shared');
  expect(windowState.missedNotice).not.toBeNull();
  missed.clear('still-working');
  expect(windowState.missedNotice).toBeNull();
  missed.add(notice('shared'));
  missed.clear();
  expect(windowState.missedNotice).toBeNull();
});

test('a failure is not said twice, and an offer that nobody saw is over', () => {
  const { windowState, failures, missed } = setUp();
  failures.report({ kind: 'unreachable', baseUrl: '' });
  missed.add(notice('unreachable'));
  missed.add(notice('offer'));
  expect(windowState.missedNotice).toBeNull();
});

test('a question is asked in the window at once', () => {
  const { windowState, missed, ran } = setUp();
  missed.add(notice('looks-like-secret'));
  expect(ran).toEqual([{ kind: 'show' }]);
  expect(windowState.missedNotice).toBeNull();
});
