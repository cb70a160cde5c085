import type { AppState } from '../../preload/contract.ts';
import type { ClipsView } from '../clipboard/clips.ts';

/** Each part of the state, as it is computed from its owners. */
export interface Projections {
  readonly links: () => Pick<AppState, 'links' | 'undo'>;
  readonly pending: () => Pick<AppState, 'pending'>;
  readonly failure: () => Pick<AppState, 'failure'>;
  readonly question: () => Pick<AppState, 'question'>;
  readonly settings: () => Pick<AppState, 'settings'>;
  readonly service: () => Pick<AppState, 'pieces' | 'service'>;
  readonly clips: () => ClipsView;
  readonly activity: () => Pick<AppState, 'activity'>;
  readonly shortcuts: () => Pick<AppState, 'shortcut' | 'shortcutStates' | 'shortcutSupport'>;
  readonly thisComputer: () => Pick<AppState, 'addresses' | 'reachCheck' | 'storage'>;
  readonly update: () => Pick<AppState, 'update'>;
  readonly window: () => Pick<AppState, 'focusLinkId' | 'focusPanel' | 'keptOpen' | 'missedNotice'>;
}

/**
 * The state that the tray and the window render: one value, replaced as a whole. Listeners are called
 * in a later turn, so that a share never waits for a view.
 */
export class AppModel {
  readonly #projections: Projections;
  readonly #onInvalidateAll: () => void;
  readonly #listeners = new Set<(state: AppState) => void>();
  readonly #stale = new Set<keyof Projections>();
  #state: AppState | undefined;
  #isAnnounced = true;

  /**
   * @param projections read their owners and change nothing
   * @param onInvalidateAll clears what a projection caches
   */
  constructor(projections: Projections, onInvalidateAll: () => void) {
    this.#projections = projections;
    this.#onInvalidateAll = onInvalidateAll;
  }

  get(): AppState {
    this.#state ??= this.#all();
    for (const name of this.#stale) {
      this.#stale.delete(name);
      this.#state = { ...this.#state, ...this.#projections[name]() };
    }
    return this.#state;
  }

  /** What these parts are computed from has changed: they are computed again when next read. */
  invalidate(...names: readonly (keyof Projections)[]): void {
    for (const name of names) this.#stale.add(name);
    if (!this.#isAnnounced) return;
    this.#isAnnounced = false;
    setImmediate(() => {
      this.#isAnnounced = true;
      const now = this.get();
      for (const listener of this.#listeners) listener(now);
    });
  }

  /** The language is another one. */
  invalidateAll(): void {
    this.#onInvalidateAll();
    this.invalidate(
      ...(Object.keys(this.#projections) as (keyof Projections)[]), // the names of the interface
    );
  }

  /** Calls back after changes, once for all changes of one turn. @returns how to stop */
  subscribe(listener: (state: AppState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #all(): AppState {
    this.#stale.clear();
    const compute = this.#projections;
    return {
      ...compute.links(),
      ...compute.pending(),
      ...compute.failure(),
      ...compute.question(),
      ...compute.settings(),
      ...compute.service(),
      ...compute.clips(),
      ...compute.activity(),
      ...compute.shortcuts(),
      ...compute.thisComputer(),
      ...compute.update(),
      ...compute.window(),
    };
  }
}
