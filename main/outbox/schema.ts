import * as v from 'valibot';

/** Shown texts are cut at 200 characters, of which each may be several code units here. */
const SHOWN = 1_000;
const shown = (max: number) => v.pipe(v.string(), v.maxLength(max));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** The service that an entry is meant for; it goes to no other one. */
export const pinnedServiceSchema = v.object({
  kind: v.picklist(['built-in', 'pieces', 'custom']),
  name: shown(SHOWN),
  /** Where it was then; only a service at an address of its own is found again by it. */
  baseUrl: shown(2048),
});

const itemSchema = v.variant('kind', [
  v.object({
    kind: v.literal('text'),
    name: v.string(),
    ext: v.optional(shown(100)),
    text: v.string(),
  }),
  /** A text, or bytes, in a content file of the entry's own. */
  v.object({
    kind: v.picklist(['long-text', 'bytes']),
    name: v.string(),
    ext: v.optional(shown(100)),
    sizeBytes: whole,
  }),
  /** A file of the person's own, read again when it is sent; it must be what it was. */
  v.object({
    kind: v.literal('path'),
    name: v.string(),
    path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    sizeBytes: whole,
    modifiedMs: v.number(),
    withoutLocation: v.optional(v.boolean()),
  }),
]);

/** What an entry is about, written once. */
const headSchema = v.variant('type', [
  v.object({
    type: v.literal('share'),
    version: v.literal(1),
    id,
    createdAtMs: whole,
    service: pinnedServiceSchema,
    /** "Text, 312 characters". */
    what: shown(500),
    kind: v.picklist(['text', 'code', 'image', 'file', 'collection']),
    title: shown(SHOWN),
    sizeBytes: whole,
    /** A collection's name, where the person gave one. */
    name: v.optional(shown(SHOWN)),
    terms: v.record(v.string(), v.unknown()),
    items: v.pipe(v.array(itemSchema), v.minLength(1), v.maxLength(500)),
    /** Of what is shared, where and how: who presses again means the same share. */
    digest: shown(100),
    /** Of the clipboard at the press. */
    clipDigest: shown(100),
  }),
  v.object({
    type: v.literal('undo'),
    version: v.literal(1),
    id,
    createdAtMs: whole,
    service: pinnedServiceSchema,
    what: shown(500),
    /** The share to revoke; absent: whichever share stands over just these assets, if any. */
    shareId: v.optional(id),
    assetIds: v.pipe(v.array(id), v.maxLength(500)),
    /** When such a link was asked for whose answer never came: it may still be made. */
    linkingAtMs: v.optional(whole),
  }),
]);

/** What happened since, each a line of its own. */
export const stepSchema = v.variant('step', [
  /** `raw` where the link needs the asset whole. */
  v.object({
    step: v.literal('asset'),
    index: whole,
    id,
    raw: v.optional(v.record(v.string(), v.unknown())),
  }),
  /** Assets that the service no longer knows. */
  v.object({ step: v.literal('no-assets') }),
  /** Before the service is asked for the link: from now on it may have been made. */
  v.object({ step: v.literal('linking'), atMs: whole }),
  /** The service said that it made none. */
  v.object({ step: v.literal('not-linked') }),
  v.object({
    step: v.literal('failed'),
    /** Why, as a fault of the closed lists. */
    fault: v.looseObject({ kind: shown(100) }),
    /** Held: only the person can decide; else it is tried again. */
    held: v.boolean(),
  }),
  /** Meant for another service from now on. */
  v.object({ step: v.literal('pinned'), service: pinnedServiceSchema }),
  /** A collection that gets another name than it began with. */
  v.object({ step: v.literal('renamed'), name: shown(SHOWN) }),
  /** The person said that it may go on waiting. */
  v.object({ step: v.literal('kept'), atMs: whole }),
]);

export type PinnedService = Readonly<v.InferOutput<typeof pinnedServiceSchema>>;
export type KeptItem = Readonly<v.InferOutput<typeof itemSchema>>;
export type EntryHead = Readonly<v.InferOutput<typeof headSchema>>;
export type ShareHead = Extract<EntryHead, { readonly type: 'share' }>;
export type UndoHead = Extract<EntryHead, { readonly type: 'undo' }>;
export type Step = Readonly<v.InferOutput<typeof stepSchema>>;

/** Reads an entry's head; `undefined` when it is none, or of another version. */
export function readHead(value: unknown): EntryHead | undefined {
  const parsed = v.safeParse(headSchema, value);
  return parsed.success ? parsed.output : undefined;
}

export function readStep(value: unknown): Step | undefined {
  const parsed = v.safeParse(stepSchema, value);
  return parsed.success ? parsed.output : undefined;
}
