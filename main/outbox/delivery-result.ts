import type { ShareOptions } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { Fault } from '../failures/faults.ts';
import type { Prepared } from '../items/prepare-items.ts';
import type { CallOptions } from '../linkify/model.ts';
import type { RecentLink } from '../links/schema.ts';
import type { PiecesProblem } from '../targets/pieces-status.ts';

/** What is sent. */
export interface Outgoing {
  readonly prepared: Prepared;
  readonly shareOptions: ShareOptions;
  readonly call: Pick<CallOptions, 'signal' | 'onProgress' | 'onUploading'>;
  /** Why it goes to this computer, although Pieces OS is preferred. */
  readonly piecesProblem?: PiecesProblem | undefined;
}

/** What the user shares. */
export interface NewShare extends Outgoing {
  /** What was on the clipboard. */
  readonly clip: Content;
  /** Called once it is in the outbox: from then on it survives the end of the app. */
  readonly onPending?: () => void;
}

export type DeliveryResult =
  | {
      readonly ok: true;
      readonly link: RecentLink;
      /** This computer created it in place of this service. */
      readonly insteadOf?: string;
      /** Puts the link on the list, and removes the share from the outbox. */
      commit(): void;
    }
  | {
      readonly ok: false;
      readonly fault: Fault;
      /** The entry in the outbox, if the share is pending. */
      readonly pendingId?: string;
      /** Nothing was sent: an earlier request may still create the link. The next attempt is due then. */
      readonly retryInMs?: number;
    };
