import { expect, test } from 'vitest';
import type { Content } from '../../../main/clipboard/content.ts';
import {
  describeContent,
  inspect,
  viewOfClip,
  viewOfFormats,
} from '../../../main/clipboard/describe-content.ts';
import { english } from '../../support/messages.ts';
import { text as message } from '../../support/text.ts';

const text = (value: string, html?: string): Content => ({
  kind: 'text',
  text: value,
  ...(html === undefined ? {} : { html }),
});
const image: Content = {
  kind: 'image',
  bytes: new Uint8Array(10),
  mime: 'image/png',
  widthPx: 1280,
  heightPx: 720,
};

test.each([
  [text('x'.repeat(312)), message('clipText', { count: 312 })],
  [text('x'), message('clipText', { count: 1 })],
  [text('👍👍'), message('clipText', { count: 2 })],
  [text('x'.repeat(12_345)), message('clipText', { count: 12_345 })],
  [image, message('clipImageSize', { width: '1280', height: '720' })],
  [{ kind: 'files', paths: ['/a', '/b', '/c'] }, message('clipFiles', { count: 3 })],
  [{ kind: 'files', paths: ['/a'] }, message('clipFiles', { count: 1 })],
  [{ kind: 'empty' }, message('clipEmpty')],
] as const)('content %# is described as %j', (content, description) => {
  expect(describeContent(content as Content, english)).toBe(description);
});

test.each([
  ['https://example.com/a?b=c', 'url'],
  ['mailto:ada@example.com', 'url'],
  ['see https://example.com/a', 'text'],
  ['#ff8800', 'colour'],
  ['rgb(255 136 0 / 50%)', 'colour'],
  ['#1 in the charts', 'text'],
  ['Dear Ada,\nsee you on Monday.', 'text'],
  ['const x = () => {\n  return 1;\n};\nconsole.log(x());', 'code'],
] as const)('%j is seen as %s', (value, kind) => {
  expect(inspect(text(value), english).kind).toBe(kind);
});

test('formatted words are HTML, formatted code is code', () => {
  expect(inspect(text('Hello you', '<b>Hello</b> you'), english).kind).toBe('html');
  expect(inspect(text('import os\ndef f(x):\n    return x\n', '<pre>…</pre>'), english).kind).toBe(
    'code',
  );
});

test('a text is titled by its first words in one line', () => {
  const seen = inspect(
    text(
      '\n\n  Minutes of the meeting\nof Monday, with a lot more to say than would ever fit in here\n',
    ),
    english,
  );
  expect(seen.title).toBe(
    'Minutes of the meeting of Monday, with a lot more to say than would ever fit in…',
  );
});

test('sizes are bytes as they are sent', () => {
  expect(inspect(text('Grüße'), english).sizeBytes).toBe(7);
  expect(inspect(image, english).sizeBytes).toBe(10);
});

test('files are titled by their names, made safe to show', () => {
  expect(inspect({ kind: 'files', paths: ['/x/report\u202Efdp.exe'] }, english).title).toBe(
    'reportfdp.exe',
  );
  expect(inspect({ kind: 'files', paths: ['/x/a.txt', '/b', '/c'] }, english).title).toBe(
    message('andMore', { name: 'a.txt', count: 2 }),
  );
});

test('a secret clip shows neither kind nor size', () => {
  const view = viewOfClip({ content: { kind: 'empty' }, concealed: true }, english);
  expect(view).toEqual({
    kind: 'unknown',
    description: message('clipConcealed'),
    shareable: false,
  });
});

test.each([
  [['text/uri-list', 'text/plain', 'image/png'], 'files'],
  [['text/plain', 'text/html'], 'text'],
  [['image/png', 'text/html'], 'image'],
  [[], 'empty'],
  [['audio/ogg'], 'unsupported'],
] as const)('formats %j alone are seen as %s', (formats, kind) => {
  expect(viewOfFormats(formats, english).kind).toBe(kind);
});
