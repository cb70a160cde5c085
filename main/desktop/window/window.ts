import {
  type BrowserWindow,
  type BrowserWindowConstructorOptions,
  type Rectangle,
  screen,
  type WebContents,
} from 'electron';
import { type ActivityView, CHANGED_CHANNEL, type StateChange } from '../../../preload/contract.ts';
import type { WindowState } from '../../state/window-state.ts';
import { BlurGuard } from './blur-guard.ts';
import {
  createPageWindow,
  isStuckBehind,
  loadPage,
  type PageDeps,
  pageAddress,
  whenReady,
} from './page-window.ts';
import { centredPlace, windowPlace } from './placement.ts';

export type WindowRoute = 'links' | 'first-run';

export interface WindowDeps extends PageDeps {
  readonly trayBounds: () => Rectangle;
  /** What changed since the last call; a hidden page gets it when it is shown again. */
  readonly change: () => StateChange;
  /** Whether it has the focus, and whether it stays open without it. */
  readonly state: Pick<WindowState, 'isKeptOpen' | 'setFocused' | 'setKeptOpen'>;
  readonly onShown: () => void;
  readonly onHidden: () => void;
  /** Called when the window is destroyed, and its memory free. */
  readonly onDestroyed: () => void;
}

/** As Electron takes it: -1 for none, more than 1 for one of unknown length. */
function progressFraction(activity: ActivityView | null): number {
  if (activity === null) return -1;
  const { sentBytes = 0, totalBytes = 0 } = activity.progress ?? {};
  return totalBytes === 0 ? 2 : Math.floor((sentBytes / totalBytes) * 100) / 100;
}

/** In device-independent pixels. */
const SIZE = { width: 400, height: 600 };

/** A hidden window is destroyed after this long, to free its memory; in ms. */
const DESTROY_AFTER_MS = 60_000;

/** A click on the tray icon first takes the focus, which hides the window: it must not reopen. In ms. */
const JUST_HIDDEN_MS = 250;

export function createAppWindow(deps: WindowDeps): AppWindow {
  return new AppWindow(deps);
}

/** The app's window: created when it is first needed, destroyed when it was hidden for a while. */
export class AppWindow {
  readonly #deps: WindowDeps;
  #window: BrowserWindow | undefined;
  /** The page's address without its part after the #. */
  #address = '';
  /** Counts the calls of `show`. */
  #shows = 0;
  /** As Electron takes it. */
  #progress = -1;
  #destroyTimer: NodeJS.Timeout | undefined;
  #lostFocusAtMs = Number.NEGATIVE_INFINITY;
  /** Dialogs of the system that are open. */
  #dialogs = 0;
  #isOwnWindow = false;
  /** It is hidden only to be shown in front at once. */
  #isComingBack = false;
  /** The first run shows neither links nor failures. */
  #isFirstRun = false;
  readonly #blurGuard: BlurGuard;

