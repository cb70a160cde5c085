import type { SystemClipboard } from '../../clipboard/content.ts';
import type { Session } from '../session.ts';
import { DataControlClient, waylandSocket } from '../wayland/data-control.ts';
import { type HandedOver, handOverX11Clipboard } from '../x11/clipboard-handover.ts';
import { createDataControlClipboard } from './data-control.ts';
import { handOverDataControl } from './hand-over-data-control.ts';
import { createSystemClipboard, type SystemClipboardDeps } from './system-clipboard.ts';

/**
 * How the clipboard is reached: `native`: by Electron (Windows, macOS); `x11`: by the X server, under
 * GNOME that of XWayland; `data-control`: by the Wayland compositor; `focus-only`: by Electron, while a
 * window of ours has the focus. All others need no focus.
 */
export type ClipboardAccess = 'native' | 'x11' | 'data-control' | 'focus-only';

/** The clipboard of this session, by the best access that it offers. */
export interface SessionClipboard {
  readonly clipboard: SystemClipboard;
  /** Found out with the first use of the clipboard, or of this. */
  access(): Promise<ClipboardAccess>;
  /** Has what the app copied outlive it, where possible. */
  handOver(): Promise<HandedOver>;
}

type ElectronDeps = Omit<SystemClipboardDeps, 'openX11' | 'ownX11' | 'hasFocus'>;

export interface SessionClipboardDeps extends ElectronDeps {
  readonly session: Session;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly openX11: NonNullable<SystemClipboardDeps['openX11']>;
  /** Returns what ends the ownership. */
  readonly ownX11: (parts: ReadonlyMap<string, Uint8Array>) => Promise<() => void>;
  /** Whether a window of ours has the focus. */
  readonly hasFocus: () => boolean;
}

interface Choice {
  readonly access: ClipboardAccess;
  readonly clipboard: SystemClipboard;
  handOver(): Promise<HandedOver>;
}

export function createSessionClipboard(deps: SessionClipboardDeps): SessionClipboard {
  const { session, env, openX11, ownX11, hasFocus, ...electron } = deps;
  switch (session.kind) {
    case 'native':
      return {
        clipboard: createSystemClipboard(electron),
        access: async () => 'native',
        handOver: async () => 'not-ours',
      };
    case 'x11':
      return {
        clipboard: createSystemClipboard({ ...electron, openX11, ownX11 }),
        access: async () => 'x11',
        handOver: handOverX11Clipboard,
      };
    case 'wayland': {
      let chosen: Promise<Choice> | undefined;
      const choose = (): Promise<Choice> => {
        chosen ??= chooseOnWayland(deps, session.desktop === 'gnome');
        return chosen;
      };
      return {
        clipboard: whenChosen(async () => (await choose()).clipboard),
        access: async () => (await choose()).access,
        // What nobody has used was not written to either.
        handOver: async () => (chosen === undefined ? 'not-ours' : (await chosen).handOver()),
      };
    }
  }
}

/** @param bridgesX11 the compositor gives X11 programs the clipboard without focus, too (GNOME) */
async function chooseOnWayland(deps: SessionClipboardDeps, bridgesX11: boolean): Promise<Choice> {
  const { session: _, env, openX11, ownX11, ...electron } = deps;
  const path = waylandSocket(env);
  const first = path === undefined ? undefined : await DataControlClient.open(path);
  if (path !== undefined && first !== undefined) {
    const connect = reconnecting(first, path);
    return {
      access: 'data-control',
      clipboard: createDataControlClipboard(connect, deps.toPng),
      handOver: async () => handOverDataControl(await connect(), env),
    };
  }
  const selection = bridgesX11 && env.DISPLAY ? await openX11().catch(() => undefined) : undefined;
  if (selection !== undefined) {
    selection.close();
    let disconnect: (() => void) | undefined;
    const own: typeof ownX11 = async (parts) => {
      disconnect = await ownX11(parts);
      return disconnect;
    };
    return {
      access: 'x11',
      clipboard: createSystemClipboard({ ...electron, openX11, ownX11: own }),
      handOver: () => handOverX11Clipboard(disconnect),
    };
  }
  return {
    access: 'focus-only',
    // Nothing reports changes, and without focus there is nothing to look at either.
    clipboard: createSystemClipboard({ ...electron, loadWatch: async () => () => () => {} }),
    handOver: async () => 'not-ours',
  };
}

/** One connection for as long as it works. */
function reconnecting(first: DataControlClient, path: string): () => Promise<DataControlClient> {
  let opened = Promise.resolve(first);
  return async () => {
    if (!(await opened).hasEnded()) return opened;
    opened = DataControlClient.open(path).then((client) => client ?? first);
    return opened;
  };
}

/** The clipboard that is chosen when it is first used. */
function whenChosen(choose: () => Promise<SystemClipboard>): SystemClipboard {
  return {
    read: async () => (await choose()).read(),
    formats: async () => (await choose()).formats(),
    writeText: async (text) => (await choose()).writeText(text),
    write: async (content) => (await choose()).write(content),
    onChange(listener, onReady) {
      let stop: (() => void) | undefined;
      let isStopped = false;
      void choose().then((clipboard) => {
        if (!isStopped) stop = clipboard.onChange(listener, onReady);
      });
      return () => {
        isStopped = true;
        stop?.();
      };
    },
  };
}
