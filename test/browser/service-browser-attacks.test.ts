import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { marker, startTestService, type TestService, textSeed } from '../support/service/run.ts';

/** A web page somewhere in the user's browser, and what it can do to the service: nothing. */

/** This computer as its network knows it: to browsers not trustworthy, as 127.0.0.1 is. */
const ON_NETWORK = '192.168.77.5';

let running: TestService;
let browser: Browser;
let evil: Server;
let evilUrl = '';
let api = '';
let apiPort = '';
let secret = '';
let link = '';
beforeAll(async () => {
  running = await startTestService();
  secret = marker();
  link = (await running.api.share(textSeed(secret))).link;
  api = running.service.apiBaseUrl;
  apiPort = new URL(api).port;
  // What an attacker's name server does: its name is this computer now. And without the newest
  // browsers' own question before such requests, which others do not have.
  browser = await launchChromium({
    args: [
      `--host-resolver-rules=MAP *.test 127.0.0.1, MAP ${ON_NETWORK} 127.0.0.1`,
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  evil = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>evil</title>');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  evilUrl = `http://evil.test:${(evil.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await browser?.close();
  evil?.close();
  await running?.end();
});

async function openPage(url: string, answer?: (route: Route) => Promise<void>): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  if (answer !== undefined) await page.route(url, answer);
  await page.goto(url);
  return page;
}

/** The page that their server gave out, before its name came to lead here. */
const asTheyMadeIt = (route: Route): Promise<void> =>
  route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Theirs</title>' });

const shares = async (): Promise<number> =>
  (await running.api.call('GET', '/shares')).json.iterable.length;

/** Every request that the browser makes of the API, with what the answer was. */
async function answersWhile(page: Page, act: () => Promise<unknown>): Promise<readonly number[]> {
  const statuses: number[] = [];
  page.context().on('response', (response) => {
    if (new URL(response.url()).port === apiPort) statuses.push(response.status());
  });
  await act();
  return statuses;
}

const ROUTES = ['/shares', '/user', '/connect', '/linkify', '/x-linkify/service', '/metrics'];

describe('DNS rebinding: a page whose own name has become this computer', () => {
  test('is refused by the API on every route, and told nothing', async () => {
    const page = await openPage(`http://evil.test:${apiPort}/`, asTheyMadeIt);
    expect(await page.evaluate(() => location.origin)).toBe(`http://evil.test:${apiPort}`);
    const answers = await page.evaluate(async (routes) => {
      const seen: { status: number; text: string; headers: string }[] = [];
      for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
        for (const route of routes) {
          const response = await fetch(route, {
            method,
            ...(method === 'GET'
              ? {}
              : { body: '{}', headers: { 'content-type': 'application/json' } }),
          });
          seen.push({
            status: response.status,
            text: await response.text(),
            headers: [...response.headers.keys()].join(' '),
          });
        }
      }
      return seen;
    }, ROUTES);
    expect(answers).toHaveLength(4 * ROUTES.length);
    for (const { status, text, headers } of answers) {
      expect(status).toBe(403);
      expect(text).not.toContain(secret);
      expect(headers).not.toMatch(/access-control/);
    }
  });

  test('is refused with the right token, too', async () => {
    const page = await openPage(`http://evil.test:${apiPort}/`, asTheyMadeIt);
    const status = await page.evaluate(
      async (token) =>
        (await fetch('/shares', { headers: { authorization: `Bearer ${token}` } })).status,
      running.service.token,
    );
    expect(status).toBe(403);
  });

  test('is refused by the pages too, at links that it knows, and told nothing', async () => {
    const { port, pathname } = new URL(link);
    // The page came before the name was moved to this computer.
    const page = await openPage(`http://evil.test:${port}/attack`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>evil</title>' }),
    );
    const answers = await page.evaluate(
      async (paths) => {
        const seen: { status: number; text: string }[] = [];
        for (const path of paths) {
          const response = await fetch(path);
          seen.push({ status: response.status, text: await response.text() });
        }
        return seen;
      },
      ['/', '/s', '/shares', '/sitemap.xml', pathname, `${pathname}/raw`, `${pathname}/download`],
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(7).fill(421));
    for (const { text } of answers) expect(text).not.toContain(secret);
  });
});

test('a page on the network cannot find a share, for there is no list, and is slowed down', async () => {
  const own = await startTestService();
  onTestFinished(() => own.end());
  const { port } = new URL((await own.api.share(textSeed('x'))).link);
  const page = await openPage(`http://${ON_NETWORK}:${port}/attack`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>same origin</title>' }),
  );
  const statuses = await page.evaluate(async () => {
    const seen: number[] = [];
    for (const path of ['/', '/s', '/s/', '/shares', '/linkify', '/sitemap.xml']) {
      seen.push((await fetch(path)).status);
    }
    for (let guess = 0; guess < 30; guess++) seen.push((await fetch(`/s/guess${guess}`)).status);
    return seen;
  });
  expect(statuses.slice(0, 6)).toEqual([404, 404, 404, 404, 404, 404]);
  expect(statuses.at(-1)).toBe(429);
});

describe('another origin', () => {
  const attempts: readonly (readonly [string, string])[] = [
    ['a GET', `fetch(api + '/shares')`],
    ['a GET without CORS', `fetch(api + '/shares', { mode: 'no-cors' })`],
    ['a GET with cookies', `fetch(api + '/shares', { credentials: 'include' })`],
    ['a guessed token', `fetch(api + '/shares', { headers: { authorization: 'Bearer x' } })`],
    [
      'the right token',
      `fetch(api + '/shares', { headers: { authorization: 'Bearer ' + token } })`,
    ],
    ['a POST of text', `fetch(api + '/linkify', { method: 'POST', mode: 'no-cors', body })`],
    [
      'a POST of JSON',
      `fetch(api + '/linkify', { method: 'POST', body, headers: { 'content-type': 'application/json' } })`,
    ],
    [
      'a POST with the token',
      `fetch(api + '/linkify', { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token } })`,
    ],
    [
      'an upload',
      `fetch(api + '/x-linkify/assets?name=a', { method: 'POST', mode: 'no-cors', body: new Blob([body]) })`,
    ],
    ['a beacon', `Promise.resolve(navigator.sendBeacon(api + '/linkify', body))`],
    [
      'an XMLHttpRequest',
      `new Promise((done) => { const x = new XMLHttpRequest(); x.onloadend = () => done(x.responseText); x.open('POST', api + '/linkify'); x.send(body); })`,
    ],
    [
      'a WebSocket',
      `new Promise((done, fail) => { const s = new WebSocket(api.replace('http', 'ws') + '/linkify'); s.onopen = () => done('open'); s.onerror = () => fail(new Error('refused')); })`,
    ],
    [
      'an EventSource',
      `new Promise((done, fail) => { const s = new EventSource(api + '/shares'); s.onmessage = (e) => done(e.data); s.onerror = () => { s.close(); fail(new Error('refused')); }; })`,
    ],
    [
      'an image',
      `new Promise((done, fail) => { const i = new Image(); i.onload = () => done('loaded'); i.onerror = () => fail(new Error('refused')); i.src = api + '/shares'; })`,
    ],
    [
      'a script',
      `new Promise((done, fail) => { const s = document.createElement('script'); s.onload = () => done('loaded'); s.onerror = () => fail(new Error('refused')); s.src = api + '/shares'; document.body.append(s); })`,
    ],
    [
      'a style sheet',
      `new Promise((done, fail) => { const s = document.createElement('link'); s.rel = 'stylesheet'; s.onload = () => done('loaded'); s.onerror = () => fail(new Error('refused')); s.href = api + '/shares'; document.head.append(s); })`,
    ],
    ['a share page', `fetch(link)`],
    [
      'a share page as an image',
      `new Promise((done, fail) => { const i = new Image(); i.onload = () => done('loaded'); i.onerror = () => fail(new Error('refused')); i.src = link + '/raw'; })`,
    ],
  ];

  test.each(attempts)('%s reads nothing and changes nothing', async (_what, source) => {
    const before = await shares();
    const page = await openPage(evilUrl);
    let outcome: unknown;
    const statuses = await answersWhile(page, async () => {
      outcome = await page.evaluate(
        async ([code, given]) => {
          const names = Object.keys(given);
          const attempt = new Function(...names, `return ${code}`);
          try {
            const result: unknown = await attempt(...Object.values(given));
            if (!(result instanceof Response)) return String(result);
            return `${result.type} ${await result.text()}`;
          } catch (error) {
            return `failed: ${(error as Error).message}`;
          }
        },
        [
          source,
          {
            api,
            link,
            token: running.service.token,
            body: JSON.stringify({ access: 'PUBLIC', seed: textSeed('evil') }),
          },
        ] as const,
      );
    });
    expect(String(outcome)).toMatch(/^(failed: |opaque $|true$|$)/);
    for (const status of statuses) expect([403, 404, 405]).toContain(status);
    expect(await shares()).toBe(before);
  });

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])(
    'a form of %s changes nothing',
    async (enctype) => {
      const before = await shares();
      const page = await openPage(evilUrl);
      const [response] = await Promise.all([
        page.waitForResponse((one) => one.url() === `${api}/linkify`),
        page.evaluate(
          ([target, type]) => {
            const form = document.createElement('form');
            Object.assign(form, { method: 'post', action: `${target}/linkify`, enctype: type });
            const field = document.createElement('input');
            Object.assign(field, { name: '{"access":"PUBLIC","a":"', value: '"}' });
            form.append(field);
            document.body.append(form);
            form.submit();
          },
          [api, enctype] as const,
        ),
      ]);
      expect(response.status()).toBe(403);
      expect(await shares()).toBe(before);
    },
  );

  test('cannot show a share in a frame, and learns nothing of a window that it opens', async () => {
    const page = await openPage(evilUrl);
    await page.evaluate((url) => {
      for (const src of [url, `${url}/raw`]) {
        const frame = document.createElement('iframe');
        frame.src = src;
        document.body.append(frame);
      }
    }, link);
    await expect
      .poll(() =>
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url()),
      )
      .toEqual(['chrome-error://chromewebdata/', 'chrome-error://chromewebdata/']);
    const read = await page.evaluate((url) => {
      const opened = window.open(url);
      try {
        return opened?.document.body.textContent ?? 'closed';
      } catch (error) {
        return (error as Error).name;
      }
    }, link);
    expect(read).not.toContain(secret);
  });
});
