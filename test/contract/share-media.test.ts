import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MEDIA_SAMPLES, UNPLAYABLE_SAMPLES } from '../support/service/media.ts';
import { fileSeed, get, startTestService, type TestService } from '../support/service/run.ts';

/** Sound and film: what browsers may play has a player, and a download beside it. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const BROWSER = { 'user-agent': 'Mozilla/5.0', accept: 'text/html' };
const linkOf = async (bytes: Buffer, name: string): Promise<string> =>
  (await running.api.share(fileSeed(bytes, name))).link;

describe.each(MEDIA_SAMPLES)('$type, named .$ext', ({ ext, bytes, element, type }) => {
  test('has a player and a download', async () => {
    const link = await linkOf(bytes, `Harbour.${ext}`);
    const { text } = await get(link, BROWSER);
    const path = new URL(link).pathname;
    expect(text).toMatch(new RegExp(`<${element} controls [^>]*src="${path}/raw"`));
    expect(text).toContain(`href="${path}/download"`);
    const raw = await get(`${link}/raw`, { range: 'bytes=0-9' });
    expect(raw.status).toBe(206);
    expect(raw.headers.get('content-type')).toBe(type);
    expect(raw.headers.get('content-disposition')).toMatch(/^inline/);
    expect(raw.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('has a player without an extension and with a wrong one', async () => {
    for (const name of ['Harbour', 'Harbour.bin', 'Harbour.constructor']) {
      expect((await get(await linkOf(bytes, name), BROWSER)).text).toMatch(/<(audio|video) /);
    }
  });
});

test.each(UNPLAYABLE_SAMPLES)('.$ext is a download', async ({ ext, bytes }) => {
  const { text } = await get(await linkOf(bytes, `a.${ext}`), BROWSER);
  expect(text).not.toMatch(/<(audio|video) /);
  expect(text).toContain('/download"');
});

test.each([
  ['BMW fährt mit dem Zug nach Berlin und zurück.\n', 'a.txt'],
  ['BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lovelace\nEND:VCARD\n', 'Ada.vcf'],
  ['BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n', 'a.ics'],
  ['WEBVTT\n\n00:01.000 --> 00:04.000\nHello\n', 'a.vtt'],
  ['-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n', 'a.asc'],
  ['MZ, the old signature of programs, begins this letter.\n', 'letter'],
  ['ID3 tags explained: they stand before the sound of an MP3.\n', 'a.txt'],
  ['OggS is the capture pattern of each page of an Ogg file.\n', 'a.txt'],
  ['fLaC are the first four bytes of a FLAC file, you know.\n', 'a.txt'],
])('a text that begins like another format is a text: %j', async (content, name) => {
  const { text } = await get(await linkOf(Buffer.from(content), name), BROWSER);
  expect(text).toMatch(/class="(text|code)/);
});
