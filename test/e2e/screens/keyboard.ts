import { DEFAULT_WINDOW_ACCELERATOR } from '../../../main/settings/default-accelerator.ts';
import type { DrivenApp } from '../../support/app.ts';
import { xdotoolKeys } from '../../support/default-shortcut.ts';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { Desktop } from '../../support/desktop.ts';
import { type AppWindow, isShown, untilFocused, windowOn } from './window.ts';

/** Presses the keys of one task and counts them: a chord, a key, and a typed word are one step each. */
export class Keyboard {
  readonly #desktop: Desktop;
  #steps = 0;

  constructor(desktop: Desktop) {
    this.#desktop = desktop;
  }

  get steps(): number {
    return this.#steps;
  }

  /** @param keys keys or chords as xdotool names them, one after the other */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.#steps += 1;
      await this.#desktop.key(key);
    }
  }

  async type(word: string): Promise<void> {
    this.#steps += 1;
    await this.#desktop.run('xdotool', ['type', '--delay', '5', word]);
  }

  /** Opens the app window by its shortcut. */
  async openWindow(app: DrivenApp): Promise<AppWindow> {
    await this.press(xdotoolKeys(DEFAULT_WINDOW_ACCELERATOR));
    await waitFor('the window', () => isShown(app));
    await untilFocused(app);
    return windowOn(app.electron.firstWindow());
  }
}
