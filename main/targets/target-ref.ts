import * as v from 'valibot';
import { TARGET_KINDS } from '../settings/table.ts';

/** Names are cut at 200 characters, of which each may be several code units here. */
const MAX_NAME = 1_000;

/**
 * What a link or a pending share stores of its target: enough to find it again after a restart,
 * and to show it. Only this folder reads what is in it, but for the name.
 */
export const targetRefSchema = v.object({
  kind: v.picklist(TARGET_KINDS),
  /** "This computer", "share.example". */
  name: v.pipe(v.string(), v.maxLength(MAX_NAME)),
  /** Where it was then. Only a server by URL is found again by it: the others may have moved. */
  baseUrl: v.pipe(v.string(), v.maxLength(2048)),
  /** Whether a server by URL has identified itself as our own. */
  isOurServer: v.optional(v.boolean()),
});

export type TargetRef = Readonly<v.InferOutput<typeof targetRefSchema>>;

/** `this-computer`, `pieces`, or a server's URL. */
export type TargetId = string;

/** Two references with the same id belong to the same target. */
export function targetId({ kind, baseUrl }: Pick<TargetRef, 'kind' | 'baseUrl'>): TargetId {
  switch (kind) {
    case 'built-in':
      return 'this-computer';
    case 'pieces':
      return 'pieces';
    case 'custom':
      return baseUrl;
  }
}
