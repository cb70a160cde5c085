import hljs from 'highlight.js/lib/common';
import { GUESS_CHARS } from './may-be-code.ts';

/** Code as safe HTML: each line has its own spans. */
export interface CodeHtml {
  readonly html: string;
  /** As highlight.js names it. */
  readonly language: string;
  /** For readers: "TypeScript", "C++". */
  readonly languageName: string;
}

/** A guess needs this relevance. */
const MIN_RELEVANCE = 8;

/**
 * Escapes and colors code. It may take minutes for a text that was made for that.
 * @param known the language; without it, it is guessed
 * @returns `undefined` when no language is likely
 */
export function highlightCode(text: string, known?: string): CodeHtml | undefined {
  let language = known;
  if (language === undefined) {
    const found = hljs.highlightAuto(text.slice(0, GUESS_CHARS));
    if (found.relevance < MIN_RELEVANCE || found.language === undefined) return undefined;
    language = found.language;
  }
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  return { html: wholeLines(value), language, languageName: nameOf(language) };
}

/** Where highlight.js has names that readers don't use. */
const NAMES: Readonly<Record<string, string>> = {
  bash: 'Shell',
  ini: 'INI',
  php: 'PHP',
  xml: 'HTML',
};

const nameOf = (language: string): string =>
  NAMES[language] ?? hljs.getLanguage(language)?.name ?? language;

/** A span that crosses a line end is closed there and opened again. */
function wholeLines(value: string): string {
  const open: string[] = [];
  return value
    .split('\n')
    .map((line) => {
      const before = open.join('');
      for (const [tag] of line.matchAll(/<span class="[^"]*">|<\/span>/g)) {
        if (tag === '</span>') open.pop();
        else open.push(tag);
      }
      return before + line + '</span>'.repeat(open.length);
    })
    .join('\n');
}
