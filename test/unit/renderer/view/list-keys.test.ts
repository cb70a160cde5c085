import { describe, expect, it } from 'vitest';
import {
  type ListKey,
  listIntent,
  numberedRow,
  stepFrom,
} from '../../../../renderer/view/list-keys.ts';

const keyOf = (key: string, held: Partial<ListKey> = {}): ListKey => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});
const press = (key: string, held: Partial<ListKey> = {}) => listIntent(keyOf(key, held));

describe('keys in the list', () => {
  it.each([
    ['Enter', { kind: 'activate' }],
    ['ArrowRight', { kind: 'into-row' }],
    ['ArrowLeft', { kind: 'out-of-row' }],
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
    expect(press('Enter', { metaKey: true })).toEqual({ kind: 'open' });
    expect(press('Enter', { altKey: true })).toEqual({ kind: 'options' });
    // Undo is of the whole window, not of the list.
    expect(press('Z', { ctrlKey: true })).toBeNull();
  });

  it('leaves the keys of others alone', () => {
    expect(press('Tab')).toBeNull();
    expect(press('F5')).toBeNull();
    expect(press('ArrowDown', { altKey: true })).toBeNull();
    expect(press('Enter', { altKey: true, shiftKey: true })).toBeNull();
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('Escape')).toBeNull();
  });
});

describe('the number of a row', () => {
  it('is pressed with Ctrl or Cmd, on any layout', () => {
    expect(numberedRow(keyOf('1', { code: 'Digit1', ctrlKey: true }))).toBe(0);
    expect(numberedRow(keyOf('9', { code: 'Numpad9', metaKey: true }))).toBe(8);
    expect(numberedRow(keyOf('é', { code: 'Digit2', ctrlKey: true }))).toBe(1);
  });

  it('is nothing else', () => {
    expect(numberedRow(keyOf('1', { code: 'Digit1' }))).toBeNull();
    expect(numberedRow(keyOf('0', { code: 'Digit0', ctrlKey: true }))).toBeNull();
    expect(numberedRow(keyOf('²', { code: 'Digit2', ctrlKey: true, altKey: true }))).toBeNull();
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
