import type { LinkFormat } from '../../preload/contract.ts';
import type { RestoreClipboard } from '../clipboard/restore-clipboard.ts';
import type { Failures, Result } from '../failures/failures.ts';
import { faultOf, SharingError } from '../failures/faults.ts';
import type { LinkCheckResult } from '../linkify/check-link.ts';
import type { WriteLink } from './copy-link.ts';
import { mayOpen } from './link-state.ts';
import type { RecentLinks } from './recent-links.ts';
import type { Revokes } from './revoke-links.ts';
import type { RecentLink } from './schema.ts';
import type { Undo } from './undo.ts';
import type { VerifyLinks } from './verify-links.ts';

export interface LinkActionsDeps {
  readonly links: Pick<RecentLinks, 'get' | 'remove'>;
  readonly failures: Failures;
  readonly revokes: Revokes;
  readonly undo: Undo;
  readonly writeLink: WriteLink;
  readonly restoreClipboard: Pick<RestoreClipboard, 'copied'>;
  /** A link at the address where it opens now; `undefined` while that is not known. */
  readonly currentAddress: (link: RecentLink) => Promise<RecentLink | undefined>;
  readonly verification: Pick<VerifyLinks, 'test'>;
  readonly openExternal: (url: string) => Promise<void>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** What people do with a link on the list. A link is named by its id, never by an address. */
export class LinkActions {
  readonly #deps: LinkActionsDeps;

  constructor(deps: LinkActionsDeps) {
    this.#deps = deps;
  }

  /** @param format absent: the format in the settings */
  copy(id: string, format?: LinkFormat): Promise<Result<null>> {
    const { failures, restoreClipboard, writeLink } = this.#deps;
    return this.#withLink(id, async (link) => {
      try {
        await writeLink(link, format);
      } catch (cause) {
        const why =
          faultOf(cause).kind === 'clipboard-needs-focus' ? ({ needsFocus: true } as const) : {};
        throw new SharingError({ kind: 'link-not-copied', linkId: id, ...why }, { cause });
      }
      failures.copied(id);
      // A link that someone puts there on purpose stays.
      restoreClipboard.copied(id);
      return null;
    });
  }

  open(id: string): Promise<Result<null>> {
    return this.#withLink(id, async ({ link }) => {
      await this.#deps.openExternal(link);
      return null;
    });
  }

  /** Follows a link to see whether it opens. */
  test(id: string): Promise<Result<LinkCheckResult>> {
    return this.#withLink(id, (link) => this.#deps.verification.test(link));
  }

  /**
   * Removes links that ended from the list, all or none: one that still opens would have no way to be
   * revoked here.
   */
  async remove(ids: readonly string[]): Promise<Result<null>> {
    const { failures, links, now, revokes, undo } = this.#deps;
    for (const id of ids) {
      const link = links.get(id);
      if (link === undefined) return { ok: false, failure: failures.of({ kind: 'unknown-link' }) };
      if (mayOpen(link, now())) {
        return { ok: false, failure: failures.of({ kind: 'link-is-active' }) };
      }
    }
    links.remove(...ids);
    for (const id of ids) revokes.remove(id);
    undo.invalidate();
    return { ok: true, value: null };
  }

  /** With the link at its address of now. */
  async #withLink<T>(id: string, act: (link: RecentLink) => Promise<T>): Promise<Result<T>> {
    const { currentAddress, failures, links } = this.#deps;
    const link = links.get(id);
    if (link === undefined) return { ok: false, failure: failures.of({ kind: 'unknown-link' }) };
    return { ok: true, value: await act((await currentAddress(link)) ?? link) };
  }
}
