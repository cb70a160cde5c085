import type { AppState } from '../../preload/contract.ts';
import { initialValues, viewOf } from '../settings/table.ts';

/** The state that the tray and the window render: one value, replaced as a whole. */
export interface AppModel {
  get(): AppState;
  update(change: Partial<AppState>): void;
  /**
   * Adds a part of the state that is computed from what its owners hold.
   * @param name for `invalidate`
   * @param compute reads only; it may read other parts of the state
   */
  project(name: Projection, compute: () => Partial<AppState>): void;
  /** What a projection is computed from has changed: it is computed again when it is next read. */
  invalidate(...names: readonly Projection[]): void;
  /** Calls back after changes, once for all changes of one turn; returns how to stop. */
  subscribe(listener: (state: AppState) => void): () => void;
}

export type Projection = 'links' | 'failure' | 'question' | 'settings' | 'pending';

/** Holds the state; listeners are called in a later turn, so that a share never waits for a view. */
export function createAppModel(initial: AppState): AppModel {
  let state = initial;
  let isAnnounced = true;
  const listeners = new Set<(state: AppState) => void>();
  const projections = new Map<Projection, () => Partial<AppState>>();
  const stale = new Set<Projection>();

  const get = (): AppState => {
    for (const name of stale) {
      stale.delete(name);
      const computed = projections.get(name)?.();
      state = { ...state, ...computed };
    }
    return state;
  };
  const announce = (): void => {
    if (!isAnnounced) return;
    isAnnounced = false;
    setImmediate(() => {
      isAnnounced = true;
      const now = get();
      for (const listener of listeners) listener(now);
    });
  };

  return {
    get,
    update(change) {
      state = { ...state, ...change };
      announce();
    },
    project(name, compute) {
      projections.set(name, compute);
      stale.add(name);
      announce();
    },
    invalidate(...names) {
      for (const name of names) if (projections.has(name)) stale.add(name);
      announce();
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
    canWatchClipboard: false,
    settings: viewOf(initialValues(), false),
  };
}
