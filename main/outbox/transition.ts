import type { Entry } from './entry.ts';
import { PENDING_MS } from './entry.ts';
import type { EntryEvent, EntryHead } from './schema.ts';

/**
 * The outbox as a state machine: the entry after an event. Pure.
 *
 * | state            | event           | next                                                       |
 * |------------------|-----------------|------------------------------------------------------------|
 * | any              | attempt-started | sending                                                    |
 * | sending          | attempt-ended   | pending                                                    |
 * | any              | failed          | pending, or needs-decision when only the user can go on    |
 * | any              | asset-created   | unchanged; the asset is known from now on                  |
 * | any              | assets-lost     | unchanged; no asset is known any more                      |
 * | any              | link-requested  | unchanged; from now on the link may exist                  |
 * | any              | link-refused    | unchanged; the link does not exist                         |
 * | any              | retargeted      | unchanged; another service, with no assets and no link     |
 * | any              | renamed         | unchanged; another name for the collection                 |
 * | any              | extended        | unchanged; pending for seven more days                     |
 *
 * An entry leaves the outbox by `remove`: once it was delivered, discarded, or cannot be sent at all.
 */
export function transition<Head extends EntryHead>(
  entry: Entry<Head>,
  event: EntryEvent,
): Entry<Head> {
  switch (event.event) {
    case 'attempt-started':
      return { ...entry, state: 'sending' };
    case 'attempt-ended':
      return entry.state === 'sending' ? { ...entry, state: 'pending' } : entry;
    case 'failed':
      return {
        ...entry,
        state: event.needsDecision ? 'needs-decision' : 'pending',
        fault: event.fault,
      };
    case 'asset-created': {
      const { index, id, raw } = event;
      const asset = { id, ...(raw === undefined ? {} : { raw }) };
      return { ...entry, assets: new Map(entry.assets).set(index, asset) };
    }
    case 'assets-lost':
      return { ...entry, assets: new Map() };
    case 'link-requested':
      return { ...entry, linkRequestedAtMs: event.atMs };
    case 'link-refused':
      return withoutLinkRequest(entry);
    case 'retargeted':
      return { ...withoutLinkRequest(entry), service: event.service, assets: new Map() };
    case 'renamed':
      return { ...entry, head: { ...entry.head, name: event.name } };
    case 'extended':
      return { ...entry, pendingUntilMs: event.atMs + PENDING_MS };
  }
}

function withoutLinkRequest<Head extends EntryHead>(entry: Entry<Head>): Entry<Head> {
  const { linkRequestedAtMs: _, ...rest } = entry;
  return rest;
}
