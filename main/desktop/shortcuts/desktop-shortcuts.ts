import type {
  ShortcutSetUpStep,
  ShortcutStatus,
  ShortcutSupport,
} from '../../../preload/contract.ts';
import type { SharingFault, ShortcutUse as ShortcutName } from '../../failures/faults.ts';
import {
  mapKeys,
  namesOf,
  type ShortcutKeys,
  type ShortcutSource,
  type ShortcutStatuses,
} from '../../shortcuts/shortcut-source.ts';
import type { WaylandDesktop } from '../session.ts';
import { boundCommand, boundProgram } from './bound-command.ts';
import { addKeybinding, hasKeybinding, removeKeybinding } from './gnome-keybinding.ts';
import type { BoundShortcuts, ShortcutsPortal } from './portal.ts';
import {
  describesKeys,
  gtkAccelerator,
  portalTrigger,
  readableKeys,
  swayKeys,
} from './triggers.ts';

export interface DesktopShortcutsDeps {
  readonly portal: ShortcutsPortal;
  readonly desktop: WaylandDesktop;
  /** Installs what the portal needs to know the app. */
  readonly prepare: () => void;
  /** What each shortcut does, in words. */
  readonly describe: (name: ShortcutName) => string;
  /** Starts the app, to share the clipboard; a shell command. */
  readonly shareCommand: string;
  /** Whether commands can use GLib's `gapplication`. */
  readonly hasGapplication: boolean;
  readonly onPress: (name: ShortcutName) => void;
  readonly onRelease: (name: ShortcutName) => void;
  /** Any clock, in ms. */
  readonly now: () => number;
}

/** A portal that ends again within this time isn't asked again until it starts, in ms. */
const BETWEEN_ENDS_MS = 10_000;

/**
 * Shortcuts of Wayland desktops, where apps can't register keys: by the GlobalShortcuts portal; without
 * one, by a command that the user or we add to the desktop's own keyboard settings.
 */
export class DesktopShortcuts implements ShortcutSource {
  readonly #deps: DesktopShortcutsDeps;
  readonly #listeners: (() => void)[] = [];
  #keys: ShortcutKeys | undefined;
  #statuses: ShortcutStatuses = {};
  #support: ShortcutSupport = { kind: 'portal', canChoose: false };
  #endedMs = Number.NEGATIVE_INFINITY;
  /** Counts questions and answers: what was found out before the last one is out of date. */
  #turn = 0;

