/** Something in a text that looks like a credential. */
export interface Secret {
  /** Stable name of the kind, such as `github-token`; decisions are remembered by it. */
  readonly kind: string;
  /** In words, such as "GitHub token". */
  readonly label: string;
  /** Where it is in the text, in UTF-16 units; the end is not part of it. */
  readonly start: number;
  readonly end: number;
}

/** What a scan came to. A text that could not be scanned is asked about like one with a find. */
export type ScanResult =
  | { readonly ok: true; readonly secrets: readonly Secret[] }
  | { readonly ok: false };

/** What to do about a text before it leaves. */
export type SecretsDecision =
  | { readonly kind: 'share' }
  | {
      readonly kind: 'ask';
      /** What was found, in words, each kind once: "GitHub token", "password". */
      readonly labels: readonly string[];
      /** The kinds that a remembered yes would be remembered for. */
      readonly kinds: readonly string[];
      /** Whether the finds can be hidden from the text; not when it could not be scanned. */
      readonly canMask: boolean;
    };

/**
 * Whether a text may leave, or the person is asked first.
 * @param allowedKinds kinds of find that the person said yes to for good
 */
export function decideOnSecrets(
  result: ScanResult,
  allowedKinds: readonly string[],
): SecretsDecision {
  if (!result.ok) {
    return { kind: 'ask', labels: ['text that could not be checked'], kinds: [], canMask: false };
  }
  const open = result.secrets.filter(({ kind }) => !allowedKinds.includes(kind));
  if (open.length === 0) return { kind: 'share' };
  return {
    kind: 'ask',
    labels: [...new Set(open.map(({ label }) => label))],
    kinds: [...new Set(open.map(({ kind }) => kind))],
    canMask: true,
  };
}

/** Shortest find whose repetitions elsewhere in the text are hidden too, in UTF-16 units. */
const REPEATED_FROM = 8;

/**
 * The text with each find replaced by what it was, in brackets: `[GitHub token hidden]`.
 * The same value elsewhere in the text is hidden as well.
 */
export function maskSecrets(text: string, secrets: readonly Secret[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, label } of withoutOverlaps(secrets)) {
    parts.push(text.slice(at, start), hidden(label));
    at = end;
  }
  parts.push(text.slice(at));
  let masked = parts.join('');
  for (const { start, end, label } of secrets) {
    const value = text.slice(start, end);
    if (value.length >= REPEATED_FROM) masked = masked.replaceAll(value, () => hidden(label));
  }
  return masked;
}

const hidden = (label: string): string => `[${label} hidden]`;

/** In order; of finds that overlap the first one reaches as far as any of them. */
function withoutOverlaps(secrets: readonly Secret[]): readonly Secret[] {
  const apart: Secret[] = [];
  for (const secret of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || secret.start >= last.end) apart.push(secret);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, secret.end) };
  }
  return apart;
}
