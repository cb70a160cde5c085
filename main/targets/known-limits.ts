import type { Fault } from '../failures/faults.ts';
import { sizeOf } from '../linkify/http/upload.ts';
import type { ShareItem } from '../linkify/model.ts';
import { type TargetRef, targetId } from './target-ref.ts';

/** A service may take more tomorrow: a refusal is remembered for a day, in ms. */
const REMEMBERED_MS = 24 * 3_600_000;
/** Less than this is quickly sent, and refused for other reasons than its size, in bytes. */
const WORTH_BYTES = 1_000_000;

/** Sizes a service rejected, so as much isn't uploaded again. */
export interface KnownLimits {
  /** Remembers what a refusal tells; all other faults tell nothing here. */
  refused(service: TargetRef, fault: Fault): void;
  /** Forgets a refusal that was disproved. */
  accepted(service: TargetRef, items: readonly ShareItem[]): void;
  /** Why these would be refused; `undefined` where nobody knows. */
  faultFor(service: TargetRef, items: readonly ShareItem[]): Fault | undefined;
}

/** @param now ms that only grow */
export function createKnownLimits(now: () => number): KnownLimits {
  const refusals = new Map<string, { readonly bytes: number; readonly atMs: number }>();
  const known = (service: TargetRef): number => {
    const refusal = refusals.get(targetId(service));
    if (refusal === undefined || now() - refusal.atMs > REMEMBERED_MS) return Infinity;
    return refusal.bytes;
  };
  return {
    refused(service, fault) {
      if (fault.kind !== 'too-large' || fault.sizeBytes < WORTH_BYTES) return;
      // A limit of our own is known anyway.
      if (fault.limitBytes !== undefined || fault.refusedBytes !== undefined) return;
      if (fault.sizeBytes >= known(service)) return;
      refusals.set(targetId(service), { bytes: fault.sizeBytes, atMs: now() });
    },
    accepted(service, items) {
      const bytes = known(service);
      if (bytes !== Infinity && largest(items) >= bytes) refusals.delete(targetId(service));
    },
    faultFor(service, items) {
      const refusedBytes = known(service);
      if (refusedBytes === Infinity) return undefined;
      const sizeBytes = largest(items);
      return sizeBytes < refusedBytes ? undefined : { kind: 'too-large', sizeBytes, refusedBytes };
    },
  };
}

const largest = (items: readonly ShareItem[]): number => Math.max(...items.map(sizeOf));
