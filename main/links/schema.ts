import * as v from 'valibot';
import { confirmedOptionsSchema, SHARE_ENDS, timeMs as time } from '../share-options.ts';
import { PIECES_PROBLEMS } from '../targets/pieces-status.ts';
import { targetRefSchema } from '../targets/target-ref.ts';

const shownText = (max: number) => v.pipe(v.string(), v.maxLength(max));
/** Titles and names are cut at 200 characters, of which each may be several code units here. */
const SHOWN = 1_000;
export const MAX_ASSETS = 500;
const wholeNumber = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** One link that was made, as it is kept on disk. Nothing of what was shared but its title. */
export const recentLinkSchema = v.object({
  /** The share's id, as the service that made it named it. */
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  kind: v.picklist(['text', 'code', 'image', 'file', 'collection']),
  title: shownText(SHOWN),
  sizeBytes: wholeNumber,
  /** Number of things behind the link. */
  count: wholeNumber,
  link: v.pipe(v.string(), v.maxLength(2048), v.regex(/^https?:\/\//i)),
  /** The target that created it, where it is revoked. */
  service: targetRefSchema,
  /** Why this computer created it, although Pieces OS was preferred. */
  piecesProblem: v.optional(v.picklist(PIECES_PROBLEMS)),
  /** In ms since 1970. */
  createdAtMs: time,
  ...confirmedOptionsSchema.entries,
  /** When it was revoked, or was seen to have ended. */
  revokedAtMs: v.optional(time),
  /** When a revoked link was seen to be dead, in ms since 1970. */
  confirmedRevokedAtMs: v.optional(time),
  /** Revoked with a way back: its service ends it for good then, in ms since 1970; absent once it has. */
  closedUntilMs: v.optional(time),
  /** How it ended by itself, where that was seen; its state is `revoked` then. */
  ended: v.optional(v.object({ how: v.picklist(SHARE_ENDS), atMs: time })),
  /** `failed`: the last try to revoke it did not succeed, so it may still open. */
  state: v.picklist(['active', 'revoked', 'failed']),
  /** The assets behind it on the service, in order. */
  assetIds: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(MAX_ASSETS)),
});

export type RecentLink = Readonly<v.InferOutput<typeof recentLinkSchema>>;
