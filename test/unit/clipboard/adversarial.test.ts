import { expect, test } from 'vitest';
import { isConcealed } from '../../../main/clipboard/concealed.ts';
import { describeContent, inspect } from '../../../main/clipboard/describe-content.ts';
import { displayText } from '../../../main/clipboard/display-text.ts';
import {
  filesOfGnomeList,
  filesOfUriList,
  MAX_LIST_CHARS,
} from '../../../main/clipboard/file-list.ts';
import { addressOf, nameOfLocation, pathOfBytes } from '../../../main/clipboard/file-location.ts';
import { guessLanguage } from '../../../main/clipboard/guess-language.ts';
import { readImageHeader } from '../../../main/clipboard/image-size.ts';
import type { RawClipboard } from '../../../main/clipboard/raw-clipboard.ts';
import { readClip } from '../../../main/clipboard/read-clip.ts';
import { MAX_HTML_CHARS, textOfHtml } from '../../../main/clipboard/text-of-html.ts';
import { mountedPathOf } from '../../../main/desktop/files/mounted-files.ts';
import { excerptAround } from '../../../main/secrets/excerpt.ts';
import { isBasicAuth, isLikelyValue, isRandomToken } from '../../../main/secrets/likely-values.ts';
import { maskSecrets, type Secret } from '../../../main/secrets/masking.ts';
import { scanSecrets } from '../../../main/secrets/scan.ts';
import {
  hasSecretFileName,
  isBinary,
  scannableText,
} from '../../../main/secrets/scannable-file.ts';
import { INLINE_UP_TO } from '../../../main/secrets/scanner.ts';
import { slowInputs } from '../../support/adversarial.ts';
import { english } from '../../support/messages.ts';

/**
 * Everything that runs on a copied text on the main thread, at the longest input that it looks at.
 * A text that anyone can put on the clipboard must not let the app stand still.
 */

const MI = 1024 * 1024;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** A clipboard that offers the text in every format that is parsed. */
function clipboardWith(text: string): RawClipboard {
  return {
    mark: async () => latin1(text),
    snapshot: async () => ({
      formats: ['text/uri-list', 'x-special/gnome-copied-files', 'text/html', 'text/plain'],
      complete: true,
      bytes: async () => latin1(text),
      text: async () => '',
      html: async () => text,
      renderedPng: async () => undefined,
    }),
    writeText: async () => {},
    write: async () => {},
    clear: async () => {},
  };
}

/** A find at every 40th unit, and each value again and again. */
function findsIn(text: string): readonly Secret[] {
  return Array.from({ length: Math.floor(text.length / 40) }, (_, n) => ({
    kind: 'made-up',
    label: 'made-up key',
    start: 40 * n,
    end: 40 * n + 8 + (n % 24),
  }));
}

const LANGUAGE_SEEDS = [
  ...['select ', 'import ', 'public static ', 'def f(', 'let x: '],
  ...['<a ', '{"a":', '.a#b:c', '\n\t'],
];

const CASES: readonly (readonly [string, number, (text: string) => unknown, string[]?])[] = [
  ['the guess of a language', 4096, guessLanguage, LANGUAGE_SEEDS],
  ['the guess after empty lines', 4096, (text) => guessLanguage('\n'.repeat(1365) + text)],
  ['the guess after a long line', 4096, (text) => guessLanguage('a('.repeat(700) + text)],
  ['the guess at JSON', 64 * 1024, (text) => guessLanguage(`[${text}]`), ['[', '{"a":', '[{},']],
  [
    'the text of HTML',
    MAX_HTML_CHARS,
    textOfHtml,
    ['&#32;', '<p>', '<script></script', '</script '],
  ],
  ['a title', MI / 4, displayText],
  ['what content is', MI / 4, (text) => inspect({ kind: 'text', text }, english)],
  ['how content is described', MI / 4, (text) => describeContent({ kind: 'text', text }, english)],
  [
    'a list of URIs',
    MAX_LIST_CHARS,
    (text) => filesOfUriList(text, true),
    ['file:///%41\n', '%41%'],
  ],
  ['a list of a file manager', MAX_LIST_CHARS, (text) => filesOfGnomeList(`copy\nfile:///${text}`)],
  [
    'the bytes of a list',
    MAX_LIST_CHARS,
    (text) => pathOfBytes(latin1(text)),
    ['\u00ff', 'a\u00e9'],
  ],
  ['the name of a file', 16 * 1024, (text) => nameOfLocation(`smb://${text}`)],
  ['the place of a file', 16 * 1024, (text) => addressOf(`smb://${text}`)],
  ['the mount of a file', 16 * 1024, (text) => mountedPathOf(`smb://${text}`, {})],
  ['the marks of a clip', 64 * 1024, (text) => isConcealed(clipboardWith(text), 'linux')],
  [
    'the size of a picture',
    MI / 4,
    (text) => readImageHeader(latin1(`\xff\xd8\xff${text}`)),
    ['\xff'],
  ],
  ['a read of the clipboard', 64 * 1024, (text) => readClip(clipboardWith(text), 'darwin')],
  [
    'the scan for secrets',
    INLINE_UP_TO,
    scanSecrets,
    [
      ...[
        '-----BEGIN PRIVATE KEY-----\n',
        'PASSWORD=',
        'password: ',
        'A_',
        'AccountKey=',
        '://a:b',
      ],
      ...['-----BEGIN PRIVATE KEY-----', 'eyJ', '1234567890:AA', `M${'a'.repeat(24)}.`],
      ...['M'.repeat(24), 'curl -u a:', 'curl ', 'machine a ', 'mysql -', 'Authorization: Bearer '],
      ...[
        'Authorization: Basic ',
        'PuTTY-User-Key-File-2: ',
        'a:1:',
        'api_key=',
        '?sig=',
        '<secret>',
      ],
      ...[
        'password: a<',
        'password: a[',
        'password: a(',
        'eyJhbGciOi',
        'token=1a',
        'x-api-key: 1a',
      ],
    ],
  ],
  [
    'a value of a secret',
    4000,
    isLikelyValue,
    ['a[]', 'a()', 'a<', 'a<>', 'a->b', '::a', '()', 'a('],
  ],
  ['a token', 4000, isRandomToken, ['1a', 'aA']],
  ['a name and password', 4000, isBasicAuth],
  ['the text with finds hidden', 32 * 1024, (text) => maskSecrets(text, findsIn(text))],
  [
    'the line of a find',
    32 * 1024,
    (text) => {
      const finds = findsIn(text);
      const [first] = finds;
      return first && excerptAround(text, first, finds);
    },
  ],
  ['the name of a secret file', 4096, hasSecretFileName, ['.env', 'id_', 'service-account']],
  ['a file as text', 64 * 1024, (text) => scannableText(latin1(text))],
  ['whether a file is text', 64 * 1024, (text) => isBinary(latin1(text))],
];

test.each(CASES.map(([what, limit, run, seeds = []]) => ({ what, limit, run, seeds })))(
  '$what takes linear time on any input',
  async ({ limit, run, seeds }) => {
    expect(await slowInputs(run, { limit, seeds })).toEqual([]);
  },
  600_000,
);