  constructor(deps: WindowDeps) {
    this.#deps = deps;
    this.#blurGuard = new BlurGuard({
      now: () => performance.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      isFocused: () => this.#window?.isFocused() === true,
      onLeft: () => this.#left(),
    });
  }

  /**
   * @param asWindow as a window of its own: in the taskbar, and there until it is closed; for
   * desktops without a tray icon to open it by
   */
  show(route: WindowRoute, asWindow = false): void {
    clearTimeout(this.#destroyTimer);
    this.#isFirstRun = route === 'first-run';
    if (this.#window === undefined) {
      this.#window = this.#create(route, asWindow);
      if (asWindow) this.keepOpen(true);
      return;
    }
    if (!this.#window.isVisible()) this.#setOwnWindow(this.#window, asWindow);
    if (asWindow) this.keepOpen(true);
    // Only the part after the # changes, each time: loading the same address again would reload the
    // page.
    this.#shows += 1;
    void this.#window.loadURL(`${this.#address}#${route}/${this.#shows}`).catch(() => undefined);
    void this.#place(this.#window, true);
  }

  /** Shows it, or hides it when it is visible: what a click on the tray icon does. */
  toggle(): void {
    const justHidden = performance.now() - this.#lostFocusAtMs < JUST_HIDDEN_MS;
    if (this.#window?.isVisible()) this.hide();
    else if (!justHidden) this.show('links');
  }

  hide(): void {
    if (this.#window?.isVisible()) this.#window.hide();
  }

  /** Keeps it open when another window gets the focus, until it is hidden. */
  keepOpen(on: boolean): void {
    const { state } = this.#deps;
    // The first run ends by this.
    if (!on) this.#isFirstRun = false;
    if (on !== state.isKeptOpen) state.setKeptOpen(on);
    this.#updateFocus();
  }

  /** Keeps it open while a dialog of the system is above it. */
  async whileAsking<T>(ask: (above: BrowserWindow | undefined) => Promise<T>): Promise<T> {
    this.#dialogs += 1;
    try {
      // A dialog above a hidden window would be hidden with it.
      return await ask(this.#window?.isVisible() ? this.#window : undefined);
    } finally {
      this.#dialogs -= 1;
      if (this.#window?.isVisible()) this.#window.focus();
    }
  }

  /** Sends the page what changed, if it is visible. */
  send(): void {
    if (!this.#window?.isVisible()) return;
    this.#window.webContents.send(CHANGED_CHANNEL, this.#deps.change());
  }

  /** Shows the progress of a share in the taskbar, while the window exists. */
  showProgress(activity: ActivityView | null): void {
    const fraction = progressFraction(activity);
    if (fraction === this.#progress) return;
    this.#progress = fraction;
    this.#window?.setProgressBar(fraction);
  }

  /** The page's own contents: the only one that may call us. */
  contents(): WebContents | undefined {
    return this.#window?.webContents;
  }

  destroy(): void {
    this.#window?.destroy();
  }

  #create(route: WindowRoute, asWindow: boolean): BrowserWindow {
    this.#isOwnWindow = asWindow;
    const window = createPageWindow(windowOptions(asWindow), this.#deps);
    this.#handleWindowEvents(window);
    if (this.#progress !== -1) window.setProgressBar(this.#progress);
    whenReady(window, this.#deps.placing, () => void this.#place(window, false));
    this.#address = pageAddress(this.#deps.theme());
    loadPage(window, `${this.#address}#${route}`);
    return window;
  }

  #handleWindowEvents(window: BrowserWindow): void {
    const { state } = this.#deps;
    window.on('focus', () => this.#updateFocus());
    window.on('blur', () => {
      state.setFocused(false);
      // A window that is hidden loses the focus too.
      if (window.isVisible()) this.#blurGuard.blurred();
    });
    window.on('show', this.#deps.onShown);
    window.on('hide', () => {
      state.setFocused(false);
      if (this.#isComingBack) return;
      this.#blurGuard.hidden();
      this.keepOpen(false);
      clearTimeout(this.#destroyTimer);
      this.#destroyTimer = setTimeout(() => this.#window?.destroy(), DESTROY_AFTER_MS);
      this.#deps.onHidden();
    });
    window.on('closed', () => {
      this.#blurGuard.hidden();
      clearTimeout(this.#destroyTimer);
      this.#window = undefined;
      state.setFocused(false);
      this.#deps.onDestroyed();
    });
  }

  /** The system may report the focus once the window is hidden again. */
  #updateFocus(): void {
    const window = this.#window;
    const hasFocus = window?.isVisible() === true && window.isFocused();
    this.#deps.state.setFocused(hasFocus && !this.#isFirstRun);
  }

  /** Another window has the focus: it hides, unless it is to stay. */
  #left(): void {
    if (this.#deps.state.isKeptOpen || this.#dialogs > 0) return;
    this.#lostFocusAtMs = performance.now();
    this.hide();
  }

  /** In the taskbar and not above everything else, or the other way round. */
  #setOwnWindow(window: BrowserWindow, asWindow: boolean): void {
    this.#isOwnWindow = asWindow;
    window.setSkipTaskbar(!asWindow);
    window.setAlwaysOnTop(!asWindow);
  }

  /** @param again the page was shown before: it resets its view when it gets this state */
  async #place(window: BrowserWindow, again: boolean): Promise<void> {
    const place = await this.#findPlace();
    if (window.isDestroyed()) return;
    window.webContents.send(CHANGED_CHANNEL, { ...this.#deps.change(), shown: again });
    if (place !== undefined) window.setPosition(place.x, place.y);
    this.#removeFromBehind(window);
    this.#blurGuard.shown();
    window.show();
    window.focus();
    this.#updateFocus();
  }

  /** Takes a window away that is behind others, so that it comes in front when it is shown. */
  #removeFromBehind(window: BrowserWindow): void {
    if (!isStuckBehind(window, this.#deps.placing)) return;
    this.#isComingBack = true;
    window.hide();
    this.#isComingBack = false;
  }

  /** Where the window goes; `undefined` where only the compositor can place it. */
  async #findPlace(): Promise<{ readonly x: number; readonly y: number } | undefined> {
    const { placing, pointer, trayBounds } = this.#deps;
    switch (placing) {
      case 'compositor':
        return undefined;
      case 'centre':
        return centredPlace(SIZE, screen.getPrimaryDisplay().workArea);
      case 'pointer': {
        const tray = trayBounds();
        const cursor = await pointer();
        const display = screen.getDisplayNearestPoint(tray.width > 0 ? tray : cursor);
        return this.#isOwnWindow
          ? centredPlace(SIZE, display.workArea)
          : windowPlace({ size: SIZE, tray, cursor, display });
      }
    }
  }
}

function windowOptions(asWindow: boolean): BrowserWindowConstructorOptions {
  return {
    ...SIZE,
    frame: false,
    resizable: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    skipTaskbar: !asWindow,
    alwaysOnTop: !asWindow,
    roundedCorners: true,
    title: 'Linkify Tray',
  };
}
