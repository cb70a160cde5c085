import { titleOfText } from '../clipboard/describe-content.ts';
import type { Prepared, PreparedItem, ReadableFile } from '../items/prepare-items.ts';
import { partOf } from '../items/read-part.ts';
import { contentError } from '../linkify/http/upload.ts';
import type { Excerpt } from '../secrets/excerpt.ts';
import { scanTexts } from '../secrets/guard-texts.ts';
import { decideOnSecrets, type SecretsDecision } from '../secrets/masking.ts';
import {
  hasSecretFileName,
  isBinary,
  isKeynote,
  SAMPLE_BYTES,
  SCANNED_END_BYTES,
  type ScannableText,
  scannableText,
} from '../secrets/scannable-file.ts';
import type { FindSecrets } from '../secrets/scanner.ts';

/** What a look for credentials in a share came to. */
export interface CheckedShare {
  readonly decision: SecretsDecision;
  /** The surroundings of what was found, to judge it by; never the find itself. */
  excerpt(): Excerpt | undefined;
  /** The same share with every find hidden; `undefined` when that cannot be done. */
  masked(): Promise<Prepared | undefined>;
}

export interface CheckSecretsDeps {
  readonly find: FindSecrets;
  /** Kinds of find that the user said yes to for good. */
  readonly allowedKinds: () => readonly string[];
}

/** The find in a file that can't be scanned, and whose name says what it holds. */
const CREDENTIALS_FILE = { kind: 'credentials-file', label: 'credentials file', start: 0, end: 0 };

/**
 * Scans everything that is about to leave, whatever started the share: its texts, and its files in
 * any encoding, of long ones the first and last 8 MiB. What can't be scanned is asked about: too
 * much text, and binary files whose names say that they hold keys. Nothing of what is read is kept.
 * The check rejects with a LinkifyError `unreadable-content` when a file can't be read any more.
 */
export function createCheckSecrets(
  deps: CheckSecretsDeps,
): (prepared: Prepared) => Promise<CheckedShare> {
  return async (prepared) => {
    const { texts, complete, namedFiles } = await textsOf(prepared.items);
    const allowedKinds = deps.allowedKinds();
    const guarded = await scanTexts(
      deps.find,
      texts.map(({ text }) => text),
      allowedKinds,
    );
    const others = complete
      ? decideOnSecrets({ ok: true, secrets: namedFiles ? [CREDENTIALS_FILE] : [] }, allowedKinds)
      : decideOnSecrets({ ok: false }, allowedKinds);
    const isHidable = texts.every(({ exact }, index) => exact || !guarded.hasFinding[index]);
    const canMask = complete && !namedFiles && isHidable;
    return {
      decision: together(guarded.decision, others, canMask),
      excerpt: guarded.excerpt,
      async masked() {
        const hidden = canMask ? await guarded.masked() : undefined;
        if (hidden === undefined) return undefined;
        const changed = texts.flatMap(({ at, inside, text }, index) => {
          const masked = hidden[index] ?? '';
          return masked === text ? [] : [{ at, inside, text: masked }];
        });
        const [first, ...rest] = await Promise.all(
          prepared.items.map((item, at) => {
            return withTexts(
              item,
              changed.filter((change) => change.at === at),
            );
          }),
        );
        if (first === undefined) return undefined;
        // The title of a share without a name has the name of its first item in it.
        const title = prepared.title.replace(prepared.items[0].name, () => first.name);
        return { ...prepared, title, items: [first, ...rest] };
      },
    };
  };
}

function together(one: SecretsDecision, other: SecretsDecision, canMask: boolean): SecretsDecision {
  const both = [one, other].filter((decision) => decision.kind === 'ask');
  if (both.length === 0) return { kind: 'share' };
  return {
    kind: 'ask',
    labels: [...new Set(both.flatMap(({ labels }) => labels))],
    kinds: [...new Set(both.flatMap(({ kinds }) => kinds))],
    canMask: canMask && both.every((decision) => decision.canMask),
  };
}

