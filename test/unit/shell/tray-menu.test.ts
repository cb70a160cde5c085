import { describe, expect, it } from 'vitest';
import { type MenuNode, type TrayMenuOptions, trayMenu } from '../../../main/shell/tray-menu.ts';
import { trayStatus } from '../../../main/shell/tray-status.ts';
import type { AppState, LinkView } from '../../../preload/contract.ts';
import { english } from '../../support/messages.ts';
import { text } from '../../support/text.ts';
import { initialState } from '../../support/window-states.ts';

const link = (id: string, more: Partial<LinkView> = {}): LinkView => ({
  id,
  kind: 'text',
  title: `Title ${id}`,
  sizeBytes: 1,
  count: 1,
  link: 'http://127.0.0.1/s',
  serviceName: 'This computer',
  createdAtMs: 0,
  state: 'active',
  canUndo: false,
  ...more,
});

const menu = (
  change: Partial<AppState>,
  options: Partial<TrayMenuOptions> = {},
): readonly MenuNode[] =>
  trayMenu({ ...initialState(), ...change }, english, {
    platform: 'win32',
    nowMs: 1_000,
    ...options,
  });

/** The entry of the top level with this id. */
const entry = (nodes: readonly MenuNode[], id: string) =>
  nodes.find((node) => 'id' in node && node.id === id);

/** Ids of the top level, and `-` for a separator; a label has none. */
const ids = (nodes: readonly MenuNode[]) =>
  nodes.map((node) => ('id' in node ? node.id : node.kind === 'separator' ? '-' : node.kind));

const labels = (nodes: readonly MenuNode[]): string[] =>
  nodes.flatMap((node) =>
    node.kind === 'separator'
      ? []
      : node.kind === 'submenu'
        ? [node.label, ...labels(node.items)]
        : [node.label],
  );

