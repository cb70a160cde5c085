import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { applicationMenu } from '../../../main/desktop/application-menu.ts';
import type { Command } from '../../../main/shell/commands.ts';
import { english, german } from '../../support/messages.ts';

function setUp(messages = english) {
  const done: (Command['kind'] | 'close')[] = [];
  const menu = applicationMenu(
    messages,
    ({ kind }) => done.push(kind),
    () => done.push('close'),
  );
  // The template has lists, never finished menus.
  const items = menu.flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]);
  return { done, items, menu };
}

test.each([
  ['Command+,', 'show-settings'],
  ['Command+Q', 'quit'],
  ['Command+W', 'close'],
])('%s does %s', (accelerator, expected) => {
  const { done, items } = setUp();
  const click = items.find((item) => item.accelerator === accelerator)?.click as () => void;
  click();
  expect(done).toEqual([expected]);
});

test('fields have the keys for text', () => {
  const roles = setUp().items.flatMap(({ role }) => role ?? []);
  for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const) {
    expect(roles).toContain(role);
  }
});

test('every item is in the user’s language', () => {
  const english = setUp().items.filter(({ type }) => type !== 'separator');
  const translated = setUp(german).items.filter(({ type }) => type !== 'separator');
  for (const [index, { label }] of english.entries()) {
    expect(translated[index]?.label).toBeTruthy();
    expect(translated[index]?.label).not.toBe(label);
  }
});
