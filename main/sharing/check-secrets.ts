import { guardTexts, MOST_SCANNED_FILE_BYTES, textOfFile } from '../clipboard/guard-texts.ts';
import type { FindSecrets } from '../clipboard/secret-finder.ts';
import type { SecretsDecision } from '../clipboard/secrets.ts';
import type { ShareItem } from '../linkify/model.ts';
import type { Prepared } from './prepare.ts';

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
    const texts: { readonly at: number; readonly text: string }[] = [];
    for (const [at, item] of prepared.items.entries()) {
      const text = await textOf(item);
      if (text !== undefined) texts.push({ at, text });
    }
    const guarded = await guardTexts(
      needs.find,
      texts.map(({ text }) => text),
      needs.allowedKinds(),
    );
    return {
      decision: guarded.decision,
      async masked() {
        const hidden = await guarded.masked();
        if (hidden === undefined) return undefined;
        const byPlace = new Map(
          texts.map(({ at, text }, index) => [at, { text, hidden: hidden[index] ?? '' }]),
        );
        const [first, ...rest] = prepared.items.map((item, at) => {
          const found = byPlace.get(at);
          return found === undefined || found.hidden === found.text
            ? item
            : withText(item, found.hidden);
        });
        return first === undefined ? undefined : { ...prepared, items: [first, ...rest] };
      },
    };
  };
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
  return {
    ...item,
    sizeBytes: bytes.byteLength,
    open: async function* () {
      yield bytes;
    },
  };
}