describe('the tray menu', () => {
  it('has what is needed often at its top, and no line for a service that is fine', () => {
    const { service } = initialState();
    const ready = { ...service, state: 'ready' } as const;
    expect(ids(menu({ service: ready, links: [link('a')], undo: null }))).toEqual([
      ...['share', 'copy-last', 'revoke-last', 'recent', 'open', '-'],
      ...['pause', 'settings', '-', 'quit'],
    ]);
  });

  it('says what is wrong with the service, with what helps', () => {
    const service = {
      ...initialState().service,
      state: 'problem',
      name: 'This computer',
      detail: 'Pieces OS: Not signed in',
      action: { id: 'sign-in', label: 'Sign in' },
    } as const;
    const line = text('serviceIs', { name: service.name, detail: service.detail });
    expect(labels(menu({ service }))).toEqual(expect.arrayContaining([line, 'Sign in']));
    expect(trayStatus({ ...initialState(), service }, english).toolTip).toContain(line);
  });

  it('copies and revokes the newest link that may still open', () => {
    const links = [
      link('revoked', { state: 'revoked' }),
      link('expired', { expiresAtMs: 1_000 }),
      link('b'),
      link('c'),
    ];
    const shown = menu({ links, undo: null });
    expect(entry(shown, 'copy-last')).toMatchObject({
      enabled: true,
      command: { kind: 'copy', id: 'b' },
    });
    expect(entry(shown, 'revoke-last')).toMatchObject({ enabled: true });
    const none = menu({ links: links.slice(0, 2), undo: null });
    expect(entry(none, 'copy-last')).toMatchObject({ enabled: false });
    expect(entry(none, 'revoke-last')).toMatchObject({ enabled: false });
  });

  it.each([
    ['share', 'undo', text('menuUndoShare', { title: 'Title a' })],
    ['revoke', 'restore', text('menuUndoRevoke')],
    ['undo-share', 'restore', text('restoreLink')],
  ] as const)('has the undo of a %s in place of the revoke', (action, kind, label) => {
    const undo = { action, linkId: 'a', title: 'Title a', untilMs: 9_000, isFinal: false };
    const shown = menu({ links: [link('b')], undo });
    expect(entry(shown, 'revoke-last')).toBeUndefined();
    expect(entry(shown, 'undo')).toMatchObject({ label, command: { kind, id: 'a' } });
  });

  it('prints keys on Linux as the window does, and what the desktop chose in its words', () => {
    const accelerator = 'CommandOrControl+Alt+Shift+K';
    const share = (shortcut: AppState['shortcut'], platform: NodeJS.Platform) =>
      entry(menu({ shortcut }, { platform }), 'share');
    expect(share({ accelerator, state: 'active' }, 'linux')).toMatchObject({
      keys: 'Ctrl+Alt+Shift+K',
    });
    expect(share({ accelerator, state: 'active' }, 'linux')).not.toHaveProperty('accelerator');
    expect(share({ accelerator, state: 'active', keys: 'Super+K' }, 'linux')).toMatchObject({
      keys: 'Super+K',
    });
    expect(share({ accelerator, state: 'taken' }, 'linux')).not.toHaveProperty('keys');
    expect(share({ accelerator, state: 'active' }, 'darwin')).toMatchObject({ accelerator });
  });

  it('shows the keys that share, where they are those of the setting and work', () => {
    const keysOf = (shortcut: AppState['shortcut']) =>
      menu({ shortcut }).flatMap((node) => (node.kind === 'item' ? [node.accelerator] : []));
    const accelerator = 'Alt+1';
    expect(keysOf({ accelerator, state: 'active' })).toContain(accelerator);
    for (const state of ['pending', 'taken', 'denied', 'unavailable'] as const) {
      expect(keysOf({ accelerator, state })).not.toContain(accelerator);
    }
    expect(keysOf({ accelerator, state: 'active', keys: 'Super+K' })).not.toContain(accelerator);
  });

  it('says what is on the clipboard', () => {
    const shown = menu({
      clipboard: { kind: 'text', description: 'what it is', shareable: true },
    });
    expect(labels(shown)).toContain(text('menuShareWhat', { what: 'what it is' }));
  });

  it('does not offer to share what cannot be shared, or twice at once', () => {
    const share = (change: Partial<AppState>) =>
      menu(change).find((node) => node.kind === 'item' && node.command.kind === 'share');
    const empty = { kind: 'empty', description: 'nothing', shareable: false } as const;
    expect(share({ clipboard: empty })).toMatchObject({ enabled: false });
    expect(share({ activity: { what: '3 files' } })).toMatchObject({
      enabled: false,
      label: text('menuSharing', { what: '3 files' }),
    });
  });

  it('takes a revoke back while that is possible', () => {
    const shown = (more: Partial<LinkView>) =>
      JSON.stringify(menu({ links: [link('a', { state: 'revoked', ...more })] }));
    expect(shown({ restorableUntilMs: 1 })).toContain('"command":{"kind":"restore","id":"a"}');
    expect(shown({ restorableUntilMs: 1 })).not.toContain('"kind":"revoke"');
    expect(shown({})).not.toContain('"kind":"restore"');
  });

  it('lists the ten newest links, each to copy, open and revoke', () => {
    const links = Array.from({ length: 12 }, (_, index) => link(`${index}`));
    const shown = labels(menu({ links }));
    expect(shown).toContain('Title 9');
    expect(shown).not.toContain('Title 10');
    expect(shown.filter((label) => label === text('menuCopy'))).toHaveLength(10);
  });

  it('cuts long titles and shows & as it is', () => {
    const shown = labels(menu({ links: [link('1', { title: `R&D ${'x'.repeat(100)}` })] }));
    const title = shown.find((label) => label.startsWith('R&&D'));
    expect(title?.length).toBeLessThanOrEqual(48);
  });

  it('pauses watching for a while or until someone resumes', () => {
    const pause = menu({}).find(
      (node) => node.kind === 'submenu' && node.label === text('menuPause'),
    );
    expect(pause).toMatchObject({
      items: [
        {
          label: text('menuPauseShort'),
          command: { kind: 'pause-clipboard-history', forMs: 900_000 },
        },
        {
          label: text('menuPauseHour'),
          command: { kind: 'pause-clipboard-history', forMs: 3_600_000 },
        },
        { label: text('menuPauseOpen'), command: { kind: 'pause-clipboard-history' } },
      ],
    });
  });

  it('has nothing to pause where only the window in front can read the clipboard', () => {
    const labels = menu({ readsInFrontOnly: true }).map((node) => 'label' in node && node.label);
    expect(labels).not.toContain(text('menuPause'));
    expect(labels).toContain(text('menuShare'));
  });

  it('resumes from a pause, and says when it ends by itself', () => {
    const resume = { command: { kind: 'resume-clipboard-history' } };
    const pausedUntilMs = new Date(2026, 10, 23, 9, 5).getTime();
    expect(menu({ isWatchingClipboard: false })).toContainEqual(
      expect.objectContaining({ ...resume, label: text('menuResume') }),
    );
    expect(menu({ isWatchingClipboard: false, pausedUntilMs })).toContainEqual(
      expect.objectContaining({ ...resume, label: text('menuResumePaused', { time: '9:05 AM' }) }),
    );
  });

  it('shows a failure with its way out', () => {
    const failure = {
      cause: 'unreachable',
      title: 'Service not found',
      sentence: 'x',
      action: { id: 'use-built-in', label: 'Use this computer' },
    } as const;
    expect(labels(menu({ failure }))).toEqual(
      expect.arrayContaining(['⚠ Service not found', 'Use this computer']),
    );
    expect(trayStatus({ ...initialState(), failure }, english).icon).toBe('problem');
  });

  it('shows progress in the tooltip', () => {
    const state = {
      ...initialState(),
      activity: { what: 'Image 10x10', progress: { sentBytes: 50, totalBytes: 200 } },
    };
    expect(trayStatus(state, english)).toEqual({
      icon: 'sharing',
      toolTip: text('tipSharingDone', { what: 'Image 10x10', percent: '25%' }),
    });
  });
});
