import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { safeFileName } from '../../../main/files/file-names.ts';
import { assetOfUpload } from '../../../main/server/api/upload.ts';
import { visitorOf } from '../../../main/server/http/ip-address.ts';
import { isOwnHost } from '../../../main/server/http/own-hosts.ts';
import { createProxies } from '../../../main/server/http/proxies.ts';
import { normalPublicUrl, pathBelow } from '../../../main/server/http/public-url.ts';
import { createRouter } from '../../../main/server/http/router.ts';
import { isBackgroundFetch, wantsList, wantsPage } from '../../../main/server/pages/client-kind.ts';
import { pageKind } from '../../../main/server/pages/content/content-kind.ts';
import {
  DETECTION_BYTES,
  decodeText,
  ENCODINGS,
  encodingOfLabel,
  textEncoding,
} from '../../../main/server/pages/content/encoding.ts';
import { extensionOf, fileNameOf, titleOf } from '../../../main/server/pages/content/names.ts';
import { pictureSize } from '../../../main/server/pages/content/picture-size.ts';
import { PART_LIMITS, textParts } from '../../../main/server/pages/content/text-parts.ts';
import { evaluatePreconditions } from '../../../main/server/pages/download/conditions.ts';
import { parseRange } from '../../../main/server/pages/download/range.ts';
import { messagesFor } from '../../../main/server/pages/i18n.ts';
import { cleanName } from '../../../main/server/pages/markup/html.ts';
import { terminalText, withoutEscapes } from '../../../main/server/pages/render/ansi.ts';
import { findItem } from '../../../main/server/pages/render/item-links.ts';
import { renderMarkdown } from '../../../main/server/pages/render/markdown.ts';
import { bytesHeaders } from '../../../main/server/pages/send.ts';
import { redirectTrailingSlash } from '../../../main/server/pages/trailing-slash.ts';
import type { AssetRecord } from '../../../main/server/store/model.ts';
import { slowInputs } from '../../support/adversarial.ts';

/**
 * Whatever a visitor sends or a share holds, no function that reads it takes more than linear time
 * up to its length limit. How long it takes is the benchmarks' matter.
 */

/** Node's own limit of all headers and the address of a request, in bytes. */
const HEADER = 16 * 1024;
/** Of a name, by the API's schemas, in characters. */
const NAME = 1_000;

const asset = (name: string, ext?: string): AssetRecord => ({
  id: 'a',
  name,
  form: 'file',
  ...(ext === undefined ? {} : { ext }),
  sizeBytes: 100,
  content: { at: 'record' },
  createdAtMs: 0,
});

const { visitorOf: behindProxy } = createProxies({
  publicBaseUrl: 'https://share.test',
  trusted: ['10.0.0.0/8'],
});
const socket = { remoteAddress: '127.0.0.1' } as never;
const route = createRouter([
  { method: 'GET', path: '/s/{share}/{item}/raw', handle: undefined },
  { method: 'POST', path: '/s/{share}/open', handle: undefined },
]);
const items = new Map([['a', { path: '/s/x/1', image: true, markdown: true }]]);

const slashes = (text: string): unknown => {
  const request = { url: text } as IncomingMessage;
  const response = { writeHead() {}, end() {} } as unknown as ServerResponse;
  return redirectTrailingSlash({ request, response }, () => true);
};
const VALIDATORS = { etag: '"abc"', modifiedAtMs: 0 };

const HEADERS: Readonly<Record<string, (text: string) => unknown>> = {
  'the language': messagesFor,
  'the range': (text) => parseRange(text, 1_000_000),
  'the host': (text) => isOwnHost(text, { publicBaseUrl: 'https://share.test' }),
  'the path': (text) => route('GET', text),
  'for whom a proxy asks': (text) => behindProxy({ headers: { 'x-forwarded-for': text }, socket }),
  'for whom a proxy asks (RFC 7239)': (text) =>
    behindProxy({ headers: { forwarded: text }, socket }),
  'the path of a slash too many': slashes,
  'the path below the public one': (text) => pathBelow('/links', `/links/${text}`),
  'a public address': (text) => normalPublicUrl(`https://share.test/${text}`),
  'what a client accepts': (accept) => [
    wantsPage({ headers: { accept } }),
    wantsList({ headers: { accept } }),
  ],
  'what a client accepts, shortened to what is read': (text) => {
    const accept = text.slice(0, 1_000);
    return [wantsPage({ headers: { accept } }), wantsList({ headers: { accept } })];
  },
  'the name of a client': (text) => isBackgroundFetch({ headers: { 'user-agent': text } }),
  'the purpose of a request': (text) => isBackgroundFetch({ headers: { 'sec-purpose': text } }),
  'the language, shortened to what is read': (text) => messagesFor(text.slice(0, 500)),
  'the conditions of a request': (text) => [
    evaluatePreconditions({ method: 'GET', headers: { 'if-match': text } }, VALIDATORS, 10),
    evaluatePreconditions({ method: 'GET', headers: { 'if-none-match': text } }, VALIDATORS, 10),
    evaluatePreconditions(
      { method: 'GET', headers: { 'if-modified-since': text } },
      VALIDATORS,
      10,
    ),
    evaluatePreconditions(
      { method: 'GET', headers: { 'if-range': text, range: text } },
      VALIDATORS,
      10,
    ),
  ],
  'an address': visitorOf,
  'an encoding': encodingOfLabel,
  'a query': (text) => new URLSearchParams(text).get('part'),
  'the name of an upload': (text) => {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '1' };
    try {
      assetOfUpload({ headers, url: `/x?name=${text}` } as never, 100);
    } catch {
      // Refused: that takes time, too.
    }
  },
};

