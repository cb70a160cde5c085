import { describe, expect, it } from 'vitest';
import { type ListKey, listIntent, stepFrom } from '../../../../renderer/view/list-keys.ts';

const press = (key: string, held: Partial<ListKey> = {}) =>
  listIntent({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('keys in the list', () => {
  it.each([
    ['Enter', { kind: 'copy' }],
    ['Delete', { kind: 'revoke' }],
    ['Backspace', { kind: 'revoke' }],
    [' ', { kind: 'toggle' }],
    ['/', { kind: 'search', swallow: true }],
    ['ArrowDown', { kind: 'move', step: 'next', extend: false }],
    ['PageUp', { kind: 'move', step: 'page-up', extend: false }],
  ])('%s', (key, intent) => {
    expect(press(key)).toEqual(intent);
  });

  it('starts a search when someone just types, in any script', () => {
    expect(press('r')).toEqual({ kind: 'search', swallow: false });
    expect(press('あ')).toEqual({ kind: 'search', swallow: false });
    expect(press('😀')).toEqual({ kind: 'search', swallow: false });
  });

  it('copies and opens with the keys that people know', () => {
    expect(press('c', { ctrlKey: true })).toEqual({ kind: 'copy' });
    expect(press('o', { metaKey: true })).toEqual({ kind: 'open' });
    // Undo is of the whole window, not of the list.
    expect(press('Z', { ctrlKey: true })).toBeNull();
  });

  it('leaves the keys of others alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('F5')).toBeNull();
    expect(press('ArrowDown', { altKey: true })).toBeNull();
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('Escape')).toBeNull();
  });
});

describe('steps in the list', () => {
  it('stays at the ends', () => {
    expect(stepFrom(0, 'previous', 5, 3)).toBe(0);
    expect(stepFrom(4, 'next', 5, 3)).toBe(4);
    expect(stepFrom(3, 'page-down', 5, 3)).toBe(4);
    expect(stepFrom(1, 'page-up', 5, 3)).toBe(0);
  });

  it('goes a page, or to an end', () => {
    expect(stepFrom(0, 'page-down', 50, 7)).toBe(7);
    expect(stepFrom(9, 'first', 50, 7)).toBe(0);
    expect(stepFrom(9, 'last', 50, 7)).toBe(49);
  });
});
