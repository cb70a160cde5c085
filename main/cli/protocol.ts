import * as v from 'valibot';
import { SHARE_ENDS, shareOptionsSchema, timeMs } from '../share-options.ts';
import { MAX_URL_TEXT } from './share-url.ts';

/**
 * What a command and the running app say to each other over the socket: lines of JSON. Both begin
 * with a greeting, which has the version of the protocol; the command continues at once, without
 * waiting for the app's. Then a command sends its request, and pieces of content if it has any; the
 * app sends progress, and at last the result. A cancel, or the end of the connection, cancels a share.
 */
export const PROTOCOL = 1;

/** The longest line, in characters: a command line is at most some MB long (ARG_MAX on Linux is 2 MiB). */
export const MAX_LINE = 16_000_000;

/** The most that stdin may have, in bytes: it is in memory until it is shared. */
export const MAX_CONTENT_BYTES = 100_000_000;

const link = v.pipe(v.string(), v.minLength(1), v.maxLength(2_048));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const shared = { options: v.exactOptional(shareOptionsSchema), name: v.exactOptional(name) };
const kind = <Kind extends string>(value: Kind) => ({ kind: v.literal(value) });

/** What a command line can ask of the running app. */
export const appCommandSchema = v.variant('kind', [
  v.strictObject({ ...kind('share-clipboard'), ...shared }),
  /** Absolute paths and URIs of files, at least one. */
  v.strictObject({
    ...kind('share-files'),
    paths: v.pipe(v.array(v.string()), v.minLength(1), v.readonly()),
    ...shared,
  }),
  /** What stdin has follows the request. */
  v.strictObject({ ...kind('share-content'), ...shared }),
  /** The text of a share URL, which the user has to confirm. */
  v.strictObject({
    ...kind('share-text'),
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_URL_TEXT)),
  }),
  v.strictObject(kind('list')),
  /** A link by its id, its URL, or its place in the list, from 1; absent: the newest. */
  v.strictObject({ ...kind('copy'), link: v.exactOptional(link) }),
  v.strictObject({ ...kind('open'), link: v.exactOptional(link) }),
  v.strictObject({ ...kind('revoke'), link }),
  v.strictObject(kind('undo')),
  v.strictObject(kind('status')),
  v.strictObject(kind('settings')),
  v.strictObject({ ...kind('get-settings'), name: v.exactOptional(v.string()) }),
  v.strictObject({ ...kind('set-setting'), name: v.string(), value: v.string() }),
  v.strictObject(kind('quit')),
]);

export type AppCommand = Readonly<v.InferOutput<typeof appCommandSchema>>;

const greetingSchema = v.object({
  protocol: v.pipe(v.number(), v.safeInteger()),
  /** Of the app, for messages. */
  version: v.pipe(v.string(), v.maxLength(100)),
});

export type Greeting = Readonly<v.InferOutput<typeof greetingSchema>>;

const requestSchema = v.strictObject({
  command: appCommandSchema,
  /** Whether progress is wanted. */
  progress: v.exactOptional(v.literal(true)),
  /** The result is sent as soon as the app has the command, and nothing cancels it. */
  noWait: v.exactOptional(v.literal(true)),
});

export type Request = Readonly<v.InferOutput<typeof requestSchema>>;

const partSchema = v.union([
  v.strictObject({ content: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)) }),
  v.strictObject({ end: v.literal(true) }),
  v.strictObject({ cancel: v.literal(true) }),
]);

/** A link, as scripts get it. */
const linkSchema = v.object({
  id: v.string(),
  link: v.string(),
  title: v.string(),
  kind: v.string(),
  state: v.picklist(['active', 'failed', ...SHARE_ENDS]),
  sizeBytes: v.number(),
  /** ISO 8601. */
  createdAt: v.string(),
  expiresAt: v.exactOptional(v.string()),
  once: v.exactOptional(v.boolean()),
  maxOpens: v.exactOptional(v.number()),
  password: v.exactOptional(v.boolean()),
  opens: v.exactOptional(v.number()),
});

export type LinkRecord = Readonly<v.InferOutput<typeof linkSchema>>;

const statusSchema = v.object({
  version: v.string(),
  /** Of the running app. */
  processId: v.number(),
  /** The link service that new links come from, and how it is. */
  service: v.object({ name: v.string(), state: v.string(), detail: v.string() }),
  activeLinks: v.number(),
  pendingShares: v.number(),
  /** What is being shared, in words; absent: nothing. */
  sharing: v.exactOptional(v.string()),
  /** The question that the app asks; absent: none. */
  question: v.exactOptional(v.string()),
  clipboardHistory: v.picklist(['on', 'off', 'paused']),
  /** Until when it is paused: ISO 8601. */
  pausedUntil: v.exactOptional(v.string()),
});

export type StatusRecord = Readonly<v.InferOutput<typeof statusSchema>>;

const valueSchema = v.union([
  v.strictObject({ link: linkSchema }),
  v.strictObject({ links: v.pipe(v.array(linkSchema), v.readonly()) }),
  v.strictObject({ status: statusSchema }),
  v.strictObject({ settings: v.record(v.string(), v.unknown()) }),
]);

/** What a command is about, as data. */
export type ResultValue = Readonly<v.InferOutput<typeof valueSchema>>;

const resultSchema = v.strictObject({
  /** 0 done, 1 failed, 2 invalid command, 3 not shared yet. */
  code: v.picklist([0, 1, 2, 3]),
  value: v.exactOptional(valueSchema),
  /** One sentence or two for stderr. */
  error: v.exactOptional(v.string()),
});

/** What came of a command. */
export type CommandResult = Readonly<v.InferOutput<typeof resultSchema>>;

const progressSchema = v.strictObject({
  /** "Text, 312 characters". */
  what: v.string(),
  /** Bytes sent and to be sent, where they are known. */
  sentBytes: v.exactOptional(timeMs),
  totalBytes: v.exactOptional(timeMs),
});

export type Progress = Readonly<v.InferOutput<typeof progressSchema>>;

const fromAppSchema = v.union([
  v.strictObject({ progress: progressSchema }),
  v.strictObject({ result: resultSchema }),
]);

/** A message as a line; JSON has no line end in it. */
export const lineOf = (message: object): string => `${JSON.stringify(message)}\n`;

/** @returns `undefined` where the line is not such a message */
function parse<T>(schema: v.GenericSchema<unknown, T>, line: string): T | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(line));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

export const greetingOf = (line: string): Greeting | undefined => parse(greetingSchema, line);
export const requestOf = (line: string): Request | undefined => parse(requestSchema, line);

/** What follows a request: bytes of stdin, their end, or a cancel; `undefined` for anything else. */
export function partOf(line: string): Uint8Array | 'end' | 'cancel' | undefined {
  const message = parse(partSchema, line);
  if (message === undefined) return undefined;
  if ('content' in message) return Buffer.from(message.content, 'base64');
  return 'end' in message ? 'end' : 'cancel';
}

/** Progress or the result. */
export const fromAppOf = (
  line: string,
): { readonly progress: Progress } | { readonly result: CommandResult } | undefined =>
  parse(fromAppSchema, line);