const NAMES: Readonly<Record<string, (text: string) => unknown>> = {
  'a title': (text) => [cleanName(text), titleOf(asset(text))],
  'an extension': (text) => extensionOf(asset(text)),
  'a file name': (text) => [safeFileName(text, 200), fileNameOf(asset(text, 'txt'))],
  'a file name in a header': (text) =>
    bytesHeaders('text/plain', fileNameOf(asset(text)), 'attachment'),
};

const CONTENTS: Readonly<
  Record<string, { readonly limit: number; readonly run: (text: string) => unknown }>
> = {
  'the encoding of UTF-8': {
    limit: DETECTION_BYTES / 2,
    run: (text) => textEncoding(Buffer.from(text)),
  },
  'the encoding of other bytes': {
    limit: DETECTION_BYTES,
    run: (text) => textEncoding(Buffer.from(`\xe9 ${text}`, 'latin1')),
  },
  'the encoding of UTF-16': {
    limit: DETECTION_BYTES / 2,
    run: (text) => textEncoding(Buffer.from(text, 'utf16le')),
  },
  'the kind of a file': {
    limit: 4_100,
    run: (text) => pageKind(asset('a'), async () => Buffer.from(text, 'latin1')),
  },
  'the size of a picture': {
    limit: 64 * 1024,
    run: (text) => pictureSize(Buffer.from(`\x89PNG\r\n\x1a\n${text}`, 'latin1')),
  },
  'the parts of a text': {
    limit: PART_LIMITS.bytes,
    run: (text) => textParts([Buffer.from(text, 'latin1')]),
  },
  'terminal output': { limit: PART_LIMITS.bytes, run: (text) => terminalText(onePart(text)) },
  'terminal output in a preview': { limit: 4_096, run: withoutEscapes },
  'an address in Markdown': {
    limit: 4_096,
    run: (text) => findItem(items, 'a/b.md', text),
  },
};

/** As many lines as one part of a text has. */
function onePart(text: string): string {
  let end = -1;
  for (let line = 0; line < PART_LIMITS.lines; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end + 1);
}

describe('a request', () => {
  test.each(Object.entries(HEADERS))(
    '%s',
    async (_what, run) => {
      expect(await slowInputs(run, { limit: HEADER })).toEqual([]);
    },
    120_000,
  );
});

describe('a name', () => {
  test.each(Object.entries(NAMES))(
    '%s',
    async (_what, run) => {
      expect(await slowInputs(run, { limit: NAME })).toEqual([]);
    },
    120_000,
  );
});

describe('a content', () => {
  test.each(Object.entries(CONTENTS))(
    '%s',
    async (_what, { limit, run }) => {
      expect(await slowInputs(run, { limit })).toEqual([]);
    },
    240_000,
  );

  // At its limit of 512 KiB it takes seconds, in a thread of its own.
  test('Markdown', async () => {
    const run = (text: string) => renderMarkdown(text, { items, from: 'a.md' });
    const options = { limit: 16 * 1024, enoughMs: 20, around: 2 };
    expect(await slowInputs(run, options)).toEqual([]);
  }, 240_000);

  test.each([...ENCODINGS.keys()])('a text in %s', async (encoding) => {
    const seeds = ['\x1b$B', '\x81', '\x81\x30', '\xff', '\x8f\xa1', '\xe9', '\xd8\x00'];
    const run = (text: string) => decodeText(Buffer.from(text, 'latin1'), encoding);
    expect(await slowInputs(run, { limit: 64 * 1024, only: seeds })).toEqual([]);
  });
});
