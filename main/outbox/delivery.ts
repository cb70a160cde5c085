import { EventEmitter } from 'node:events';
import { type Fault, faultOf } from '../failures/faults.ts';
import { isFallbackUseful, retryPolicyOf } from '../failures/retry-policy.ts';
import type { OpenFile, PreparedItem } from '../items/prepare-items.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { RecentLink } from '../links/schema.ts';
import type { ShareOptions } from '../share-options.ts';
import { createKnownLimits, type KnownLimits } from '../targets/known-limits.ts';
import type { Target } from '../targets/target.ts';
import { type TargetRef, targetId } from '../targets/target-ref.ts';
import type { Targets } from '../targets/targets.ts';
import type { DeliveryResult, NewShare, Outgoing } from './delivery-result.ts';
import type { Entries } from './entries.ts';
import { assetIdsOf, type Entry, isShare } from './entry.ts';
import { type Cleanup, cleanupHead, cleanupOf } from './remote-cleanup.ts';
import { type SavedShare, type SaveShareDeps, saveBeforeSending, saveShare } from './save-share.ts';
import type { CleanupHead, ShareHead } from './schema.ts';
import { type RemoveLocation, restore } from './share-content.ts';
import { ShareSender } from './share-sender.ts';

/** A link takes ten seconds where a cloud creates it, also after the request was cancelled. */
const UNANSWERED_MS = 15_000;

export interface DeliveryDeps {
  readonly targets: Pick<
    Targets,
    'current' | 'selected' | 'of' | 'capabilitiesOf' | 'fallbackFor' | 'piecesProblem'
  >;
  readonly entries: Entries;
  readonly links: RecentLinks;
  readonly openFile: OpenFile;
  readonly removeLocation?: RemoveLocation;
  readonly defaultOptions: () => ShareOptions;
  /** Whether this computer creates a link where another service cannot. */
  readonly fallback: () => 'ask' | 'always' | 'never';
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  /** How long a link whose response was lost is not requested again, in ms. */
  readonly unansweredMs?: number | undefined;
}

export interface RedeliveryOptions {
  /** Files may have changed since: the user wants them as they are. */
  readonly useCurrentFiles?: boolean;
  /** By this computer in place of its service. */
  readonly onThisComputer?: boolean;
}

interface DeliveryEvents {
  /** A link was created: its service works. `item`: the first one behind it. */
  created: [link: RecentLink, item: PreparedItem];
}

type FoundTarget = { readonly target: Target } | { readonly fault: Fault };

/**
 * Sends shares: into the outbox before the first byte is sent, to the service, and out of the outbox
 * once the link is on the list.
 */
export class Delivery extends EventEmitter<DeliveryEvents> {
  readonly #deps: DeliveryDeps;
  readonly #limits: KnownLimits;
  readonly #sender: ShareSender;
  readonly #running = new Map<string, Promise<DeliveryResult>>();

