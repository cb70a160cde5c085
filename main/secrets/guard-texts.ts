import { type Excerpt, excerptAround } from './excerpt.ts';
import { decideOnSecrets, maskSecrets, type ScanResult, type SecretsDecision } from './masking.ts';
import type { FindSecrets } from './scanner.ts';

/** What a look at everything that is about to leave came to. */
export interface ScannedTexts {
  readonly decision: SecretsDecision;
  /** Of each text, in order, whether something was found in it, or it could not be scanned. */
  readonly hasFinding: readonly boolean[];
  /** The surroundings of the first find that is asked about; `undefined` where there is none. */
  excerpt(): Excerpt | undefined;
  /**
   * The same texts with every find hidden, in the same order; `undefined` when something would
   * still be found in them, or could not be looked at.
   */
  masked(): Promise<readonly string[] | undefined>;
}

/**
 * Masking a secret can make another one match. After this many rounds the text counts as impossible
 * to mask.
 */
const ROUNDS = 3;

/**
 * Looks for credentials in all texts of one share before any of it is sent.
 * @param allowedKinds kinds of find that the user said yes to for good
 */
export async function scanTexts(
  find: FindSecrets,
  texts: readonly string[],
  allowedKinds: readonly string[],
): Promise<ScannedTexts> {
  const results = await Promise.all(texts.map(find));
  return {
    decision: decideOnSecrets(together(results), allowedKinds),
    hasFinding: results.map((result) => !result.ok || result.secrets.length > 0),
    excerpt() {
      for (const [index, result] of results.entries()) {
        const text = texts[index];
        if (text === undefined || !result.ok) continue;
        const first = result.secrets.find(({ kind }) => !allowedKinds.includes(kind));
        if (first !== undefined) return excerptAround(text, first, result.secrets);
      }
      return undefined;
    },
    async masked() {
      const masked = await Promise.all(texts.map((text) => mask(find, text)));
      const hidden = masked.filter((text) => text !== undefined);
      return hidden.length === texts.length ? hidden : undefined;
    },
  };
}

/** One result of several: what any of them found, and unknown where one of them is. */
function together(results: readonly ScanResult[]): ScanResult {
  const secrets = results.flatMap((result) => (result.ok ? result.secrets : []));
  return results.every(({ ok }) => ok) ? { ok: true, secrets } : { ok: false };
}

async function mask(find: FindSecrets, text: string): Promise<string | undefined> {
  let masked = text;
  for (let round = 0; round <= ROUNDS; round++) {
    const result = await find(masked);
    if (!result.ok) return undefined;
    if (result.secrets.length === 0) return masked;
    masked = maskSecrets(masked, result.secrets);
  }
  return undefined;
}
