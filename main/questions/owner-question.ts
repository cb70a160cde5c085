import { UNKNOWN_UID } from '../linkify/peer/verified-agent.ts';
import type { Question } from './questions.ts';

/** Unanswered, it is asked again later, and nothing is remembered. */
export type OwnerAnswer = 'no' | 'yes' | 'later';

/** A program of another user of this computer, at the address of a service. */
export interface ForeignProgram {
  /** At the address of a custom server; else in place of Pieces OS. */
  readonly isServer: boolean;
  readonly port: number;
  readonly uid: number;
}

/** Asks whether another user's program may be used as a service. */
export function ownerQuestion({ isServer, port, uid }: ForeignProgram): Question<OwnerAnswer> {
  // As text: ports and user ids are no amounts.
  const at = { port: String(port) };
  const by = { ...at, uid: String(uid) };
  const isKnown = uid !== UNKNOWN_UID;
  return {
    text: (messages) => ({
      title: messages.t(isServer ? 'foreignTitle' : 'unverifiedTitle'),
      sentence: isServer
        ? isKnown
          ? messages.t('foreignAsk', by)
          : messages.t('foreignAskUnknown', at)
        : isKnown
          ? messages.t('unverifiedAsk', by)
          : messages.t('unverifiedAskUnknown', at),
      choices: [
        { id: 'no', label: messages.t('unverifiedNo') },
        { id: 'yes', label: messages.t('unverifiedYes') },
      ],
      cancelId: 'no',
    }),
    unanswered: 'later',
    confirmed: ['yes'],
  };
}
