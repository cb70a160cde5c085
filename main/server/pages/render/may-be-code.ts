/** A guess of the language looks at this much, in characters. */
export const GUESS_CHARS = 4_096;

/** In code, at least 1 of so many characters is punctuation that is rare in prose. */
const CODE_RATIO = 100;

/** Whether it is worth guessing a language, which takes some 30 ms: prose shows none of it. */
export function mayBeCode(text: string): boolean {
  const start = text.slice(0, GUESS_CHARS);
  return (start.match(/[{}[\]<>=;$#|&+_]|:\n/g)?.length ?? 0) * CODE_RATIO >= start.length;
}
