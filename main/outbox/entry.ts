import type { EntryHead, PinnedService, Step } from './schema.ts';

/** How long an entry waits before the person is asked about it, in ms: nothing leaves weeks later by surprise. */
export const KEPT_MS = 7 * 24 * 3_600_000;

/** An asset that was made on the service for an entry. */
export interface MadeAsset {
  readonly id: string;
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** An entry as it stands: what it is about, and what its steps came to. */
export interface Entry<Head extends EntryHead = EntryHead> {
  readonly head: Head;
  readonly service: PinnedService;
  readonly assets: ReadonlyMap<number, MadeAsset>;
  /** When the service was asked for the link, in ms since 1970; absent: it made none. */
  readonly linkingAtMs?: number;
  /** `sending` until its first failure. */
  readonly state: 'sending' | 'waiting' | 'held';
  readonly fault?: { readonly kind: string };
  /** In ms since 1970. */
  readonly keptUntilMs: number;
}

export function newEntry<Head extends EntryHead>(head: Head): Entry<Head> {
  return {
    head,
    service: head.service,
    assets: new Map(),
    state: 'sending',
    keptUntilMs: head.createdAtMs + KEPT_MS,
  };
}

/** The entry after one more step. Pure. */
export function after<Head extends EntryHead>(entry: Entry<Head>, step: Step): Entry<Head> {
  switch (step.step) {
    case 'asset': {
      const made = { id: step.id, ...(step.raw === undefined ? {} : { raw: step.raw }) };
      return { ...entry, assets: new Map(entry.assets).set(step.index, made) };
    }
    case 'no-assets':
      return { ...entry, assets: new Map() };
    case 'linking':
      return { ...entry, linkingAtMs: step.atMs };
    case 'not-linked':
      return withoutLinking(entry);
    case 'failed':
      return { ...entry, state: step.held ? 'held' : 'waiting', fault: step.fault };
    case 'pinned':
      return { ...withoutLinking(entry), service: step.service, assets: new Map() };
    case 'renamed':
      return { ...entry, head: { ...entry.head, name: step.name } };
    case 'kept':
      return { ...entry, keptUntilMs: step.atMs + KEPT_MS };
  }
}

function withoutLinking<Head extends EntryHead>(entry: Entry<Head>): Entry<Head> {
  const { linkingAtMs: _, ...rest } = entry;
  return rest;
}

/** Its assets, in the order of what it shares. */
export const assetIdsOf = ({ assets }: Entry): readonly string[] =>
  [...assets].sort(([a], [b]) => a - b).map(([, { id }]) => id);

/** What entries of one service have in common; Pieces OS and this computer are where they are. */
export function serviceKey({ kind, baseUrl }: PinnedService): string {
  return kind === 'custom' ? `custom ${baseUrl}` : kind;
}
