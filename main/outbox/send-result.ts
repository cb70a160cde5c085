import type { ShareTerms } from '../../preload/contract.ts';
import type { Content } from '../clipboard/content.ts';
import type { Fault } from '../failures/faults.ts';
import type { Prepared } from '../items/prepare-items.ts';
import type { CallOptions } from '../linkify/model.ts';
import type { RecentLink } from '../links/schema.ts';

/** What a key press shares. */
export interface ToSend {
  readonly prepared: Prepared;
  readonly terms: ShareTerms;
  readonly clip: Content;
  readonly options: Pick<CallOptions, 'signal' | 'onProgress' | 'onUploading'>;
  /** Called once it is in the outbox: from then on it survives the end of the app. */
  readonly onPending?: () => void;
}

export type Sent =
  | {
      readonly ok: true;
      readonly link: RecentLink;
      /** Made by this computer in place of this service. */
      readonly insteadOf?: string;
      /** Puts the link on the list, and takes the share out of the outbox. */
      settle(): void;
    }
  | {
      readonly ok: false;
      readonly fault: Fault;
      /** Its entry in the outbox, where it is kept. */
      readonly keptId?: string;
      /** Nothing was tried: its link may still come, and is looked for again after so many ms. */
      readonly laterMs?: number;
    };
