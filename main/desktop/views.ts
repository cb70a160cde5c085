import { type NativeImage, nativeTheme, type Tray } from 'electron';
import type { Clips } from '../clipboard/clips.ts';
import type { Words } from '../i18n/messages.ts';
import type { Settings } from '../settings/settings.ts';
import type { Sharing } from '../sharing/share.ts';
import type { Command } from '../shell/commands.ts';
import { trayMenu } from '../shell/tray-menu.ts';
import { trayLook } from '../shell/tray-status.ts';
import type { AppModel } from '../state/app-state.ts';
import { createStateFeed, type StateFeed } from '../state/state-feed.ts';
import type { WindowState } from '../state/window-state.ts';
import { createTrayView } from './tray.ts';
import type { TrayState } from './tray-icon.ts';
import { pointerPlace } from './window/pointer.ts';
import { thumbnailOf } from './window/thumbnail.ts';
import { createPopover, type Popover, type WindowDeps } from './window/window.ts';

export interface ViewsDeps extends Pick<WindowDeps, 'onShown' | 'onHidden' | 'onGivenUp'> {
  readonly tray: Tray;
  readonly icons: (state: TrayState) => NativeImage;
  readonly model: AppModel;
  readonly windowState: Pick<WindowState, 'setKeptOpen'>;
  readonly words: Words;
  readonly settings: Settings;
  readonly clips: Pick<Clips, 'get'>;
  readonly sharing: Sharing;
  readonly run: (command: Command) => void;
}

/** Tray and window: both render the state, and follow its changes. */
export function createViews(needs: ViewsDeps): {
  readonly popover: Popover;
  readonly feed: StateFeed;
  /** Paints icon and menu; from then on they follow what changes. */
  showTray(): void;
} {
  const { tray, model, words, settings, clips, sharing } = needs;
  const feed = createStateFeed();
  const popover = createPopover({
    pointer: pointerPlace,
    trayBounds: () => tray.getBounds(),
    change: () => feed.change(model.get()),
    thumbnail(id) {
      const content = clips.get(id)?.content;
      return content?.kind === 'image' ? thumbnailOf(content.bytes) : undefined;
    },
    theme: () => settings.values().theme,
    onKeptOpen: (isKeptOpen) => needs.windowState.setKeptOpen(isKeptOpen),
    onShown: needs.onShown,
    onHidden: needs.onHidden,
    onGivenUp: needs.onGivenUp,
  });
  const trayView = createTrayView({
    tray,
    icons: needs.icons,
    run: needs.run,
    drop(dropped) {
      const { kind } = dropped;
      void sharing.share(
        kind === 'text'
          ? { from: 'text', text: dropped.text }
          : { from: 'files', paths: dropped.paths },
      );
    },
  });
  const showTray = (): void =>
    trayView.show({ ...trayLook(model.get(), words), menu: trayMenu(model.get(), words) });
  model.subscribe(showTray);
  model.subscribe((state) => {
    popover.send();
    popover.showProgress(state.activity);
  });
  nativeTheme.on('updated', () => trayView.repaint());
  return { popover, feed, showTray };
}
