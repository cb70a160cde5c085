import type { HistoryEntry } from '../clipboard/clip-history.ts';
import type { Clip, Content } from '../clipboard/content.ts';
import {
  type CopyChoices,
  type CopyDecision,
  type CopyModeHistory,
  decideOnCopy,
} from '../clipboard/copy-modes.ts';
import { describeContent, inspect } from '../clipboard/describe-content.ts';
import type { Messages } from '../i18n/messages.ts';
import type { FindOwnLink } from '../links/find-own-link.ts';
import type { FindSecrets } from '../secrets/scanner.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import { type Notice, offerNotice } from './notices.ts';

export interface CopyModesDeps {
  readonly settings: { values(): CopyChoices };
  readonly findSecrets: FindSecrets;
  readonly messages: Messages;
  /** A link of ours is neither offered nor shared again. */
  readonly findOwnLink: FindOwnLink;
  readonly notify: (notice: Notice) => void;
  /** Shares what nobody asked for this time: what looks like a secret is let go without a question. */
  readonly shareUnasked: (source: ShareSource) => Promise<unknown>;
  /** Any clock, in ms. */
  readonly now: () => number;
}

/** Decides what to do with what was copied, and does it; `entry`: its place in the history, if any. */
export type CopyModes = (clip: Clip, entry: HistoryEntry | undefined) => Promise<CopyDecision>;

/** Does after a copy what the user chose for its kind: nothing, a quiet offer, or a share. */
export function createCopyModes(deps: CopyModesDeps): CopyModes {
  const { messages, now } = deps;
  let past: CopyModeHistory = { offersMs: [], sharesMs: [] };

  const decide = async ({ content, concealed }: Clip): Promise<CopyDecision> => {
    const { offerToShare, shareAutomatically } = deps.settings.values();
    // Nothing is scanned for nothing.
    if (offerToShare === 'off' && shareAutomatically === 'off') return 'nothing';
    if (deps.findOwnLink(content) !== undefined) return 'nothing';
    const kind = inspect(content, messages).kind;
    const scan = content.kind === 'text' ? await deps.findSecrets(content.text) : undefined;
    const chosen = { offerToShare, shareAutomatically };
    return decideOnCopy({ kind, concealed, scan }, chosen, past, now());
  };

  const sourceOf = (content: Content, entry: HistoryEntry | undefined): ShareSource =>
    entry === undefined ? { from: 'clipboard' } : { from: 'clips', contents: [content] };

  return async (clip, entry) => {
    const decision = await decide(clip);
    if (decision === 'offer') {
      past = { ...past, offersMs: [...past.offersMs, now()].slice(-1) };
      deps.notify(offerNotice(describeContent(clip.content, messages), entry, messages));
    } else if (decision === 'share') {
      past = { ...past, sharesMs: [...past.sharesMs, now()].slice(-20) };
      await deps.shareUnasked(sourceOf(clip.content, entry));
    }
    return decision;
  };
}
