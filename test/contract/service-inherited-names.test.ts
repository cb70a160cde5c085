import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { INHERITED_NAMES } from '../support/inherited-names.ts';
import {
  APPLICATION,
  fileSeed,
  get,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';

/** Names that plain objects inherit, wherever the API and the pages take a string. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const name = fc.constantFrom(...INHERITED_NAMES);

test('as a name, an extension and content: each page is there', async () => {
  await fc.assert(
    fc.asyncProperty(name, name, name, async (file, ext, content) => {
      const markdown = `# ${content}\n\n[${file}](${ext}) [^${ext}] [a](#${file})\n\n[^${ext}]: x\n`;
      for (const seed of [
        textSeed(content, `notes.${file}`),
        textSeed(content, file, ext),
        textSeed(markdown, file, 'md'),
        fileSeed(Buffer.from(content), `${file}.${ext}`, ext),
        fileSeed(Buffer.from([0, 1, 2]), `notes.${ext}`),
      ]) {
        const { link } = await running.api.share(seed);
        for (const path of ['', '/raw', '/download', `?part=1&encoding=${file}`, '?source']) {
          expect((await get(link + path)).status, `${link} ${path}`).toBe(200);
        }
      }
    }),
    { numRuns: 40 },
  );
});

test('as a collection of such items: its page, its items and its archive are there', async () => {
  const assets: string[] = [];
  for (const file of INHERITED_NAMES) {
    assets.push(await running.api.create(textSeed(`[a](${file})`, file, 'md')));
  }
  // Names of collections are unique, whatever their letters' case.
  for (const title of new Set(INHERITED_NAMES.map((one) => one.toLowerCase()))) {
    const made = await running.api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets,
      name: title,
    });
    expect(made.status, made.text).toBe(200);
    const { link } = made.json.iterable[0];
    for (const path of ['', '/1', '/3/raw', '/zip']) {
      expect((await get(link + path)).status).toBe(200);
    }
  }
}, 60_000);

test('as a part of an address or a query, a header and its value: no failure of ours', async () => {
  const { link } = await running.api.share(textSeed('words', 'a.md', 'md'));
  const { origin, pathname } = new URL(link);
  const paths = name.chain((one) =>
    fc.constantFrom(
      `/${one}`,
      `/s/${one}`,
      `/o/${one}`,
      `/s/${one}/raw`,
      `${pathname}/${one}`,
      `${pathname}/${one}/raw`,
      `${pathname}?${one}`,
      `${pathname}?${one}=${one}&part=${one}`,
      `${pathname}?encoding=${one}&part=1`,
    ),
  );
  const headers = fc.constantFrom('accept-language', 'range', 'accept', 'user-agent', 'origin');
  await fc.assert(
    fc.asyncProperty(paths, headers, name, async (path, header, value) => {
      const own = /^[\w-]+$/.test(value) ? { [`x-${value}`]: value } : {};
      for (const base of [origin, running.service.apiBaseUrl]) {
        const answer = await get(base + path, { [header]: value, ...own });
        expect(answer.status, `${base}${path} ${header}: ${value}`).toBeLessThan(500);
      }
    }),
    { numRuns: 150 },
  );
});

test('as a word of a request: it is refused or taken, and never fails', async () => {
  const { api } = running;
  await fc.assert(
    fc.asyncProperty(name, name, async (key, value) => {
      // As JSON, so that "__proto__" is a key like any other.
      const own = `${JSON.stringify(key)}:${JSON.stringify(value)}`;
      for (const [path, body] of [
        ['/linkify', `{${own}}`],
        ['/linkify', `{"access":${JSON.stringify(value)},${own}}`],
        ['/linkify', `{"access":"PUBLIC","seed":{"type":"SEEDED_ASSET",${own}}}`],
        ['/linkify', `{"access":"PUBLIC","asset":{"id":"a"},"x-linkify":{${own}}}`],
        ['/linkify/multiple', `{"access":"PUBLIC","assets":[${JSON.stringify(value)}],${own}}`],
        ['/assets/create', `{${own},"asset":{${own}}}`],
        [
          '/connect',
          JSON.stringify({ application: { ...APPLICATION, name: value, platform: key } }),
        ],
        [`/linkify/${encodeURIComponent(key)}/revoke`, `{${own}}`],
        [`/assets/${encodeURIComponent(key)}/delete`, `{${own}}`],
      ] as const) {
        const answer = await api.call('POST', path, body);
        expect(answer.status, `${path} ${body} ${answer.text}`).toBeLessThan(500);
      }
      const form = await fetch(`${(await api.share(textSeed('x'), { once: true })).link}/open`, {
        method: 'POST',
        body: new URLSearchParams({ [key]: value, key: value }),
      });
      expect(form.status).toBeLessThan(500);
    }),
    { numRuns: 40 },
  );
}, 60_000);
