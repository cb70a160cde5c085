import type { LinkView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { isExpired } from '../links/link-state.ts';
import type { LinkUseCases } from '../links/link-use-cases.ts';
import type { OpenCounts } from '../links/open-counts.ts';
import type { RecentLink } from '../links/schema.ts';
import { confirmedOptionsOf } from '../share-options.ts';
import { targetName } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';

export interface LinkViewsDeps {
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly linkUseCases: Pick<LinkUseCases, 'revokes' | 'undo' | 'verification'>;
  readonly opens: Pick<OpenCounts, 'of'>;
  readonly messages: Messages;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Links as the window shows them. Reads their owners and changes nothing. */
export class LinkViews {
  readonly #deps: LinkViewsDeps;

  constructor(deps: LinkViewsDeps) {
    this.#deps = deps;
  }

  of(link: RecentLink): LinkView {
    const { linkUseCases, opens, targets, messages, now } = this.#deps;
    const { revokes, undo, verification } = linkUseCases;
    const { id, kind, title, sizeBytes, count, service, createdAtMs, state, ended } = link;
    const { changeExpiration, restore } = targets.capabilitiesOf(service);
    const restorableUntilMs = revokes.restorableUntilMs(id);
    return {
      id,
      kind,
      title,
      sizeBytes,
      count,
      link: link.link,
      serviceName: targetName(service, messages),
      createdAtMs,
      ...confirmedOptionsOf(link),
      ...(ended === undefined ? {} : { ended }),
      ...verification.of(id),
      state: revokes.isRevoking(id)
        ? 'revoking'
        : state !== 'revoked' && revokes.isPending(id)
          ? 'revoke-pending'
          : state,
      ...opens.of(id),
      canChange: changeExpiration && state === 'active' && !isExpired(link, now()),
      revokesWithUndo: restore,
      ...(restorableUntilMs === undefined ? {} : { restorableUntilMs }),
      canUndo: undo.canUndo(link),
    };
  }
}

/**
 * Views of the list, where what did not change stays the same object: only so can it be seen
 * cheaply what is new among thousands.
 */
export function createListViews(
  view: (link: RecentLink) => LinkView,
): (links: readonly RecentLink[]) => readonly LinkView[] {
  let before = new Map<string, LinkView>();
  return (links) => {
    const now = new Map<string, LinkView>();
    const views = links.map((link) => {
      const fresh = view(link);
      const known = before.get(link.id);
      const current = known !== undefined && isSame(known, fresh) ? known : fresh;
      now.set(link.id, current);
      return current;
    });
    before = now;
    return views;
  };
}

function isSame(a: LinkView, b: LinkView): boolean {
  const names = Object.keys(b) as (keyof LinkView)[];
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}
