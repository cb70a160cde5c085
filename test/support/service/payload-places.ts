import { fileSeed, textSeed } from './run.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A payload in the content, the name and the extension, on each kind of page. */
export const PLACES: Readonly<Record<string, (payload: string) => unknown>> = {
  'plain text, its name and extension': (payload) =>
    textSeed(payload, payload, payload.slice(0, 30)),
  'code of a known language': (payload) => textSeed(`const a = 1; ${payload}`, 'a.ts', 'ts'),
  'HTML as code': (payload) => textSeed(payload, 'a.html', 'html'),
  Markdown: (payload) => textSeed(payload, payload, 'md'),
  'Markdown as a link, a picture and a title': (payload) =>
    textSeed(`[a](<${payload}>) ![${payload}](x) [b](http://x.test "${payload}")`, 'a.md', 'md'),
  'Markdown as front matter, a heading, a fragment and a footnote': (payload) =>
    textSeed(
      `---\ntitle: ${payload}\n---\n# ${payload}\n\n[a](<#${payload}>) [^${payload}]\n\n[^${payload}]: ${payload}\n`,
      'a.md',
      'md',
    ),
  'Markdown as an item of its collection, a task, an alert and a cell': (payload) =>
    textSeed(
      `[a](<./${payload}>) ![${payload}](<${payload}>)\n\n- [ ] ${payload}\n\n> [!NOTE]\n> ${payload}\n\n| ${payload} |\n|--:|\n| ${payload} |\n`,
      'a.md',
      'md',
    ),
  'the colors of a terminal': (payload) =>
    textSeed(
      `\x1b[1;31m${payload}\x1b[38;2;1;2;${payload}m\x1b]0;${payload}\x07\x1b[${payload}`,
      'a.log',
    ),
  'text in UTF-16': (payload) => fileSeed(Buffer.from(`\ufeff${payload}`, 'utf16le'), 'a.txt'),
  'text in Windows-1252': (payload) =>
    fileSeed(Buffer.from(`Grüße aus München: ${payload}`, 'latin1'), `ü${payload.slice(0, 900)}`),
  'the name of a picture': (payload) => fileSeed(PNG, payload.slice(0, 900)),
  'the name of a document': (payload) => fileSeed(Buffer.from('%PDF-1.4\n'), payload.slice(0, 900)),
  'the name of a film': (payload) =>
    fileSeed(Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'latin1'), payload.slice(0, 900)),
  'the name of a file': (payload) => fileSeed(Buffer.from([0, 1, 2]), payload.slice(0, 900)),
};
