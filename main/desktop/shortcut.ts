import { globalShortcut } from 'electron';

export interface Shortcut {
  /** Registers another accelerator in place of the one before; answers whether it could be had. */
  use(accelerator: string): boolean;
  release(): void;
}

/**
 * The global shortcut. `register` answers true on Wayland even when the portal denies
 * (electron#52218), so true means "asked for", not "proven".
 */
export function createShortcut(onPress: () => void): Shortcut {
  let current: string | undefined;
  // HTTP started straight from the callback stalls on an idle app without a window:
  // Node's loop is not woken until something else happens. setImmediate wakes it.
  const press = (): void => {
    setImmediate(onPress);
  };
  const release = (): void => {
    if (current !== undefined) globalShortcut.unregister(current);
    current = undefined;
  };
  return {
    use(accelerator) {
      release();
      try {
        if (!globalShortcut.register(accelerator, press)) return false;
      } catch {
        // Not an accelerator at all.
        return false;
      }
      current = accelerator;
      return true;
    },
    release,
  };
}
