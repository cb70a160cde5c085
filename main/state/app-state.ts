import type { AppState } from '../../preload/contract.ts';

/** What the tray and the popover show: one value, replaced as a whole, told to whoever listens. */
export interface AppModel {
  get(): AppState;
  update(change: Partial<AppState>): void;
  /** Calls back after changes, once for all changes of one turn; returns how to stop. */
  subscribe(listener: (state: AppState) => void): () => void;
}

/** Keeps the state; listeners are told in a later turn, so that a share's path never waits for a view. */
export function createAppModel(initial: AppState): AppModel {
  let state = initial;
  let told = true;
  const listeners = new Set<(state: AppState) => void>();
  return {
    get: () => state,
    update(change) {
      state = { ...state, ...change };
      if (!told) return;
      told = false;
      setImmediate(() => {
        told = true;
        for (const listener of listeners) listener(state);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The state before anything is known. */
export function initialState(): AppState {
  return {
    links: [],
    service: {
      kind: 'built-in',
      name: 'This computer',
      state: 'idle',
      detail: 'Ready',
      shareOptions: true,
    },
    clipboard: { kind: 'unknown', description: '', shareable: true },
    activity: null,
    failure: null,
    focusLinkId: null,
    watching: true,
    shortcut: { accelerator: '', state: 'active' },
    settings: {
      accelerator: '',
      watching: true,
      service: 'automatic',
      serviceUrl: '',
      hasServiceToken: false,
    },
  };
}
