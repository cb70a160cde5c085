import type { LinkView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { isExpired } from '../links/link-state.ts';
import type { LinkThumbnails } from '../links/link-thumbnails.ts';
import type { LinkUseCases } from '../links/link-use-cases.ts';
import type { OpenCounts } from '../links/open-counts.ts';
import type { RecentLink } from '../links/schema.ts';
import { confirmedOptionsOf } from '../share-options.ts';
import { piecesProblemText, targetName } from '../targets/target-view.ts';
import type { Targets } from '../targets/targets.ts';

export interface LinkViewsDeps {
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly linkUseCases: Pick<LinkUseCases, 'revokes' | 'undo' | 'verification'>;
  readonly opens: Pick<OpenCounts, 'of'>;
  readonly thumbnails: Pick<LinkThumbnails, 'has'>;
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
    const { linkUseCases, opens, targets, thumbnails, messages, now } = this.#deps;
    const { revokes, undo, verification } = linkUseCases;
    const { id, kind, title, sizeBytes, count, service, createdAtMs, state, ended } = link;
    const { piecesProblem, revokedAtMs } = link;
    const { changeOptions, restore } = targets.capabilitiesOf(service);
    const restorableUntilMs = revokes.restorableUntilMs(id);
    return {
      id,
      kind,
      title,
      sizeBytes,
      count,
      link: link.link,
      serviceName: targetName(service, messages),
      ...(piecesProblem === undefined
        ? {}
        : { serviceNote: piecesProblemText(piecesProblem, messages) }),
      createdAtMs,
      ...(thumbnails.has(id) ? { thumbnail: `thumbnails/links/${encodeURIComponent(id)}` } : {}),
      ...confirmedOptionsOf(link),
      ...(ended === undefined ? {} : { ended }),
      ...(revokedAtMs === undefined ? {} : { revokedAtMs }),
      ...verification.of(id),
      state: revokes.isRevoking(id)
        ? 'revoking'
        : state !== 'revoked' && revokes.isPending(id)
          ? 'revoke-pending'
          : state,
      ...opens.of(id),
      canChange: changeOptions && state === 'active' && !isExpired(link, now()),
      revokesWithUndo: restore,
      ...(restorableUntilMs === undefined ? {} : { restorableUntilMs }),
      canUndo: undo.canUndo(link),
    };
  }
}

/**
 * Views of the list. Only those of links that changed are computed again, so that an open costs the
 * same in a list of ten as in one of ten thousand. The others stay the same objects: what is new
 * among thousands is found by comparing references.
 */
export class ListViews {
  readonly #view: (link: RecentLink) => LinkView;
  #links: readonly RecentLink[] = [];
  #views: readonly LinkView[] = [];
  /** Where each link is in both; absent until it is needed. */
  #positions: ReadonlyMap<string, number> | undefined;
  /** Links whose view is outdated. */
  readonly #outdated = new Set<string>();
  #isAllOutdated = false;

  constructor(view: (link: RecentLink) => LinkView) {
    this.#view = view;
  }

  /** The views of these links are computed again when next read. */
  invalidate(ids: readonly string[]): void {
    for (const id of ids) this.#outdated.add(id);
  }

  invalidateAll(): void {
    this.#isAllOutdated = true;
  }

  of(links: readonly RecentLink[]): readonly LinkView[] {
    if (links !== this.#links || this.#isAllOutdated) this.#followList(links);
    else if (this.#outdated.size > 0) this.#replaceOutdated();
    this.#outdated.clear();
    this.#isAllOutdated = false;
    return this.#views;
  }

  #followList(links: readonly RecentLink[]): void {
    const before = new Map(this.#views.map((view) => [view.id, view]));
    const isOutdated = (id: string): boolean => this.#isAllOutdated || this.#outdated.has(id);
    this.#views = links.map((link) => {
      const known = before.get(link.id);
      return known !== undefined && !isOutdated(link.id) ? known : this.#fresh(link, known);
    });
    this.#links = links;
    this.#positions = undefined;
  }

  #replaceOutdated(): void {
    this.#positions ??= new Map(this.#links.map(({ id }, at) => [id, at]));
    const views = [...this.#views];
    let isChanged = false;
    for (const id of this.#outdated) {
      const at = this.#positions.get(id);
      const link = at === undefined ? undefined : this.#links[at];
      if (at === undefined || link === undefined) continue;
      const view = this.#fresh(link, views[at]);
      isChanged ||= view !== views[at];
      views[at] = view;
    }
    if (isChanged) this.#views = views;
  }

  /** The same object where nothing is different. */
  #fresh(link: RecentLink, known: LinkView | undefined): LinkView {
    const view = this.#view(link);
    return known !== undefined && isSame(known, view) ? known : view;
  }
}

function isSame(a: LinkView, b: LinkView): boolean {
  const names = Object.keys(b) as (keyof LinkView)[];
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}
