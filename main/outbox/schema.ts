import * as v from 'valibot';
import { shareOptionsSchema } from '../share-options.ts';
import { PIECES_PROBLEMS } from '../targets/pieces-status.ts';
import { targetRefSchema } from '../targets/target-ref.ts';
import { storedFault } from './stored-fault.ts';

/** Shown texts are cut at 200 characters, of which each may be several code units here. */
const SHOWN = 1_000;
const shown = (max: number) => v.pipe(v.string(), v.maxLength(max));
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const itemSchema = v.variant('kind', [
  v.object({
    kind: v.literal('text'),
    name: v.string(),
    ext: v.optional(shown(100)),
    text: v.string(),
  }),
  /** A text, or bytes, in a content file of the entry. */
  v.object({
    kind: v.picklist(['long-text', 'bytes']),
    name: v.string(),
    ext: v.optional(shown(100)),
    sizeBytes: whole,
  }),
  /** A file of the user's, read again when it is sent; it must not have changed. */
  v.object({
    kind: v.literal('path'),
    name: v.string(),
    path: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    sizeBytes: whole,
    modifiedMs: v.number(),
    withoutLocation: v.optional(v.boolean()),
  }),
]);

/** What an entry is about; written once. */
const headSchema = v.variant('type', [
  v.object({
    type: v.literal('share'),
    version: v.literal(1),
    id,
    createdAtMs: whole,
    service: targetRefSchema,
    /** Why it goes to this computer, although Pieces OS is preferred. */
    piecesProblem: v.optional(v.picklist(PIECES_PROBLEMS)),
    /** "Text, 312 characters". */
    what: shown(500),
    kind: v.picklist(['text', 'code', 'image', 'file', 'collection']),
    title: shown(SHOWN),
    sizeBytes: whole,
    /** A collection's name, if the user gave one. */
    name: v.optional(shown(SHOWN)),
    shareOptions: shareOptionsSchema,
    items: v.pipe(v.array(itemSchema), v.minLength(1), v.maxLength(500)),
    /** Of the items, service and options: the same press again is the same share. */
    digest: shown(100),
    /** Of the clipboard when the shortcut was pressed. */
    clipDigest: shown(100),
  }),
  v.object({
    type: v.literal('cleanup'),
    version: v.literal(1),
    id,
    createdAtMs: whole,
    service: targetRefSchema,
    what: shown(500),
    /** The share to revoke; absent: the share of exactly these assets, if there is one. */
    shareId: v.optional(id),
    assetIds: v.pipe(v.array(id), v.maxLength(500)),
    /** Their share is revoked: only the assets are left. */
    isRevoked: v.exactOptional(v.literal(true)),
    /** When a link over them was requested whose response never came: it may still be created. */
    linkRequestedAtMs: v.optional(whole),
  }),
]);

/** What happened to an entry since; transition.ts says what each event does. */
const storedEventSchema = v.variant('event', [
  /** `raw` where the link request needs the whole asset. */
  v.object({
    event: v.literal('asset-created'),
    index: whole,
    id,
    raw: v.optional(v.record(v.string(), v.unknown())),
  }),
  /** The service no longer knows them. */
  v.object({ event: v.literal('assets-lost') }),
  /** Stored before the service is asked for the link: from now on the link may exist. */
  v.object({ event: v.literal('link-requested'), atMs: whole }),
  v.object({ event: v.literal('link-refused') }),
  v.object({
    event: v.literal('failed'),
    fault: storedFault,
    needsDecision: v.boolean(),
  }),
  v.object({ event: v.literal('retargeted'), service: targetRefSchema }),
  v.object({ event: v.literal('renamed'), name: shown(SHOWN) }),
  v.object({ event: v.literal('extended'), atMs: whole }),
]);

export type StoredItem = Readonly<v.InferOutput<typeof itemSchema>>;
export type EntryHead = Readonly<v.InferOutput<typeof headSchema>>;
export type ShareHead = Extract<EntryHead, { readonly type: 'share' }>;
export type CleanupHead = Extract<EntryHead, { readonly type: 'cleanup' }>;
/** Survives the end of the process. */
export type StoredEvent = Readonly<v.InferOutput<typeof storedEventSchema>>;
export type EntryEvent =
  | StoredEvent
  | { readonly event: 'attempt-started' }
  | { readonly event: 'attempt-ended' };

/** @returns `undefined` for anything but a head of this version */
export function readHead(value: unknown): EntryHead | undefined {
  const parsed = v.safeParse(headSchema, value);
  return parsed.success ? parsed.output : undefined;
}

export function readEvent(value: unknown): StoredEvent | undefined {
  const parsed = v.safeParse(storedEventSchema, value);
  return parsed.success ? parsed.output : undefined;
}
