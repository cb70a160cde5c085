import { describe, expect, test } from 'vitest';
import { ClipboardNeedsFocusError } from '../../../../main/desktop/clipboard/errors.ts';
import { createSessionClipboard } from '../../../../main/desktop/clipboard/session-clipboard.ts';
import type { Session } from '../../../../main/desktop/session.ts';
import { clipboardBefore44, fakeContents, selectionOf } from '../../../support/fake-clipboards.ts';

/** A session whose Wayland socket nobody listens on. */
function open(session: Session, env: Readonly<Record<string, string>>, hasXServer = true) {
  const electron = fakeContents({ 'text/plain': 'by Electron' });
  const server = fakeContents({ 'text/plain': 'by the X server' });
  let opened = 0;
  const made = createSessionClipboard({
    ...clipboardBefore44(electron),
    platform: session.kind === 'native' ? 'win32' : 'linux',
    session,
    env: { XDG_RUNTIME_DIR: '/nowhere', ...env },
    async openX11() {
      opened += 1;
      if (!hasXServer) throw new Error('no X server');
      return selectionOf(server);
    },
    ownX11: async () => () => {},
    hasFocus: () => false,
  });
  return { ...made, opened: () => opened };
}

const text = (value: string) => ({ kind: 'text', text: value });
const gnome = { kind: 'wayland', desktop: 'gnome' } as const;
const other = { kind: 'wayland', desktop: 'other' } as const;

test('on Windows and macOS Electron is used', async () => {
  const { clipboard, access } = open({ kind: 'native' }, {});
  expect(await access()).toBe('native');
  expect((await clipboard.read()).content).toEqual(text('by Electron'));
});

test('under X11 the X server is read', async () => {
  const { clipboard, access } = open({ kind: 'x11' }, { DISPLAY: ':0' });
  expect(await access()).toBe('x11');
  expect((await clipboard.read()).content).toEqual(text('by the X server'));
});

describe('on Wayland without data-control', () => {
  test('GNOME gives the clipboard to its X server', async () => {
    const { clipboard, access } = open(gnome, { DISPLAY: ':0' });
    expect(await access()).toBe('x11');
    expect((await clipboard.read()).content).toEqual(text('by the X server'));
  });

  test.each([
    ['GNOME without an X server', gnome, {}, true],
    ['GNOME with one that can not be reached', gnome, { DISPLAY: ':0' }, false],
    ['another desktop, whose X server lags behind', other, { DISPLAY: ':0' }, true],
  ] as const)('%s allows the window in front only', async (_which, session, env, hasXServer) => {
    const { clipboard, access, handOver } = open(session, env, hasXServer);
    expect(await access()).toBe('focus-only');
    await expect(clipboard.read()).rejects.toThrow(ClipboardNeedsFocusError);
    await expect(clipboard.writeText('x')).rejects.toThrow(ClipboardNeedsFocusError);
    expect(await handOver()).toBe('not-ours');
  });

  test('nothing is opened before the clipboard is used', async () => {
    const { handOver, opened } = open(gnome, { DISPLAY: ':0' });
    expect([await handOver(), opened()]).toEqual(['not-ours', 0]);
  });

  test('watching waits until the access is known, and can be stopped before', async () => {
    const { clipboard, access } = open(gnome, { DISPLAY: ':0' });
    let ready = 0;
    const count = (): void => {
      ready += 1;
    };
    clipboard.onChange(() => {}, count)();
    const stop = clipboard.onChange(() => {}, count);
    await access();
    await expect.poll(() => ready).toBe(1);
    stop();
  });
});
