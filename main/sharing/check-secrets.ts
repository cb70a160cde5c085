import { guardTexts, MOST_SCANNED_FILE_BYTES, textOfFile } from '../clipboard/guard-texts.ts';
import type { FindSecrets } from '../clipboard/secret-finder.ts';
import { decideOnSecrets, type SecretsDecision } from '../clipboard/secrets.ts';
import type { ShareItem } from '../linkify/model.ts';
import type { Prepared, PreparedItem } from './prepare.ts';

/** What a look for credentials in a share came to. */
export interface CheckedShare {
  readonly decision: SecretsDecision;
  /** The same share with every find hidden; `undefined` when that cannot be done. */
  masked(): Promise<Prepared | undefined>;
}

export interface CheckSecretsNeeds {
  readonly find: FindSecrets;
  /** Kinds of find that the person said yes to for good. */
  readonly allowedKinds: () => readonly string[];
}

/**
 * Looks into everything that is about to leave, whatever started the share: its texts, and its
 * files as far as they are text of up to 8 MB. Nothing of what it reads is kept.
 */
export function createCheckSecrets(
  needs: CheckSecretsNeeds,
): (prepared: Prepared) => Promise<CheckedShare> {
  return async (prepared) => {
    const { texts, complete } = await textsOf(prepared.items);
    const guarded = await guardTexts(
      needs.find,
      texts.map(({ text }) => text),
      needs.allowedKinds(),
    );
    const { decision } = guarded;
    if (!complete && decision.kind === 'share') {
      return { decision: decideOnSecrets({ ok: false }, []), masked: async () => undefined };
    }
    return {
      decision: complete || decision.kind === 'share' ? decision : { ...decision, canMask: false },
      async masked() {
        const hidden = complete ? await guarded.masked() : undefined;
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
        return first === undefined ? undefined : { ...prepared, items: [first, ...rest] };
      },
    };
  };
}

interface FoundText {
  /** Its item's place, and its own in that one where it holds several files. */
  readonly at: number;
  readonly inside: number | undefined;
  readonly text: string;
}

/** Texts of a folder are held together while someone is asked: no more than this, in UTF-16 units. */
const MOST_TEXT = 32 * 1024 * 1024;

async function textsOf(
  items: Prepared['items'],
): Promise<{ readonly texts: readonly FoundText[]; readonly complete: boolean }> {
  const texts: FoundText[] = [];
  let length = 0;
  for (const [at, item] of items.entries()) {
    const parts = item.inside?.files ?? [item];
    for (const [index, part] of parts.entries()) {
      const text = await textOf('kind' in part ? part : { kind: 'file', ...part });
      if (text === undefined) continue;
      length += text.length;
      if (item.inside !== undefined && length > MOST_TEXT) return { texts, complete: false };
      texts.push({ at, inside: item.inside === undefined ? undefined : index, text });
    }
  }
  return { texts, complete: true };
}

async function withTexts(item: PreparedItem, changed: readonly FoundText[]): Promise<PreparedItem> {
  const [first] = changed;
  if (first === undefined) return item;
  if (item.inside === undefined) return withText(item, first.text);
  return item.inside.replaced(
    new Map(changed.flatMap(({ inside, text }) => (inside === undefined ? [] : [[inside, text]]))),
  );
}

async function textOf(item: ShareItem): Promise<string | undefined> {
  if (item.kind === 'text') return item.text;
  if (item.sizeBytes > MOST_SCANNED_FILE_BYTES) return undefined;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of item.open()) {
      parts.push(part);
      bytes += part.byteLength;
      // A file may have grown since, and a binary one shows itself early.
      if (bytes > MOST_SCANNED_FILE_BYTES || part.includes(0)) return undefined;
    }
  } catch {
    // Sending it will fail in the same way, and say so.
    return undefined;
  }
  return textOfFile(Buffer.concat(parts));
}

function withText(item: ShareItem, text: string): ShareItem {
  if (item.kind === 'text') return { ...item, text };
  const bytes = Buffer.from(text);
  // What is sent is no longer what lies on the disk.
  const { origin: _, ...rest } = item;
  return {
    ...rest,
    sizeBytes: bytes.byteLength,
    open: async function* () {
      yield bytes;
    },
  };
}
