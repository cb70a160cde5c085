import { EventEmitter } from 'node:events';
import type { UndoView } from '../../preload/contract.ts';
import type { Content, SystemClipboard } from '../clipboard/content.ts';
import type { RestoreClipboard } from '../clipboard/restore-clipboard.ts';
import { sameContent } from '../clipboard/same-content.ts';
import type { Failure, Failures, Result } from '../failures/failures.ts';
import type { Targets } from '../targets/targets.ts';
import type { WriteLink } from './copy-link.ts';
import { isExpired, mayOpen } from './link-state.ts';
import type { OpenCounts } from './open-counts.ts';
import type { RecentLinks } from './recent-links.ts';
import type { Revokes } from './revoke-links.ts';
import type { RecentLink } from './schema.ts';
import { createUndoHistory, type UndoHistory } from './undo-history.ts';

export interface UndoDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list'>;
  readonly revokes: Revokes;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly clipboard: Pick<SystemClipboard, 'read'>;
  readonly writeLink: WriteLink;
  readonly restoreClipboard: Pick<RestoreClipboard, 'record' | 'restore'>;
  readonly opens: Pick<OpenCounts, 'known'>;
  readonly failures: Failures;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** A link that was just revoked. */
export interface Revoked {
  readonly link: RecentLink;
  /** Undo can make the link open again. */
  readonly isRestorable: boolean;
  /** How often it was opened until then; absent where its service doesn't tell. */
  readonly opens?: number | undefined;
}

interface UndoEvents {
  /** What Undo does is another thing. `ids`: whether these shares can be undone changed. */
  changed: [ids: readonly string[]];
  revoked: [revoked: Revoked];
  restored: [link: RecentLink];
  /** A share is being undone, or will be once its service can be reached. */
  undoing: [link: RecentLink];
  /** A share was undone: its link is revoked. */
  'share-undone': [revoked: Revoked];
  /** Undo came too late. */
  expired: [failure: Failure, link: RecentLink];
  'clipboard-restored': [isDone: boolean];
}

/** Revokes and restores links, undoes shares, and owns what Undo means now. */
export class Undo extends EventEmitter<UndoEvents> {
  readonly #deps: UndoDeps;
  readonly #history: UndoHistory;
  /** The share undone last, with what was restored to the clipboard. */
  #undone: { readonly id: string; readonly restored: Content } | undefined;

  constructor(deps: UndoDeps) {
    super();
    this.#deps = deps;
    const { links, now, revokes, targets } = deps;
    this.#history = createUndoHistory({
      link: (id) => links.get(id),
      restorableUntilMs: (id) => revokes.restorableUntilMs(id),
      canRestore: ({ service }) => targets.capabilitiesOf(service).restore,
      onExpired: (ids) => this.emit('changed', ids),
      now,
    });
  }

  /** What Undo does now; null: nothing. */
  current(): UndoView | null {
    return this.#history.current();
  }

  /** Whether the share that made this link can be undone. */
  canUndo(link: RecentLink): boolean {
    return !isExpired(link, this.#deps.now()) && this.#history.canUndo(link);
  }

  /**
   * @param isCopied the link is on the clipboard
   * @param before what it replaced there
   */
  shared(linkId: string, isCopied: boolean, before?: Content): void {
    this.#history.shared(linkId, isCopied);
    if (before !== undefined) this.#deps.restoreClipboard.record(before, linkId);
    this.emit('changed', [linkId]);
  }

  /** Something was done that has no undo: Undo must not reach past it. */
  invalidate(): void {
    this.#history.acted();
    this.emit('changed', []);
  }

  /** @param isFinal without the undo that links of our own server have */
  async revoke(id: string, isFinal = false): Promise<Result<RecentLink>> {
    const revoked = await this.#deps.revokes.revoke(id, isFinal);
    if (revoked.ok) this.#revoked(revoked.value, false);
    else this.invalidate();
    return revoked;
  }

  /** Revokes the newest link that still opens. */
  async revokeLast(): Promise<Result<RecentLink>> {
    const { failures, links, now } = this.#deps;
    const last = links.list().find((link) => mayOpen(link, now()));
    if (last !== undefined) return this.revoke(last.id);
    return { ok: false, failure: failures.report({ kind: 'nothing-to-revoke' }) };
  }

  /** Undoes a revoke, while that is possible. */
  async restore(id: string): Promise<Result<RecentLink>> {
    const restored = await this.#deps.revokes.restore(id);
    if (!restored.ok) return restored;
    this.#history.restored(id);
    this.emit('changed', []);
    // The link opens again, whatever becomes of the clipboard.
    await this.#writeLinkAgain(restored.value).catch(() => undefined);
    this.emit('restored', restored.value);
    return restored;
  }

  /**
   * Revokes a link within 60 seconds after it was shared, and restores what it replaced on the
   * clipboard while that still holds the link. Where its service can, `restore` undoes that.
   */
  async undoShare(id: string): Promise<Result<RecentLink>> {
    const { failures, links, restoreClipboard, revokes } = this.#deps;
    const link = links.get(id);
    if (link?.state === 'revoked') return { ok: true, value: link };
    // A notification may be clicked an hour later.
    if (link !== undefined && !this.#history.canUndo(link)) {
      const failure = failures.of({ kind: 'undo-expired' });
      this.emit('expired', failure, link);
      return { ok: false, failure };
    }
    const revoked = await revokes.revoke(id, false);
    // A pending revoke is as good as done for whoever wants their clipboard back.
    if (!revoked.ok && !revokes.isPending(id)) return revoked;
    // The link is revoked, whatever becomes of the clipboard.
    const restored = await restoreClipboard.restore(id).catch(() => undefined);
    if (restored !== undefined) this.#undone = { id, restored };
    if (link !== undefined) this.emit('undoing', link);
    if (revoked.ok) this.#revoked(revoked.value, true);
    else this.invalidate();
    return revoked;
  }

  /** Restores what the last link replaced on the clipboard. */
  async restoreClipboard(): Promise<void> {
    const restored = await this.#deps.restoreClipboard.restore();
    this.emit('clipboard-restored', restored !== undefined);
  }

  #revoked(link: RecentLink, ofShare: boolean): void {
    const isRestorable = this.#deps.revokes.restorableUntilMs(link.id) !== undefined;
    const opens = this.#deps.opens.known(link);
    if (isRestorable) this.#history.revoked(link.id, ofShare, opens);
    else this.#history.acted();
    this.emit('changed', []);
    this.emit(ofShare ? 'share-undone' : 'revoked', { link, isRestorable, opens });
  }

  /** Puts the link of a restored share on the clipboard again, unless that was used since. */
  async #writeLinkAgain(link: RecentLink): Promise<void> {
    const { clipboard, restoreClipboard, writeLink } = this.#deps;
    const before = this.#undone?.id === link.id ? this.#undone.restored : undefined;
    if (before === undefined) return;
    this.#undone = undefined;
    const { content, concealed } = await clipboard.read();
    if (concealed || !sameContent(before, content)) return;
    await writeLink(link);
    restoreClipboard.record(before, link.id);
  }
}