  constructor(deps: DeliveryDeps) {
    super();
    this.#deps = deps;
    this.#limits = createKnownLimits(deps.now);
    this.#sender = new ShareSender({
      entries: deps.entries,
      links: deps.links,
      limits: this.#limits,
      defaultOptions: deps.defaultOptions,
      cleanUp: (cleanup) => this.cleanUp(cleanup),
      onCreated: (link, item) => this.emit('created', link, item),
      now: deps.now,
    });
  }

  /** Sends a new share to the selected target; never rejects. */
  async deliver(newShare: NewShare): Promise<DeliveryResult> {
    const { targets } = this.#deps;
    // Both at once: finding the target may take longer than the disk.
    const finding = this.#findTarget();
    const { target: selected, isCertain } = targets.selected();
    const early = isCertain ? this.#withPiecesProblem(newShare, selected) : undefined;
    const savedEarly = early && (await this.#saveBeforeSending(early, selected));
    const found = await finding;
    const target = isCertain || 'fault' in found ? selected : found.target;
    const share = early ?? this.#withPiecesProblem(newShare, target);
    const saved = savedEarly ?? (await this.#saveBeforeSending(share, target));
    switch (saved.kind) {
      case 'refused':
        return { ok: false, fault: saved.fault };
      case 'running':
        return joined(saved.result);
      case 'saved':
        share.onPending?.();
        return this.#sendNew(share, target, found, saved.id);
      case 'not-saved':
        return this.#sendNew(share, target, found, undefined);
    }
  }

  /** Sends a pending share again; never rejects. */
  async redeliver(id: string, options: RedeliveryOptions = {}): Promise<DeliveryResult> {
    const { entries } = this.#deps;
    const entry = entries.get(id);
    if (entry === undefined || !isShare(entry))
      return { ok: false, fault: { kind: 'not-pending' } };
    if (entries.attempt(id) !== undefined) return { ok: false, fault: { kind: 'already-sharing' } };
    const { signal } = entries.startAttempt(id);
    const result = this.#sendAgain(entry, signal, options).then((sent) => this.#ended(id, sent));
    this.#running.set(id, result);
    return result.finally(() => this.#running.delete(id));
  }

  /** Removes a pending share; what was created for it on its service is deleted. */
  async discard(id: string): Promise<void> {
    const attempt = this.#deps.entries.attempt(id);
    attempt?.abort();
    await attempt?.ended;
    this.#remove(id);
  }

  /** Revokes a share and deletes its assets, now or later. @returns false when that can't be stored */
  cleanUp(cleanup: Cleanup): Promise<boolean> {
    const { entries, newId, now } = this.#deps;
    return entries.add(cleanupHead(cleanup, newId(), now()), new Map());
  }

  /** The share with the reason why it goes to this computer, although Pieces OS is preferred. */
  #withPiecesProblem(share: NewShare, target: Target): NewShare {
    const { targets } = this.#deps;
    const isFallback = target === targets.selected().target;
    return isFallback ? { ...share, piecesProblem: targets.piecesProblem } : share;
  }

  #findTarget(): Promise<FoundTarget> {
    return this.#deps.targets.current().then(
      (target) => ({ target }),
      (error: unknown) => ({ fault: faultOf(error) }),
    );
  }

  get #saveDeps(): SaveShareDeps {
    return { ...this.#deps, running: this.#running };
  }

  #saveBeforeSending(share: NewShare, target: Target): Promise<SavedShare> {
    return saveBeforeSending(this.#saveDeps, share, target);
  }

  async #sendNew(
    share: NewShare,
    target: Target,
    found: FoundTarget,
    savedId: string | undefined,
  ): Promise<DeliveryResult> {
    const call = { ...share.call, ...this.#signals(share.call.signal, savedId) };
    const { targets } = this.#deps;
    const outgoing = { ...share, call };
    let fault = this.#faultBeforeSending(share, found);
    if (fault === undefined && 'target' in found) {
      try {
        return await this.#sender.send(found.target, outgoing, savedId);
      } catch (error) {
        fault = faultOf(error);
      }
    }
    fault ??= { kind: 'internal' };
    const id = savedId ?? (await this.#saveFailed(share, target.ref, fault));
    const usesFallback =
      targets.fallbackFor(target.ref) !== undefined &&
      this.#deps.fallback() === 'always' &&
      isFallbackUseful(fault);
    const result = usesFallback
      ? await this.#sendToThisComputer(outgoing, id, target)
      : this.#failed(id, fault);
    return this.#ended(id, result);
  }

  #faultBeforeSending({ call, prepared }: NewShare, found: FoundTarget): Fault | undefined {
    if (call.signal?.aborted) return { kind: 'cancelled' };
    if ('fault' in found) return found.fault;
    return this.#limits.faultFor(found.target.ref, prepared.items);
  }

  /** A share that was not saved before it was sent, and failed. */
  async #saveFailed(
    share: NewShare,
    service: TargetRef,
    fault: Fault,
  ): Promise<string | undefined> {
    if (retryPolicyOf(fault) === 'never') return undefined;
    const saved = await saveShare(this.#saveDeps, share, service);
    return saved.kind === 'saved' ? saved.id : undefined;
  }

  async #sendAgain(
    entry: Entry<ShareHead>,
    signal: AbortSignal,
    { useCurrentFiles = false, onThisComputer = false }: RedeliveryOptions,
  ): Promise<DeliveryResult> {
    const { entries, openFile, removeLocation, targets } = this.#deps;
    const { head, service } = entry;
    const { id } = head;
    try {
      const restored = await restore(entry, entries, openFile, useCurrentFiles, removeLocation);
      if (!restored.ok) return this.#needsDecision(id, restored);
      const { shareOptions, piecesProblem } = head;
      const { prepared } = restored;
      const outgoing = { prepared, shareOptions, call: { signal }, piecesProblem };
      const target = targets.of(service);
      if (onThisComputer) return await this.#sendToThisComputer(outgoing, id, target);
      await target.preflight(entry.fault);
      const retryInMs = useCurrentFiles ? 0 : this.#unansweredMs(entry);
      if (retryInMs > 0 && (await isMissing(target, assetIdsOf(entry)))) {
        const fault: Fault = { kind: 'connection-lost', outcomeUnknown: true };
        return { ok: false, fault, pendingId: id, retryInMs };
      }
      return await this.#sender.send(target, outgoing, id);
    } catch (error) {
      return this.#failed(id, faultOf(error));
    }
  }

  /** Sends it from this computer, in place of the service that could not. */
  async #sendToThisComputer(
    outgoing: Outgoing,
    id: string | undefined,
    { ref, name: insteadOf }: Target,
  ): Promise<DeliveryResult> {
    const { entries, targets } = this.#deps;
    const target = targets.fallbackFor(ref) ?? targets.of(ref);
    const entry = id === undefined ? undefined : entries.get(id);
    if (entry !== undefined && targetId(entry.service) !== target.id) {
      const retargeted = { event: 'retargeted', service: target.ref } as const;
      entries.record(entry.head.id, retargeted, this.#cleanupFor(entry));
    }
    try {
      const result = await this.#sender.send(target, outgoing, id);
      return result.ok ? { ...result, insteadOf } : result;
    } catch (error) {
      return this.#failed(id, faultOf(error));
    }
  }

  /** What becomes of an entry whose attempt failed. */
  #failed(id: string | undefined, fault: Fault): DeliveryResult {
    if (id === undefined) return { ok: false, fault };
    const policy = retryPolicyOf(fault);
    if (policy === 'never') {
      this.#remove(id);
      return { ok: false, fault };
    }
    const needsDecision = policy === 'decision';
    this.#deps.entries.record(id, { event: 'failed', fault, needsDecision });
    return { ok: false, fault, pendingId: id };
  }

  /** A file is gone, or is not what it was. */
  #needsDecision(
    id: string,
    { name, why }: { readonly name: string; readonly why: 'gone' | 'changed' },
  ): DeliveryResult {
    const fault: Fault = { kind: why === 'gone' ? 'unreadable-file' : 'file-changed', name };
    this.#deps.entries.record(id, { event: 'failed', fault, needsDecision: true });
    return { ok: false, fault, pendingId: id };
  }

  #remove(id: string): void {
    const entry = this.#deps.entries.get(id);
    if (entry !== undefined) this.#deps.entries.remove(id, this.#cleanupFor(entry));
  }

  #cleanupFor(entry: Entry): CleanupHead | undefined {
    const cleanup = cleanupOf(entry);
    return cleanup && cleanupHead(cleanup, this.#deps.newId(), this.#deps.now());
  }

  /** Ends the attempt of what was not delivered; the entry of a link is `sending` until `commit`. */
  #ended(id: string | undefined, result: DeliveryResult): DeliveryResult {
    if (id !== undefined && !result.ok) this.#deps.entries.record(id, { event: 'attempt-ended' });
    return result;
  }

  /** Ends when the user cancels, and when the entry is discarded. */
  #signals(
    signal: AbortSignal | undefined,
    id: string | undefined,
  ): { readonly signal?: AbortSignal } {
    const discarded = id === undefined ? undefined : this.#deps.entries.attempt(id)?.signal;
    const signals = [signal, discarded].filter((one) => one !== undefined);
    return signals.length === 0 ? {} : { signal: AbortSignal.any(signals) };
  }

  /** How long an earlier request may still create the link, in ms. */
  #unansweredMs({ linkRequestedAtMs }: Entry): number {
    if (linkRequestedAtMs === undefined) return 0;
    const sinceMs = this.#deps.now() - linkRequestedAtMs;
    const limitMs = this.#deps.unansweredMs ?? UNANSWERED_MS;
    return sinceMs >= 0 ? Math.max(0, limitMs - sinceMs) : 0;
  }
}

/** The result of an attempt that was running; whoever began it commits it. */
async function joined(running: Promise<DeliveryResult>): Promise<DeliveryResult> {
  const result = await running;
  return result.ok ? { ...result, commit: () => {} } : result;
}

/** Whether the service says that it has no such link; one that doesn't answer says nothing. */
async function isMissing(target: Target, assetIds: readonly string[]): Promise<boolean> {
  try {
    return (await target.find(assetIds)) === undefined;
  } catch {
    return false;
  }
}
