import { type BrowserWindow, screen, type WebContents } from 'electron';
import { CHANGED_CHANNEL, type SettingsTab, type StateChange } from '../../../preload/contract.ts';
import {
  createPageWindow,
  isStuckBehind,
  loadPage,
  type PageDeps,
  pageAddress,
  whenReady,
} from './page-window.ts';
import { centredPlace } from './placement.ts';

export interface SettingsWindowDeps extends PageDeps {
  /** What changed since the last call. */
  readonly change: () => StateChange;
  readonly onShown: () => void;
  /** Called when it was closed, and its memory is free. */
  readonly onClosed: () => void;
}

/** In device-independent pixels. */
const SIZE = { width: 620, height: 600 };

/** The window of the settings: one, created when it is opened and destroyed when it is closed. */
export class SettingsWindow {
  readonly #deps: SettingsWindowDeps;
  #window: BrowserWindow | undefined;
  /** The page's address without its part after the #. */
  #address = '';
  /** Counts the calls of `show`. */
  #shows = 0;

  constructor(deps: SettingsWindowDeps) {
    this.#deps = deps;
  }

  /** Opens it, or brings it to the front, with this tab. */
  show(tab: SettingsTab): void {
    if (this.#window === undefined) {
      this.#window = this.#create(tab);
      return;
    }
    // Only the part after the # changes, each time: the same address again would reload the page.
    this.#shows += 1;
    void this.#window
      .loadURL(`${this.#address}#settings/${tab}/${this.#shows}`)
      .catch(() => undefined);
    if (this.#window.isMinimized()) this.#window.restore();
    if (isStuckBehind(this.#window, this.#deps.placing)) this.#window.hide();
    this.#window.show();
    this.#window.focus();
  }

  /** Closes it; what its page calls `hide`. */
  hide(): void {
    this.#window?.close();
  }

  isFocused(): boolean {
    return this.#window?.isFocused() === true;
  }

  /** Shows a dialog of the system above it. */
  async whileAsking<T>(ask: (above: BrowserWindow | undefined) => Promise<T>): Promise<T> {
    try {
      return await ask(this.#window);
    } finally {
      this.#window?.focus();
    }
  }

  /** Sends the page what changed. One that is still loading asks for everything later. */
  send(): void {
    this.#window?.webContents.send(CHANGED_CHANNEL, this.#deps.change());
  }

  /** The page's own contents: the only one that may call as this window. */
  contents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  destroy(): void {
    this.#window?.destroy();
  }

  #create(tab: SettingsTab): BrowserWindow {
    const { onClosed, placing, theme } = this.#deps;
    const window = createPageWindow(
      {
        ...SIZE,
        minWidth: 380,
        minHeight: 320,
        maximizable: false,
        fullscreenable: false,
        title: 'Settings',
      },
      this.#deps,
    );
    // Electron's own menu is for developers. macOS has it at the top of the screen.
    if (process.platform !== 'darwin') window.removeMenu();
    window.on('closed', () => {
      this.#window = undefined;
      onClosed();
    });
    whenReady(window, placing, () => void this.#place(window));
    this.#address = pageAddress(theme());
    loadPage(window, `${this.#address}#settings/${tab}`);
    return window;
  }

  /** Shows a new window in the middle of the display where the pointer is. */
  async #place(window: BrowserWindow): Promise<void> {
    const { onShown, placing, pointer } = this.#deps;
    if (placing === 'pointer') {
      const { workArea } = screen.getDisplayNearestPoint(await pointer());
      if (window.isDestroyed()) return;
      const { x, y } = centredPlace(SIZE, workArea);
      window.setPosition(x, y);
    }
    window.show();
    window.focus();
    onShown();
  }
}
