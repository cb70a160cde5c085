import { escapeHtml, SafeHtml } from '../markup/html.ts';
import { mayBeCode } from './may-be-code.ts';
import type { Renderer } from './renderer.ts';

/** Beyond these nothing is highlighted: it would take too long. */
const MAX_CODE_CHARS = 50_000;
const MAX_LINE_CHARS = 5_000;
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
  /** For readers: "TypeScript". */
  readonly languageName?: string;
  /** Shown plain for now, because others are being highlighted: it can be asked for again. */
  readonly isTemporary?: boolean;
}

/**
 * Colors code in another thread. It is plain where it is too long, takes too long, or is in no
 * language that is known.
 * @param guess whether the language may be guessed when the extension tells none
 */
export async function highlight(
  text: string,
  ext: string | undefined,
  guess: boolean,
  render: Renderer['render'],
): Promise<Highlighted> {
  const plain = (): Highlighted => ({
    lines: text.split('\n').map((line) => new SafeHtml(escapeHtml(line))),
  });
  const language = ext === undefined ? undefined : LANGUAGES.get(ext);
  const longLine =
    text.length > MAX_LINE_CHARS && text.split('\n').some((l) => l.length > MAX_LINE_CHARS);
  if (text === '' || text.length > MAX_CODE_CHARS || longLine) return plain();
  if (language === undefined && !(guess && mayBeCode(text))) return plain();
  const rendered = await render({ kind: 'code', text, language });
  if (rendered.kind === 'busy') return { ...plain(), isTemporary: true };
  if (rendered.kind === 'too-slow' || rendered.value === undefined) return plain();
  const { value } = rendered;
  return {
    lines: value.html.split('\n').map((line) => new SafeHtml(line)),
    language: value.language,
    languageName: value.languageName,
  };
}
