/** How much of a text is looked at, in characters. */
const MAX_CHARS = 4096;

/** The weight that a language's clues must reach together: at least two of them, mostly three. */
const MIN_SCORE = 3;

type Clue = readonly [pattern: RegExp, weight: number];

/** Longest run that a `*` or `+` of a clue matches. */
const MAX_RUN = 120;

/**
 * A clue's expression with an upper bound for each `*` and `+`: a text that is made to let it
 * backtrack costs no more than others.
 */
function bounded(pattern: RegExp): RegExp {
  const source = pattern.source.replace(/\\.|\[(?:\\.|[^\]\\])*\]|[*+]/g, (part) =>
    part === '*' ? `{0,${MAX_RUN}}` : part === '+' ? `{1,${MAX_RUN}}` : part,
  );
  return new RegExp(source, pattern.flags);
}

/** Made when a clue is first looked for: most texts need none of them at the app's start. */
const boundedOnce = new WeakMap<RegExp, RegExp>();

/**
 * Clues by file extension. A clue that prose could hold weighs 1, one that only code holds 2;
 * one that leaves no doubt by itself weighs 3. Each is anchored to a line's start or needs
 * punctuation that prose has not.
 */
const CLUES: Readonly<Record<string, readonly Clue[]>> = {
  ts: [
    [/^\s*(export\s+)?(interface|type|enum)\s+[A-Z]\w*(<[^>]*>)?\s*(=|\{|extends)/m, 3],
    [/[(,]\s*\w+\??:\s*(string|number|boolean|unknown|any|readonly|[A-Z]\w*(<|\[\]|[,)]))/, 2],
    [/\)\s*:\s*(string|number|boolean|void|Promise<|[A-Z]\w*)[^;\n]*(\{|=>)/, 2],
    [/^\s*(const|let)\s+\w+\s*:\s*[\w<>[\]|{} ]+\s*=/m, 2],
    [/^\s*import\s+(type\s+)?[\w*{][^'"\n]*from\s+['"][^'"]+['"]/m, 2],
    [/^\s*export\s+(default\s+)?(async\s+)?(const|function|class)\s+\w+/m, 1],
    [/=>\s*[{(\w]/, 1],
  ],
  js: [
    [/^\s*import\s+[\w*{][^'"\n]*from\s+['"][^'"]+['"]/m, 2],
    [/^\s*(const|let|var)\s+[\w{[][^=\n]*=\s*\S/m, 1.5],
    [/\brequire\(['"][^'"]+['"]\)/, 2],
    [/^\s*(export\s+)?(default\s+)?(async\s+)?function\s*\*?\s*\w*\s*\([^)]*\)\s*\{/m, 2],
    [/^\s*export\s+(default|const|function|class)\b/m, 2],
    [/\([^)\n]*\)\s*=>|\b\w+\s*=>\s*[{(\w]/, 1.5],
    [/\b(console\.\w+|document\.\w+|module\.exports|JSON\.\w+|Math\.\w+)\b/, 1.5],
    [/[;{}]\s*$/m, 0.5],
  ],
  py: [
    [/^\s*(async\s+)?def\s+\w+\([^)\n]*\)\s*(->\s*[^:\n]+)?:\s*(#.*)?$/m, 2.5],
    [/^\s*class\s+\w+(\([^)\n]*\))?:\s*$/m, 2.5],
    [/^from\s+[\w.]+\s+import\s+[\w*(]/m, 2.5],
    [/^import\s+\w[\w.]*(\s+as\s+\w+)?\s*$/m, 2],
    [/^\s*(if|elif|for|while|with|try|except)\b[^\n]*:\s*(#.*)?$/m, 1],
    [/\b(self\.\w+|print\(|__\w+__|None\b|True\b|False\b)/, 1],
    [/^\s*(return|yield|raise)\s+\S/m, 0.5],
  ],
  rs: [
    [/^\s*(pub(\([^)]*\))?\s+)?(async\s+)?fn\s+\w+\s*(<[^>]*>)?\([^)]*\)/m, 2],
    [/^\s*let\s+mut\s+\w+/m, 2],
    [/^\s*use\s+\w+(::[\w{*]+)+/m, 2],
    [/^\s*(pub\s+)?(struct|enum|trait)\s+\w+|^\s*impl(<[^>]*>)?\s+\w+/m, 2],
    [/->\s*(Result|Option|Self|impl|Vec|String|&|\w+<)/, 1.5],
    [/\b\w+!\(|&mut\s|&str\b|\bSome\(|\bOk\(/, 1],
  ],
  go: [
    [/^package\s+\w+\s*$/m, 2.5],
    [/^func\s+(\([^)\n]*\)\s*)?\w+\([^)\n]*\)[^\n]*\{\s*$/m, 2.5],
    [/^\s*\w+(,\s*\w+)*\s*:=\s*\S/m, 1.5],
    [/\bif err != nil\b/, 2],
    [/^import\s+(\(|")/m, 1],
    [/\bfmt\.\w+\(/, 1],
  ],
  java: [
    [
      /^\s*(public|private|protected)\s+(static\s+|final\s+|abstract\s+)*(class|interface|enum|record)\s+\w+/m,
      2,
    ],
    [/\bpublic\s+static\s+void\s+main\s*\(\s*String/, 3],
    [/^import\s+(static\s+)?(java|javax|org|com)\.[\w.*]+;/m, 3],
    [/^\s*(public|private|protected)\s+[\w<>[\], ]+\s+\w+\([^)\n]*\)\s*(throws [\w, ]+)?\{/m, 2],
    [/\bSystem\.out\.print/, 2],
  ],
  cs: [
    [/^using\s+[A-Z][\w.]*;\s*$/m, 2],
    [/^namespace\s+[A-Z][\w.]*\s*[{;]?\s*$/m, 2],
    [/\bConsole\.Write(Line)?\(/, 2],
    [/\{\s*get;\s*(private\s+|init;\s*)?(set;)?\s*\}/, 2],
    [
      /^\s*(public|private|internal|protected)\s+(static\s+|sealed\s+|async\s+|partial\s+)*(class|void|Task|string|int)\b/m,
      1,
    ],
  ],
  c: [
    [/^\s*#\s*include\s*[<"][\w./+-]+[>"]/m, 2.5],
    [/^\s*#\s*(define|ifdef|ifndef|endif|pragma)\b/m, 1.5],
    [
      /^\s*(static\s+|const\s+|unsigned\s+)*(int|void|char|double|float|size_t)\s+\**\w+\s*\([^)\n]*\)\s*\{?\s*$/m,
      2,
    ],
    [/\b(printf|malloc|sizeof|strlen|memcpy)\s*\(/, 1],
  ],
  cpp: [
    [/^\s*#\s*include\s*<(iostream|vector|string|map|memory|algorithm|utility|optional)>/m, 3],
    [/\bstd::\w+/, 2],
    [/^\s*template\s*<[^>\n]*>/m, 2],
    [/^\s*using\s+namespace\s+\w+;/m, 2],
    [/^\s*#\s*include\s*[<"]/m, 1],
  ],
  php: [[/^\s*<\?php\b/, 3]],
  rb: [
    [/^\s*def\s+(self\.)?\w+[?!]?(\([^)\n]*\))?\s*$/m, 1.5],
    [/^\s*end\s*$/m, 1],
    [/^\s*require(_relative)?\s+['"][^'"]+['"]\s*$/m, 2],
    [/\bdo\s*\|[^|\n]+\|/, 2],
    [/^\s*(attr_(reader|accessor|writer)|module\s+[A-Z]\w*$|puts\s)/m, 1.5],
  ],
  swift: [
    [/^\s*import\s+(Foundation|UIKit|SwiftUI|Combine)\s*$/m, 3],
    [/^\s*func\s+\w+\([^)\n]*\)\s*(async\s*)?(throws\s*)?(->\s*[\w[\]?<>]+\s*)?\{/m, 2],
    [/^\s*(guard|if)\s+let\s+\w+/m, 2],
    [/^\s*(let|var)\s+\w+\s*(:\s*[A-Z]\w*\??)?\s*=/m, 1],
  ],
  kt: [
    [
      /^\s*(suspend\s+|private\s+|override\s+)*fun\s+(<[^>]*>\s*)?[\w.]+\([^)\n]*\)\s*(:\s*[\w<>?]+)?\s*[{=]/m,
      2.5,
    ],
    [/^\s*(data|sealed)\s+class\s+\w+/m, 2],
    [/^\s*va[lr]\s+\w+(\s*:\s*[A-Z][\w<>?]*)?\s*=/m, 1.5],
    [/^\s*package\s+[\w.]+\s*$/m, 1],
  ],
  sh: [
    [/^#!.*\b(ba|z|da)?sh\b/, 3],
    [/^\s*(if|while)\s+\[\[?\s.*\]\]?\s*;?\s*(then|do)\s*$/m, 3],
    [/^\s*(fi|done|esac)\s*$/m, 2],
    [/^\s*export\s+[A-Z_]+=\S/m, 1.5],
    [/\$\{?[A-Z_]{2,}\}?|\$\(\w[^)\n]*\)/, 1],
    [/^\s*(sudo|apt-get|curl|mkdir|echo|cd|npm|git|docker)\s+\S/m, 1],
    [
      /\s(\||&&)\s+(grep|awk|sed|xargs|sort|head|tail|tee|jq|cut|wc|sudo|cd|npm|git|make|echo)\b/,
      2,
    ],
  ],
  sql: [
    [/^\s*select\b[\s\S]{1,2000}?\bfrom\s+[\w".[\]`]+/im, 1.5],
    [/^\s*insert\s+into\s+[\w".[\]`]+\s*(\([^)]*\))?\s*(values|select)\b/im, 3],
    [
      /^\s*(create|alter|drop)\s+(or\s+replace\s+)?(table|view|index|database|function)\s+(if\s+(not\s+)?exists\s+)?[\w".[\]`]+\s*(\(|as\b|add\b|on\b|;|rename\b)/im,
      3,
    ],
    [/^\s*update\s+[\w".[\]`]+\s+set\s+\w+\s*=/im, 3],
    [/^\s*delete\s+from\s+[\w".[\]`]+\s*(where\b|;)/im, 3],
    [
      /\b(inner|left|right|outer|cross)\s+join\s+\w+|\bgroup\s+by\s+\w|\border\s+by\s+\w+(\.\w+)?(\s+(asc|desc))?\s*(,|;|$)/im,
      1.5,
    ],
    [/\bwhere\s+[\w".]+\s*(=|<|>|in\s*\(|like\s+'|is\s+(not\s+)?null)/i, 1.5],
    [/^\s*select\s+(\*|count\(|distinct\b|[\w".]+\s*,)/im, 1],
    [/;\s*$/, 0.5],
  ],
  css: [
    [/^\s*[.#@:]?[\w-][\w\s.#:>,+~()[\]="'-]*\{\s*(\/\*|[\w-]+\s*:)/m, 1.5],
    [
      /^\s*(color|margin|padding|display|font-size|background(-color)?|border|width|height|position|flex|grid-[\w-]+)\s*:\s*[^;{}\n]+;/m,
      1.5,
    ],
    [/^\s*@(media|import|keyframes|font-face|layer)\b/m, 1.5],
    [/:\s*-?[\d.]+(px|r?em|vh|vw|%)\b|:\s*#[\da-f]{3,8}\s*;/i, 0.5],
  ],
  html: [
    [/^\s*<!doctype\s+html/i, 3],
    [/<html[\s>]/i, 3],
    [/<(div|span|p|a|ul|li|table|head|body|script|h[1-6]|section|form|button)(\s[^<>]*)?>/i, 1.5],
    [/<\/(div|span|p|a|ul|li|table|head|body|script|h[1-6]|section|form|button)>/i, 1.5],
  ],
  xml: [[/^\s*<\?xml\s/, 3]],
  svg: [[/^\s*(<\?xml[^>]*\?>\s*)?(<!--[^>]*-->\s*)?<svg[\s>]/, 4]],
  diff: [
    [/^diff --git a\/\S+ b\/\S+$/m, 3],
    [/^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/m, 2],
    [/^(---|\+\+\+) \S/m, 1],
  ],
  dockerfile: [
    [/^FROM\s+[\w./:-]+(\s+AS\s+\w+)?\s*$/m, 1.5],
    [/^(RUN|COPY|WORKDIR|ENTRYPOINT|CMD|EXPOSE|ENV)\s+\S/m, 1.5],
    [/^(CMD|ENTRYPOINT)\s+\[/m, 1],
  ],
};

/**
 * A text's language as a file extension, or `undefined` when it may just as well be prose.
 * Looks at the first 4,096 characters; a wrong guess is worse than none, so it needs
 * several clues, and more of them than for any other language.
 */
export function guessLanguage(text: string): string | undefined {
  const start = startOf(text);
  if (start.trim().length < 8) return undefined;
  if (isJson(text)) return 'json';
  const [best, second] = Object.entries(CLUES)
    .map(([ext, clues]) => ({ ext, weight: weigh(start, clues) }))
    .sort((a, b) => b.weight - a.weight);
  if (best !== undefined && best.weight >= MIN_SCORE) {
    // TypeScript holds all clues of JavaScript, C++ those of C: the richer one wins a draw.
    const rival = second !== undefined && best.weight - second.weight < 0.5 ? second : undefined;
    if (rival === undefined || related(best.ext, rival.ext)) return richer(best.ext, rival?.ext);
  }
  return isMarkdown(start) ? 'md' : undefined;
}

function weigh(text: string, clues: readonly Clue[]): number {
  return clues.reduce((sum, [pattern, weight]) => (matches(pattern, text) ? sum + weight : sum), 0);
}

function matches(pattern: RegExp, text: string): boolean {
  const known = boundedOnce.get(pattern);
  const found = known ?? bounded(pattern);
  if (known === undefined) boundedOnce.set(pattern, found);
  return found.test(text);
}

/** The start of a text, with one blank for several and without empty lines: no clue needs more. */
function startOf(text: string): string {
  return text
    .slice(0, MAX_CHARS)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/\n(?: ?\n)+/g, '\n');
}

const FAMILIES = [
  ['ts', 'js'],
  ['cpp', 'c'],
  ['svg', 'xml'],
] as const;

function related(one: string, other: string): boolean {
  return FAMILIES.some(
    (family) => family.some((e) => e === one) && family.some((e) => e === other),
  );
}

function richer(one: string, other: string | undefined): string {
  if (other === undefined) return one;
  return FAMILIES.find(([rich]) => rich === one || rich === other)?.[0] ?? one;
}

/** Longest text that is parsed whole to find out; a longer one is judged by its two ends. */
const MAX_PARSED_CHARS = 64 * 1024;

function isJson(text: string): boolean {
  const trimmed = text.trim();
  if (!/^(\{\s*("|\})|\[\s*[[{"\d\]tfn-])/.test(trimmed) || !/[}\]]$/.test(trimmed)) return false;
  if (trimmed.length > MAX_PARSED_CHARS) return /^[[{]\s*["{[]/.test(trimmed);
  try {
    const value: unknown = JSON.parse(trimmed);
    // "[1]" and "[]" are as likely a footnote or nothing at all.
    return Array.isArray(value) ? value.length > 1 || typeof value[0] === 'object' : true;
  } catch {
    return false;
  }
}

const MARKDOWN_CLUES: readonly Clue[] = [
  [/^#{1,6} \S/m, 1.5],
  [/^(```|~~~)/m, 1.5],
  [/\[[^\]\n]+\]\([^)\s]+\)/, 1.5],
  [/^\s*([-*+]|\d+\.) \S.*\n\s*([-*+]|\d+\.) \S/m, 1],
  [/^\|.*\|\s*\n\|[\s:|-]+\|/m, 2],
  [/\*\*[^*\n]+\*\*|`[^`\n]+`/, 0.5],
];

function isMarkdown(text: string): boolean {
  return weigh(text, MARKDOWN_CLUES) >= MIN_SCORE;
}