  constructor(deps: DesktopShortcutsDeps) {
    const { portal, onPress, onRelease } = deps;
    this.#deps = deps;
    const withName = (act: (name: ShortcutName) => void) => (id: string) => {
      const name = this.#keys && namesOf(this.#keys).find((known) => known === id);
      if (name !== undefined) act(name);
    };
    portal.on('pressed', withName(onPress));
    portal.on('released', withName(onRelease));
    portal.on('changed', (shortcuts) => this.#onBound(shortcuts));
    portal.on('ended', () => this.#onEnded());
    portal.on('started', () => this.#ask());
  }

  use(keys: ShortcutKeys): void {
    this.#keys = keys;
    this.#ask();
  }

  /** A desktop can't be asked to let go for a moment; `Shortcuts` ignores presses meanwhile. */
  hold(): void {}

  statuses(): ShortcutStatuses {
    return this.#statuses;
  }

  support(): ShortcutSupport {
    return this.#support;
  }

  subscribe(listener: () => void): void {
    this.#listeners.push(listener);
  }

  async setUp(step: Exclude<ShortcutSetUpStep, 'copy'>): Promise<SharingFault | undefined> {
    try {
      switch (step) {
        case 'choose':
          await this.#choose();
          return undefined;
        case 'add':
          await this.#addKeybinding();
          break;
        case 'remove':
          await removeKeybinding();
          break;
      }
    } catch {
      return { kind: 'keyboard-settings-not-changed' };
    }
    await this.#withoutPortal();
    return undefined;
  }

  async #choose(): Promise<void> {
    const { portal } = this.#deps;
    // A portal that shows no dialog for what is bound asks about a new request.
    await portal.configure().catch(() => this.#ask());
  }

  #ask(): void {
    const keys = this.#keys;
    if (keys === undefined) return;
    const { portal, prepare, describe } = this.#deps;
    this.#turn++;
    this.#set(mapKeys(keys, () => ({ state: 'pending' })));
    prepare();
    const wanted = namesOf(keys).flatMap((id) => {
      const trigger = portalTrigger(keys[id]);
      return trigger === undefined ? [] : [{ id, description: describe(id), trigger }];
    });
    void portal.bind(wanted).then((result) => {
      if (result.kind === 'bound') this.#onBound(result.shortcuts);
      if (result.kind === 'unavailable') void this.#withoutPortal();
    });
  }

  #onBound(shortcuts: BoundShortcuts): void {
    const { desktop, portal } = this.#deps;
    this.#turn++;
    this.#support = { kind: 'portal', canChoose: portal.canConfigure() };
    // Of an older GNOME, which had no portal: both would answer to the keys.
    if (desktop === 'gnome') {
      void hasKeybinding()
        .then((has) => (has === true ? removeKeybinding() : undefined))
        .catch(() => {});
    }
    const keys = this.#keys;
    if (keys === undefined) return;
    this.#set(mapKeys(keys, (name) => statusOf(shortcuts.get(name), keys[name])));
  }

  #onEnded(): void {
    const sinceMs = this.#deps.now() - this.#endedMs;
    this.#endedMs = this.#deps.now();
    // The call starts it again, or another session.
    if (sinceMs > BETWEEN_ENDS_MS) this.#ask();
    else void this.#withoutPortal();
  }

  /** This desktop has no portal: says what helps instead. */
  async #withoutPortal(): Promise<void> {
    const { desktop, shareCommand, hasGapplication } = this.#deps;
    const keys = this.#keys;
    if (keys === undefined) return;
    const turn = this.#turn;
    const isAdded = desktop === 'gnome' ? await hasKeybinding() : undefined;
    // The entry follows our settings, and the place of the app.
    if (isAdded === true) await this.#addKeybinding().catch(() => {});
    if (turn !== this.#turn) return;
    const line = desktop === 'sway' ? swayKeys(keys.share) : undefined;
    if (isAdded !== undefined) this.#support = { kind: 'gnome', isAdded };
    else if (line !== undefined) {
      const text = `bindsym ${line} exec ${boundCommand(shareCommand, hasGapplication)}`;
      this.#support = { kind: 'config', text };
    } else {
      this.#support = { kind: 'command', text: boundProgram(shareCommand, hasGapplication) };
    }
    this.#set(
      mapKeys(keys, (name) => ({
        state: name === 'share' && isAdded === true ? 'active' : 'unavailable',
      })),
    );
  }

  async #addKeybinding(): Promise<void> {
    const { describe, shareCommand, hasGapplication } = this.#deps;
    const binding = gtkAccelerator(this.#keys?.share ?? '');
    if (binding === undefined) throw new Error('GNOME has no name for these keys');
    await addKeybinding({
      name: `Linkify Tray: ${describe('share')}`,
      binding,
      command: boundProgram(shareCommand, hasGapplication),
    });
  }

  #set(statuses: ShortcutStatuses): void {
    this.#statuses = statuses;
    for (const listener of this.#listeners) listener();
  }
}

/** @param assigned the keys in the desktop's words; `undefined` where it didn't bind the shortcut */
function statusOf(assigned: string | undefined, wanted: string): ShortcutStatus {
  // Some desktops bind a shortcut without keys, and let the user choose them in their settings.
  if (assigned === undefined || assigned === '') return { state: 'denied' };
  if (describesKeys(assigned, wanted)) return { state: 'active' };
  return { state: 'active', keys: readableKeys(assigned) };
}
