import { faultOf, SharingError } from '../failures/faults.ts';
import type { PreparedItem } from '../items/prepare-items.ts';
import { optionsFault, withDefaults } from '../items/share-options.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { Share } from '../linkify/model.ts';
import { recentLinkOf } from '../links/new-recent-link.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { RecentLink } from '../links/schema.ts';
import type { ShareOptions } from '../share-options.ts';
import type { KnownLimits } from '../targets/known-limits.ts';
import type { Target } from '../targets/target.ts';
import { targetId } from '../targets/target-ref.ts';
import type { DeliveryResult, Outgoing } from './delivery-result.ts';
import type { Entries } from './entries.ts';
import { createJournal } from './journal.ts';
import type { Cleanup } from './remote-cleanup.ts';

export interface ShareSenderDeps {
  readonly entries: Entries;
  readonly links: RecentLinks;
  /** What services were found to accept. */
  readonly limits: Pick<KnownLimits, 'accepted' | 'refused'>;
  readonly defaultOptions: () => ShareOptions;
  /** Revokes a share and deletes its assets, now or later. */
  readonly cleanUp: (cleanup: Cleanup) => Promise<boolean>;
  /** The link is on the list. `item`: the first one behind it. */
  readonly onCreated: (link: RecentLink, item: PreparedItem) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Sends a share to a target once; what follows from a failure is up to `Delivery`. */
export class ShareSender {
  readonly #deps: ShareSenderDeps;

  constructor(deps: ShareSenderDeps) {
    this.#deps = deps;
  }

  /**
   * Creates the link of a share.
   * @param id its entry in the outbox; `undefined`: it has none
   * @returns the link, which `commit` puts on the list
   * @throws LinkifyError | SharingError
   */
  async send(target: Target, outgoing: Outgoing, id: string | undefined): Promise<DeliveryResult> {
    const { entries, links, now, onCreated } = this.#deps;
    const { prepared, piecesProblem } = outgoing;
    const share = await this.#requestLink(target, outgoing, id);
    await this.#revokeIfCancelled(share, target, outgoing);
    const service = target.ref;
    const known = links.get(share.id);
    // The list is keyed by id: a response must not replace a link of another service.
    if (known !== undefined && targetId(known.service) !== targetId(service)) {
      throw new LinkifyError({ kind: 'bad-response', reason: 'wrong-shape', outcomeUnknown: true });
    }
    const link = recentLinkOf(share, prepared, service, now(), piecesProblem);
    const commit = (): void => {
      if (id === undefined) links.add(link);
      else entries.removeDelivered(id, link);
      onCreated(link, prepared.items[0]);
    };
    return { ok: true, link, commit };
  }

  async #requestLink(
    target: Target,
    { prepared, shareOptions, call }: Outgoing,
    id: string | undefined,
  ): Promise<Share> {
    const { defaultOptions, entries, limits, now } = this.#deps;
    // A server by URL tells only now what it can do.
    await target.connect(call);
    const refused = optionsFault(shareOptions, prepared, target.capabilities);
    if (refused !== undefined) throw new SharingError(refused);
    const journal = id === undefined ? undefined : createJournal(entries, id, now);
    try {
      const wishes = withDefaults(shareOptions, defaultOptions());
      const { items, name } = prepared;
      const share = await target.share(items, wishes, { ...call, name, journal });
      limits.accepted(target.ref, items);
      return share;
    } catch (error) {
      limits.refused(target.ref, faultOf(error));
      throw error;
    }
  }

  /** Cancelled while the response was on its way. */
  async #revokeIfCancelled(share: Share, target: Target, outgoing: Outgoing): Promise<void> {
    if (!outgoing.call.signal?.aborted) return;
    const { id: shareId, assetIds } = share;
    const what = outgoing.prepared.description.slice(0, 500);
    await this.#deps.cleanUp({ service: target.ref, what, shareId, assetIds });
    throw new LinkifyError({ kind: 'cancelled' });
  }
}
