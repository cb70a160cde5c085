import * as v from 'valibot';
import { shareOptionsSchema } from '../../share-options.ts';
import { HttpFault } from '../http/fault.ts';
import type { NewAsset } from '../store/add-asset.ts';

const optional = <S extends v.GenericSchema>(schema: S) => v.nullish(schema);

const name = v.pipe(v.string(), v.maxLength(1000));

const stringPart = v.object({ raw: v.string() });
// Checked byte by byte while they are copied: a schema over millions of numbers would be slow.
const bytesPart = v.object({ raw: v.array(v.unknown()) });

const metadata = optional(
  v.object({ name: optional(name), ext: optional(v.pipe(v.string(), v.maxLength(50))) }),
);

const formatPart = v.object({ string: optional(stringPart), bytes: optional(bytesPart), metadata });

export const seedSchema = v.object({
  type: v.string(),
  asset: v.object({
    metadata: optional(v.object({ name: optional(name) })),
    format: v.object({ file: optional(formatPart), fragment: optional(formatPart) }),
  }),
});

export const connectSchema = v.object({
  application: v.object({
    name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    version: v.pipe(v.string(), v.maxLength(100)),
    platform: v.pipe(v.string(), v.maxLength(100)),
    privacy: optional(v.pipe(v.string(), v.maxLength(100))),
  }),
});

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));

const access = v.picklist(['PUBLIC', 'PRIVATE']);

export const linkifySchema = v.object({
  access,
  seed: optional(seedSchema),
  asset: optional(v.object({ id })),
  distributions: optional(
    v.object({
      iterable: v.array(
        v.object({ mailgun: optional(v.unknown()), github: optional(v.unknown()) }),
      ),
    }),
  ),
  'x-linkify': optional(shareOptionsSchema),
});

/** The body of a change of a share's name. */
export const nameSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
});

const MAX_COLLECTION = 500;

export const linkifyMultipleSchema = v.object({
  access,
  assets: v.pipe(v.array(id), v.minLength(1), v.maxLength(MAX_COLLECTION)),
  name: optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200))),
  'x-linkify': optional(shareOptionsSchema),
});

/**
 * Refuses what this server cannot promise: links for certain people only, mails and gists.
 * @throws HttpFault 400, and 412 for a gist, as the API says
 */
export function refuseUnsupportedSharing({
  access,
  distributions,
}: Pick<v.InferOutput<typeof linkifySchema>, 'access' | 'distributions'>): void {
  if (access === 'PRIVATE') {
    throw new HttpFault(400, "This server doesn't support restricted access. Use a password.");
  }
  for (const { mailgun, github } of distributions?.iterable ?? []) {
    if (github) throw new HttpFault(412, "GitHub isn't connected.");
    if (mailgun) throw new HttpFault(400, "Email isn't supported.");
  }
}

/** @throws HttpFault 400, without quoting the body: it may be content */
export function parse<S extends v.GenericSchema>(schema: S, body: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return parsed.output;
  const where = v.getDotPath(parsed.issues[0]) ?? 'the body';
  throw new HttpFault(400, `Invalid request body at "${where.slice(0, 100)}".`);
}

/** The asset that a seed describes. @throws HttpFault 400 when it breaks the API's rules */
export function assetOfSeed(seed: v.InferOutput<typeof seedSchema>): NewAsset {
  const { file, fragment } = seed.asset.format;
  const part = file ?? fragment;
  if (!part || (file && fragment))
    throw new HttpFault(400, 'Provide exactly one of "file" or "fragment".');
  const { string, bytes } = part;
  if (Boolean(string) === Boolean(bytes)) {
    throw new HttpFault(400, 'Provide exactly one of "string" or "bytes".');
  }
  const ext = part.metadata?.ext?.toLowerCase();
  return {
    name: part.metadata?.name ?? seed.asset.metadata?.name ?? '',
    form: string ? 'text' : 'file',
    content: string ? Buffer.from(string.raw) : toBytes(bytes?.raw ?? []),
    ...(ext ? { ext } : {}),
  };
}

function toBytes(values: readonly unknown[]): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== 'number' || !(value >= 0 && value <= 255) || value % 1 !== 0)
      throw new HttpFault(400, 'Bytes must be integers from 0 to 255.');
    bytes[index] = value;
  }
  return bytes;
}
