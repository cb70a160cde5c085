import type { OwnWrites } from '../clipboard/own-writes.ts';
import { createRestoreClipboard } from '../clipboard/restore-clipboard.ts';
import type { Failures } from '../failures/failures.ts';
import type { Targets } from '../targets/targets.ts';
import { type ChangeOptions, createChangeOptions } from './change-options.ts';
import type { WriteLink } from './copy-link.ts';
import { LinkActions } from './link-actions.ts';
import type { OpenCounts } from './open-counts.ts';
import type { RecentLinks } from './recent-links.ts';
import { createRenameLink, type RenameLink } from './rename-link.ts';
import { Revokes, type RevokesDeps } from './revoke-links.ts';
import { Undo } from './undo.ts';
import type { LinkAddressUpdater } from './update-addresses.ts';
import { createVerifyLinks, type VerifyLinks, type VerifyLinksDeps } from './verify-links.ts';

export interface LinkUseCasesDeps {
  readonly links: RecentLinks;
  readonly targets: Pick<Targets, 'capabilitiesOf' | 'of'>;
  readonly outbox: RevokesDeps['pending'] & VerifyLinksDeps['outbox'];
  readonly clipboard: OwnWrites;
  readonly writeLink: WriteLink;
  readonly address: Pick<LinkAddressUpdater, 'current'>;
  readonly opens: Pick<OpenCounts, 'known'>;
  readonly failures: Failures;
  readonly openExternal: (url: string) => Promise<void>;
  readonly wait: VerifyLinksDeps['wait'];
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/**
 * What users do with links: revoke, restore, undo, copy, open, test, rename, change options; and
 * the verification of what was revoked.
 */
export class LinkUseCases {
  readonly verification: VerifyLinks;
  readonly revokes: Revokes;
  readonly undo: Undo;
  readonly linkActions: LinkActions;
  readonly rename: RenameLink;
  readonly changeOptions: ChangeOptions;

  constructor(deps: LinkUseCasesDeps) {
    const { links, targets, outbox, clipboard, writeLink, address, failures, wait, now } = deps;
    this.verification = createVerifyLinks({
      links,
      targets,
      current: address.current,
      outbox,
      wait,
      now,
    });
    const { verification } = this;
    const restoreClipboard = createRestoreClipboard(clipboard);
    this.revokes = new Revokes({ links, targets, pending: outbox, failures, now });
    const { revokes } = this;
    this.undo = new Undo({
      links,
      revokes,
      targets,
      clipboard,
      writeLink,
      restoreClipboard,
      opens: deps.opens,
      failures,
      now,
    });
    const { undo } = this;
    this.linkActions = new LinkActions({
      links,
      failures,
      revokes,
      undo,
      writeLink,
      restoreClipboard,
      currentAddress: address.current,
      verification,
      openExternal: deps.openExternal,
      now,
    });
    this.rename = createRenameLink({ links, targets, failures, undo });
    this.changeOptions = createChangeOptions({ links, targets, failures, undo, now });
  }
}
