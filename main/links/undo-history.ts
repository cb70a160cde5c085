import type { UndoView } from '../../preload/contract.ts';
import type { RecentLink } from './schema.ts';

/** How long a share can be undone, in ms. */
export const UNDO_SHARE_MS = 60_000;

export interface UndoHistoryDeps {
  readonly link: (id: string) => RecentLink | undefined;
  /** Until when a revoked link can be restored, in ms since 1970; `undefined` when it cannot. */
  readonly restorableUntilMs: (id: string) => number | undefined;
  /** Whether the service that made a link can restore it after a revoke. */
  readonly canRestore: (link: RecentLink) => boolean;
  /** These shares can no longer be undone. */
  readonly onExpired: (ids: readonly string[]) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Knows which shares can still be undone, and what the last action was. */
export interface UndoHistory {
  /** @param isCopied the link is on the clipboard */
  shared(id: string, isCopied: boolean): void;
  /**
   * @param ofShare the revoke undid a share
   * @param opens how often the link was opened; `undefined` where nobody knows
   */
  revoked(id: string, ofShare: boolean, opens?: number): void;
  restored(id: string): void;
  /** An action without undo was performed: earlier actions can no longer be undone. */
  acted(): void;
  canUndo(link: RecentLink): boolean;
  /** The last action, while it can be undone. */
  current(): UndoView | null;
}

type Action = {
  readonly kind: UndoView['action'];
  readonly id: string;
  readonly isCopied?: boolean;
  readonly opens?: number | undefined;
};

/**
 * Undo takes back the last action and nothing before it, with one exception: revokes that follow
 * each other are taken back one by one, for that makes links open again and loses nothing.
 */
export function createUndoHistory(deps: UndoHistoryDeps): UndoHistory {
  const { now } = deps;
  const undoableUntilMs = new Map<string, number>();
  let actions: readonly Action[] = [];
  let timer: NodeJS.Timeout | undefined;

  /** Clocks may be set back: then a share must not stay undoable for longer. */
  const isInTime = (id: string): boolean => {
    const leftMs = (undoableUntilMs.get(id) ?? 0) - now();
    return leftMs > 0 && leftMs <= UNDO_SHARE_MS;
  };

  const expire = (): void => {
    clearTimeout(timer);
    const gone = [...undoableUntilMs.keys()].filter((id) => !isInTime(id));
    for (const id of gone) undoableUntilMs.delete(id);
    if (gone.length > 0) deps.onExpired(gone);
    const next = Math.min(...undoableUntilMs.values());
    if (!Number.isFinite(next)) return;
    timer = setTimeout(expire, next - now()).unref();
  };

  const canUndo = (link: RecentLink): boolean => link.state === 'active' && isInTime(link.id);

  return {
    shared(id, isCopied) {
      undoableUntilMs.set(id, now() + UNDO_SHARE_MS);
      actions = [{ kind: 'share', id, isCopied }];
      expire();
    },
    revoked(id, ofShare, opens) {
      const others = actions.filter(
        (action) =>
          action.id !== id &&
          action.kind !== 'share' &&
          deps.restorableUntilMs(action.id) !== undefined,
      );
      actions = [...others, { kind: ofShare ? 'undo-share' : 'revoke', id, opens }];
    },
    restored(id) {
      actions = actions.filter((action) => action.id !== id && action.kind !== 'share');
    },
    acted() {
      actions = [];
    },
    canUndo,
    current() {
      const last = actions.at(-1);
      const link = last && deps.link(last.id);
      if (last === undefined || link === undefined) return null;
      const { title } = link;
      const what = { action: last.kind, linkId: last.id, title };
      if (last.kind !== 'share') {
        const untilMs = deps.restorableUntilMs(last.id);
        const opens = last.opens === undefined ? {} : { opens: last.opens };
        return untilMs === undefined ? null : { ...what, untilMs, ...opens, isFinal: false };
      }
      if (!canUndo(link)) return null;
      const untilMs = undoableUntilMs.get(last.id) ?? 0;
      const { isCopied = false } = last;
      return { ...what, untilMs, isCopied, isFinal: !deps.canRestore(link) };
    },
  };
}
