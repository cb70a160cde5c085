import { globalShortcut } from 'electron';
import type { AutoRepeat } from './auto-repeat.ts';

export interface GlobalShortcuts<Name extends string> {
  /**
   * Registers exactly these, replacing earlier ones; an empty accelerator is none.
   * @returns those that failed
   */
  use(keys: Readonly<Record<Name, string>>): readonly Name[];
  release(): void;
}

/**
 * The global shortcuts. `register` answers true on Wayland even when the portal denies
 * (electron#52218), so what it answers means "asked for", not "proven". Keys that are held down
 * count as one press.
 */
export function createGlobalShortcuts<Name extends string>(
  onPress: (name: Name) => void,
  repeats: Pick<AutoRepeat, 'isRepeat' | 'close'>,
): GlobalShortcuts<Name> {
  const current = new Map<Name, string>();

  const register = (name: Name, accelerator: string): boolean => {
    try {
      // HTTP started straight from the callback stalls on an idle app without a window:
      // Node's loop is not woken until something else happens. setImmediate wakes it.
      return globalShortcut.register(accelerator, () => {
        if (!repeats.isRepeat(name)) setImmediate(onPress, name);
      });
    } catch {
      // Not an accelerator at all.
      return false;
    }
  };

  const release = (name: Name): void => {
    const accelerator = current.get(name);
    if (accelerator !== undefined) globalShortcut.unregister(accelerator);
    current.delete(name);
  };

  return {
    use(keys) {
      // The names of a record are its type's, which Object.keys cannot say.
      const names = Object.keys(keys) as Name[];
      // Unregister all changed shortcuts first: two of them may have been swapped.
      for (const name of names) if (current.get(name) !== keys[name]) release(name);
      return names.filter((name) => {
        const accelerator = keys[name];
        if (accelerator === '' || current.has(name)) return false;
        if (!register(name, accelerator)) return true;
        current.set(name, accelerator);
        return false;
      });
    },
    release() {
      for (const name of [...current.keys()]) release(name);
      repeats.close();
    },
  };
}
