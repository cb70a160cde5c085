import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort, isInstalled, REAL_PROXIES } from '../support/service/real-proxies.ts';
import {
  fileSeed,
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pdf, png, wav } from '../support/service/samples.ts';

/** Share pages below a path of a web site, behind real proxies: each URL has to begin with it. */

/** As it is given, as links have it, and as text. */
const PUBLIC_PATHS = [
  ['/links', '/links', '/links'],
  ['/my files//für-dich%2Bmich/', '/my%20files/f%C3%BCr-dich%2Bmich', '/my files/für-dich+mich'],
  // As a path of our own looks.
  ['/s', '/s', '/s'],
] as const;

const WAYS = [
  { name: 'nobody', isHere: true, strips: false, start: undefined },
  ...REAL_PROXIES.flatMap((proxy) =>
    [false, true].map((strips) => ({
      name: `${proxy.name}, which ${strips ? 'takes the path away' : 'passes the path on'}`,
      isHere: isInstalled(proxy),
      strips,
      start: proxy.start,
    })),
  ),
];

const ROWS = WAYS.flatMap((way) =>
  PUBLIC_PATHS.map(([given, linked, path]) => ({ ...way, given, linked, path })),
);

for (const { name, isHere, strips, start, given, linked, path } of ROWS) {
  describe.skipIf(!isHere)(`behind ${name}, below ${given}`, () => {
    let running: TestService;
    let stop = async (): Promise<void> => {};
    let base = '';
    beforeAll(async () => {
      const pagesPort = await freePort();
      const port = start === undefined ? pagesPort : await freePort();
      const publicBaseUrl = `http://127.0.0.1:${port}${given}`;
      running = await startTestService({ pagesPort, publicBaseUrl });
      base = `http://127.0.0.1:${port}${linked}`;
      stop = (await start?.({ port, pagesPort, path, strips })) ?? stop;
    });
    afterAll(async () => {
      await stop();
      await running?.end();
    });

    /** Every URL of a page, below the public one; each is asked for, and pages are followed. */
    async function follow(url: string, seen = new Set<string>()): Promise<Set<string>> {
      if (seen.has(url)) return seen;
      seen.add(url);
      const page = await get(url);
      expect([url, page.status]).toEqual([url, 200]);
      if (!page.headers.get('content-type')?.startsWith('text/html')) return seen;
      for (const next of urlsIn(page.text, url)) await follow(next, seen);
      return seen;
    }

    function urlsIn(html: string, url: string): readonly string[] {
      const found = [...html.matchAll(/(?:href|src|action)="([^"#]+)"/g)].map(([, at = '']) => at);
      return found
        .filter((at) => !at.startsWith('data:'))
        .map((at) => {
          const { href } = new URL(at, url);
          expect(href.startsWith(`${base}/`), href).toBe(true);
          return href;
        });
    }

    test('each page, its icon, its links and its contents are there', async () => {
      const long = 'x\n'.repeat(20_001);
      const seeds = [
        textSeed('# Title\n\ntext', 'a.md', 'md'),
        textSeed(long, 'long.log'),
        fileSeed(png(4, 4), 'a.png', 'png'),
        fileSeed(pdf(), 'a.pdf', 'pdf'),
        fileSeed(wav(), 'a.wav', 'wav'),
        fileSeed(new Uint8Array([0, 1, 2]), 'a.bin'),
      ];
      for (const seed of seeds) {
        const { link } = await running.api.share(seed);
        expect(link.startsWith(`${base}/s/`), link).toBe(true);
        const seen = await follow(link);
        expect([...seen]).toContain(`${base}/icon.svg`);
      }
      const assets: string[] = [];
      for (const seed of seeds) assets.push(await running.api.create(seed));
      const made = await running.api.call('POST', '/linkify/multiple', {
        access: 'PUBLIC',
        assets,
      });
      const { link } = made.json.iterable[0];
      const seen = await follow(link);
      for (const part of ['zip', '3', '3/raw', '6/download', '1?source=', '2?part=2']) {
        expect([...seen]).toContain(`${link}/${part}`);
      }
      // Programs get a list of whole URLs.
      const { text } = await get(link, { accept: 'text/plain' });
      const listed = text.match(/https?:[^\s"]+/g) ?? [];
      expect(listed).toEqual(seeds.map((_, index) => `${link}/${index + 1}/raw`));
      for (const url of listed) expect((await get(url)).status).toBe(200);
    });

    test('a password leads to the content, and a wrong one back to the form', async () => {
      const { link } = await running.api.share(fileSeed(png(4, 4), 'a.png', 'png'), {
        password: 'right',
      });
      const form = await get(link);
      expect(urlsIn(form.text, link)).toContain(`${link}/open`);
      const wrong = await sendForm(link, { password: 'wrong', key: keyIn(form.text) });
      expect(wrong.status).toBe(403);
      expect(urlsIn(wrong.text, link)).toContain(`${link}/open`);
      const right = await sendForm(link, { password: 'right', key: keyIn(form.text) });
      expect(right.status).toBe(303);
      const inside = new URL(right.headers.get('location') ?? '', link).href;
      expect(inside.startsWith(`${base}/`)).toBe(true);
      expect([...(await follow(inside))].length).toBeGreaterThan(3);
    });

    test('what opens once opens', async () => {
      const { link } = await running.api.share(textSeed('only once'), { once: true });
      const form = await get(link);
      const opened = await sendForm(link, { key: keyIn(form.text) });
      expect(opened.text).toContain('only once');
      urlsIn(opened.text, link);
    });

    test('errors have their icon, too', async () => {
      const made = await running.api.share(textSeed('gone'));
      await running.api.revoke(made.id);
      for (const [status, url] of [
        [410, made.link],
        [404, `${base}/`],
        [404, `${base}/s/11111111111111111111aa`],
        [404, `${base}/nothing/here`],
      ] as const) {
        const page = await get(url);
        expect([url, page.status]).toEqual([url, status]);
        expect(urlsIn(page.text, url)).toEqual([`${base}/icon.svg`]);
      }
      expect((await fetch(made.link, { method: 'POST', body: 'x' })).status).toBe(405);
    });

    test('a download is resumed', async () => {
      const { link } = await running.api.share(textSeed('0123456789'.repeat(1_000)));
      const { headers } = await get(`${link}/download`);
      const etag = headers.get('etag') ?? '';
      expect(etag).toMatch(/^"/);
      const rest = await get(`${link}/download`, { range: 'bytes=9995-', 'if-range': etag });
      expect([rest.status, rest.text]).toEqual([206, '56789']);
      expect((await get(`${link}/download`, { 'if-none-match': etag })).status).toBe(304);
      expect((await get(`${link}/download`, { 'if-match': '"x"' })).status).toBe(412);
    });

    test('the path is found, whichever characters of it are percent-encoded', async () => {
      const { link } = await running.api.share(textSeed('found'), {});
      const letters = linked.replace(
        /(?<!%.?)[a-z]/g,
        (one) => `%${one.charCodeAt(0).toString(16)}`,
      );
      const spelled = link.replace(linked, letters);
      expect(spelled).not.toBe(link);
      expect((await get(`${spelled}/raw`)).text).toBe('found');
    });
  });
}

test('a path that is not the public one leads nowhere', async () => {
  const pagesPort = await freePort();
  const publicBaseUrl = `http://127.0.0.1:${pagesPort}/links`;
  const running = await startTestService({ publicBaseUrl, pagesPort });
  onTestFinished(() => running.end());
  const { link } = await running.api.share(textSeed('x'));
  expect((await get(link)).status).toBe(200);
  for (const other of ['/link', '/links2', '/LINKS', '/links/links', '/links%2f', '/%', '/a/b']) {
    expect([other, (await get(link.replace('/links', other))).status]).toEqual([other, 404]);
  }
});
