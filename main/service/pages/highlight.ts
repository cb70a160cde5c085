import { escapeHtml, SafeHtml } from './html.ts';

/** Beyond these nothing is highlighted: it would take too long. */
const MAX_CODE_CHARS = 200_000;
const MAX_LINE_CHARS = 5_000;
/** A guess of the language looks at this much, and needs this relevance. */
const GUESS_CHARS = 4_096;
const MIN_RELEVANCE = 8;

const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['ts', 'typescript'],
  ['tsx', 'typescript'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['jsx', 'javascript'],
  ['node', 'javascript'],
  ['py', 'python'],
  ['rb', 'ruby'],
  ['rs', 'rust'],
  ['go', 'go'],
  ['java', 'java'],
  ['kt', 'kotlin'],
  ['swift', 'swift'],
  ['c', 'c'],
  ['h', 'c'],
  ['cpp', 'cpp'],
  ['cc', 'cpp'],
  ['hpp', 'cpp'],
  ['cs', 'csharp'],
  ['php', 'php'],
  ['sh', 'bash'],
  ['bash', 'bash'],
  ['zsh', 'bash'],
  ['sql', 'sql'],
  ['json', 'json'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'ini'],
  ['ini', 'ini'],
  ['css', 'css'],
  ['scss', 'scss'],
  ['less', 'less'],
  ['html', 'xml'],
  ['htm', 'xml'],
  ['xml', 'xml'],
  ['svg', 'xml'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['diff', 'diff'],
  ['patch', 'diff'],
  ['lua', 'lua'],
  ['pl', 'perl'],
  ['r', 'r'],
  ['m', 'objectivec'],
  ['vb', 'vbnet'],
  ['graphql', 'graphql'],
  ['makefile', 'makefile'],
]);

/** Whether an extension is that of a programming language that we know. */
export function isCode(ext: string | undefined): boolean {
  const language = LANGUAGES.get(ext ?? '');
  return language !== undefined && language !== 'markdown';
}

export interface Highlighted {
  /** Lines of safe HTML. */
  readonly lines: readonly SafeHtml[];
  /** As highlight.js names it; absent for plain text. */
  readonly language?: string;
}

/** Escapes first, and colours what it can: the highlighter is loaded at the first call. */
export async function highlight(
  text: string,
  ext: string | undefined,
  guess: boolean,
): Promise<Highlighted> {
  const plain = (): Highlighted => ({
    lines: text.split('\n').map((line) => new SafeHtml(escapeHtml(line))),
  });
  const known = ext === undefined ? undefined : LANGUAGES.get(ext);
  const longLine =
    text.length > MAX_LINE_CHARS && text.split('\n').some((l) => l.length > MAX_LINE_CHARS);
  if (text.length > MAX_CODE_CHARS || longLine || (known === undefined && !guess)) return plain();
  const { default: hljs } = await import('highlight.js/lib/common');
  let language = known;
  if (language === undefined) {
    const found = hljs.highlightAuto(text.slice(0, GUESS_CHARS));
    if (found.relevance < MIN_RELEVANCE || found.language === undefined) return plain();
    language = found.language;
  }
  const { value } = hljs.highlight(text, { language, ignoreIllegals: true });
  return { lines: splitLines(value), language };
}

/** Lines of highlighted HTML, each with its own spans: one that crosses a line end is closed and opened again. */
function splitLines(value: string): readonly SafeHtml[] {
  const open: string[] = [];
  return value.split('\n').map((line) => {
    const before = open.join('');
    for (const [tag] of line.matchAll(/<span class="[^"]*">|<\/span>/g)) {
      if (tag === '</span>') open.pop();
      else open.push(tag);
    }
    return new SafeHtml(before + line + '</span>'.repeat(open.length));
  });
}
