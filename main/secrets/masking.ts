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
 * Whether a text may leave, or the user is asked first.
 * @param allowedKinds kinds of find that the user said yes to for good
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
  return replaceAt(text, [...secrets, ...occurrencesOf(valuesOf(text, secrets), text)]);
}

/**
 * What must not be shown of a part of a text, in order: all finds, and the same values elsewhere.
 * @param from where the part begins, and `to` where it ends, in UTF-16 units of the text
 */
export function hiddenRanges(
  text: string,
  secrets: readonly Secret[],
  from: number,
  to: number,
): readonly { readonly start: number; readonly end: number }[] {
  const values = valuesOf(text, secrets);
  let longest = 0;
  for (const value of values.keys()) longest = Math.max(longest, value.length);
  // A value that reaches into the part begins or ends no farther away than this.
  const first = Math.max(0, from - longest);
  const repeated = occurrencesOf(values, text.slice(first, to + longest));
  return withoutOverlaps([
    ...secrets.filter(({ start, end }) => end > from && start < to),
    ...repeated.map((found) => ({
      ...found,
      start: found.start + first,
      end: found.end + first,
    })),
  ]);
}

/** The values that are hidden wherever they are in the text, with their labels. */
function valuesOf(text: string, secrets: readonly Secret[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { start, end, label } of secrets) {
    const value = text.slice(start, end);
    if (value.length >= REPEATED_FROM && !values.has(value)) values.set(value, label);
  }
  return values;
}

function replaceAt(text: string, secrets: readonly Omit<Secret, 'kind'>[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, label } of withoutOverlaps(secrets)) {
    parts.push(text.slice(at, start), `[${label} hidden]`);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

const BASE = 0x01000193;
const BASE_TO_FIRST = Array.from({ length: REPEATED_FROM - 1 }).reduce<number>(
  (power) => Math.imul(power, BASE),
  1,
);

/** A hash of the first units of a value, which moves along a text unit by unit (Rabin and Karp). */
function startHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < REPEATED_FROM; at++)
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
  return hash;
}

/** Values that begin alike and have more lengths than this are no ordinary secrets. */
const MAX_LENGTHS = 32;

/**
 * Where any of the values is in the text, as few ranges as cover them. Reads the text once, however
 * many values there are; where too many begin alike, the whole text is one of their places.
 * @param values with their labels, each of eight units or more
 */
function occurrencesOf(
  values: ReadonlyMap<string, string>,
  text: string,
): readonly Omit<Secret, 'kind'>[] {
  if (values.size === 0) return [];
  const lengths = new Map<number, Set<number>>();
  for (const [value, label] of values) {
    const hash = startHash(value);
    const known = lengths.get(hash) ?? new Set();
    lengths.set(hash, known.add(value.length));
    if (known.size > MAX_LENGTHS) return [{ start: 0, end: text.length, label }];
  }
  const longestFirst = new Map(
    [...lengths].map(([hash, known]) => [hash, [...known].sort((a, b) => b - a)]),
  );
  const found: Omit<Secret, 'kind'>[] = [];
  let coveredUpTo = 0;
  let hash = startHash(text);
  for (let start = 0; start + REPEATED_FROM <= text.length; start++) {
    for (const length of longestFirst.get(hash) ?? []) {
      if (start + length <= coveredUpTo) break;
      const label = values.get(text.slice(start, start + length));
      if (label === undefined) continue;
      coveredUpTo = start + length;
      found.push({ start, end: coveredUpTo, label });
      break;
    }
    const without = (hash - Math.imul(text.charCodeAt(start), BASE_TO_FIRST)) | 0;
    hash = (Math.imul(without, BASE) + text.charCodeAt(start + REPEATED_FROM)) | 0;
  }
  return found;
}

/** In order; of finds that overlap the first one reaches as far as any of them. */
function withoutOverlaps(
  secrets: readonly Omit<Secret, 'kind'>[],
): readonly Omit<Secret, 'kind'>[] {
  const apart: Omit<Secret, 'kind'>[] = [];
  for (const secret of [...secrets].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || secret.start >= last.end) apart.push(secret);
    else apart[apart.length - 1] = { ...last, end: Math.max(last.end, secret.end) };
  }
  return apart;
}
