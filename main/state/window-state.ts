import { EventEmitter } from 'node:events';
import type { FocusPanel } from '../../preload/contract.ts';

/** State of the app window. The tray shows `missedNotice` too. */
export class WindowState extends EventEmitter<{ changed: [] }> {
  #focusLinkId: string | null = null;
  #focusPanel: FocusPanel | undefined;
  #isKeptOpen = false;
  #isFocused = false;
  #missedNotice: { readonly title: string; readonly body: string } | null = null;

  /** The link that a click on a notification asked for. */
  get focusLinkId(): string | null {
    return this.#focusLinkId;
  }

  /** What of that link is opened; absent: its actions. */
  get focusPanel(): FocusPanel | undefined {
    return this.#focusPanel;
  }

  /** The window stays when another one gets the focus. */
  get isKeptOpen(): boolean {
    return this.#isKeptOpen;
  }

  /** The user is looking at it, so it needs no notification of what it shows. */
  get isFocused(): boolean {
    return this.#isFocused;
  }

  /** The newest message that no notification could show, until it is read. */
  get missedNotice(): { readonly title: string; readonly body: string } | null {
    return this.#missedNotice;
  }

  focus(linkId: string | null, panel?: FocusPanel): void {
    this.#focusLinkId = linkId;
    this.#focusPanel = panel;
    this.emit('changed');
  }

  setKeptOpen(isKeptOpen: boolean): void {
    this.#isKeptOpen = isKeptOpen;
    this.emit('changed');
  }

  /** Emits nothing: neither tray nor window shows it. */
  setFocused(isFocused: boolean): void {
    this.#isFocused = isFocused;
  }

  setMissedNotice(notice: { readonly title: string; readonly body: string } | null): void {
    this.#missedNotice = notice;
    this.emit('changed');
  }
}