interface ChangedText {
  /** Its item's place, and its own in that one where it holds several files. */
  readonly at: number;
  readonly inside: number | undefined;
  readonly text: string;
}

interface FoundText extends ChangedText {
  /** Whether the text is all of the file, so that it can take its place. */
  readonly exact: boolean;
}

interface FoundTexts {
  readonly texts: readonly FoundText[];
  /** False when there is more text than is scanned. */
  readonly complete: boolean;
  /** Whether there are files that can't be scanned, and whose names say what they hold. */
  readonly namedFiles: boolean;
}

/** Texts of a share are held together while the user is asked: no more than this, in UTF-16 units. */
const MAX_TEXT_CHARS = 32 * 1024 * 1024;

async function textsOf(items: Prepared['items']): Promise<FoundTexts> {
  const texts: FoundText[] = [];
  let length = 0;
  let namedFiles = false;
  for (const [at, item] of items.entries()) {
    for (const [index, part] of (item.inside?.files ?? [item]).entries()) {
      const inside = item.inside === undefined ? undefined : index;
      const found =
        'text' in part
          ? { texts: [{ text: part.text, exact: true }], isNamed: false }
          : await textsOfFile(part);
      namedFiles ||= found.isNamed;
      for (const text of found.texts) {
        texts.push({ at, inside, ...text });
        length += text.text.length;
      }
      if (length > MAX_TEXT_CHARS) return { texts, complete: false, namedFiles };
    }
  }
  return { texts, complete: true, namedFiles };
}

/** Binary files up to this size are scanned all the same: it costs nothing. */
const SMALL_BYTES = 4 * 1024;

/** A file's texts: all of it, or its two ends; and whether it is binary and named like a secret. */
async function textsOfFile(file: ReadableFile): Promise<{
  readonly texts: readonly ScannableText[];
  readonly isNamed: boolean;
}> {
  const { name, sizeBytes } = file;
  const sample = await read(file, 0, SAMPLE_BYTES);
  const binary = isBinary(sample);
  const isNamed = binary && hasSecretFileName(name) && !isKeynote(name, sample);
  if (binary && sizeBytes > SMALL_BYTES) return { texts: [], isNamed };
  if (sizeBytes <= SAMPLE_BYTES) return { texts: [scannableText(sample)], isNamed };
  if (sizeBytes <= 2 * SCANNED_END_BYTES) {
    return { texts: [scannableText(await read(file, 0, sizeBytes))], isNamed };
  }
  const start = await read(file, 0, SCANNED_END_BYTES);
  const ends = [start, await read(file, sizeBytes - SCANNED_END_BYTES)];
  return { texts: ends.map((bytes) => ({ ...scannableText(bytes), exact: false })), isNamed };
}

/** Part of a file. Some can be read from there; others are read up to there. */
async function read(file: ReadableFile, at: number, bytes?: number): Promise<Uint8Array> {
  try {
    return at > 0 && file.openFrom !== undefined
      ? await partOf(file.openFrom(at), 0, bytes)
      : await partOf(file.open(), at, bytes);
  } catch (cause) {
    throw contentError(file.name, cause);
  }
}

async function withTexts(
  item: PreparedItem,
  changed: readonly ChangedText[],
): Promise<PreparedItem> {
  const [first] = changed;
  if (first === undefined) return item;
  if (item.inside === undefined) return withText(item, first.text);
  return item.inside.replaced(
    new Map(changed.flatMap(({ inside, text }) => (inside === undefined ? [] : [[inside, text]]))),
  );
}

function withText(item: PreparedItem, text: string): PreparedItem {
  if (item.kind === 'text') {
    // A text without a name is named by its first words, which may be what was found.
    const name = item.name === titleOfText(item.text) ? titleOfText(text) : item.name;
    return { ...item, name, text };
  }
  const bytes = Buffer.from(text);
  // What is sent is no longer what lies on the disk.
  const { origin: _origin, openFrom: _openFrom, ...rest } = item;
  return {
    ...rest,
    sizeBytes: bytes.byteLength,
    open: async function* () {
      yield bytes;
    },
  };
}
