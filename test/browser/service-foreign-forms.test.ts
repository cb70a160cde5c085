import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import {
  answerOf,
  get,
  keyIn,
  marker,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/**
 * Pages of others that know a link and send its form. At an address of the local network browsers
 * say next to nothing of who sends it, and of our own page nothing else.
 */

const ON_NETWORK = '192.168.77.5';

let running: TestService;
let browser: Browser;
let evil: Server;
let evilUrl = '';
let secret = '';
beforeAll(async () => {
  running = await startTestService();
  secret = marker();
  browser = await launchChromium({
    args: [
      `--host-resolver-rules=MAP *.test 127.0.0.1, MAP ${ON_NETWORK} 127.0.0.1`,
      '--disable-features=LocalNetworkAccessChecks',
    ],
  });
  evil = createServer((request, response) => {
    const policy = new URL(request.url ?? '/', 'http://evil.test').searchParams.get('policy');
    response.writeHead(200, {
      'content-type': 'text/html',
      ...(policy === null ? {} : { 'referrer-policy': policy }),
    });
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

async function openPage(url: string): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Has a page send a form, and waits for the answer. */
async function submit(page: Page, link: string, fields: Record<string, string>): Promise<number> {
  const [answer] = await Promise.all([
    page.context().waitForEvent('response', (one) => one.url() === `${link}/open`),
    page.evaluate(
      ([action, values]) => {
        const form = document.createElement('form');
        Object.assign(form, { method: 'post', action, target: '_blank' });
        for (const [name, value] of Object.entries(values)) {
          const field = document.createElement('input');
          Object.assign(field, { type: 'hidden', name, value });
          form.append(field);
        }
        document.body.append(form);
        form.submit();
      },
      [`${link}/open`, fields] as const,
    ),
  ]);
  return answer.status();
}

const WAYS: readonly (readonly [string, string])[] = [
  ['as it is', ''],
  ['that hides where it is', '?policy=no-referrer'],
];

describe.each([ON_NETWORK, '127.0.0.1'])('at %s', (address) => {
  const at = (link: string): string => link.replace('127.0.0.1', address);

  test('our own page opens what has a password, and what opens once', async () => {
    const locked = await running.api.share(textSeed(secret), { password: 'right' });
    const page = await openPage(at(locked.link));
    await page.getByLabel(pageText('password'), { exact: true }).fill('wrong');
    await page.getByRole('button', { name: pageText('open') }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel(pageText('password'), { exact: true }).fill('right');
    await page.getByRole('button', { name: pageText('open') }).click();
    await page.getByText(secret).waitFor();

    const once = await running.api.share(textSeed(secret), { once: true, password: 'right' });
    await page.goto(at(once.link));
    await page.getByLabel(pageText('password'), { exact: true }).fill('right');
    await page.locator('button.first').click();
    await page.getByText(secret).waitFor();
  });

  test.each(WAYS)('a page of another, %s, uses up no try of a password', async (_how, query) => {
    const { link } = await running.api.share(textSeed(secret), { password: 'right' });
    const page = await openPage(evilUrl + query);
    for (let go = 0; go < 8; go++) {
      expect([200, 403]).toContain(
        await submit(page, at(link), { password: go % 2 === 0 ? 'wrong' : 'right', key: 'x' }),
      );
    }
    // From a sandbox without an origin, and by a script.
    await page.evaluate(async (url) => {
      const frame = document.createElement('iframe');
      frame.setAttribute('sandbox', 'allow-scripts allow-forms');
      frame.srcdoc = `<form method="post" action="${url}/open"><input name="password" value="wrong"></form><script>document.forms[0].submit()</script>`;
      const left = new Promise((resolve) => {
        frame.onload = resolve;
      });
      document.body.append(frame);
      await left;
      for (let go = 0; go < 8; go++) {
        const body = new URLSearchParams({ password: 'wrong' });
        await fetch(`${url}/open`, { method: 'POST', mode: 'no-cors', body }).catch(() => {});
      }
    }, at(link));
    // Five tries a minute: none of them is gone.
    const reader = await openPage(at(link));
    for (let go = 0; go < 4; go++) {
      await reader.getByLabel(pageText('password'), { exact: true }).fill(`wrong ${go}`);
      await reader.getByRole('button', { name: pageText('open') }).click();
      await reader.getByRole('alert').waitFor();
    }
    await reader.getByLabel(pageText('password'), { exact: true }).fill('right');
    await reader.getByRole('button', { name: pageText('open') }).click();
    await reader.getByText(secret).waitFor();
  });

  test.each(WAYS)('a page of another, %s, opens nothing that opens once', async (_how, query) => {
    const { link } = await running.api.share(textSeed(secret), { once: true });
    const page = await openPage(evilUrl + query);
    for (let go = 0; go < 5; go++) {
      expect([200, 403]).toContain(await submit(page, at(link), { key: 'x' }));
      await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => {}), at(link));
    }
    const reader = await openPage(at(link));
    await reader.locator('button.first').click();
    await reader.getByText(secret).waitFor();
  });
});

describe('what counts as a try', () => {
  const send = async (link: string, fields: Record<string, string>, headers: HeadersInit) =>
    answerOf(
      await fetch(`${link}/open`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields),
        redirect: 'manual',
      }),
    );

  test.each([
    ['no origin, as a program sends it', {}, 403],
    ['no origin that it tells, and no key', { origin: 'null' }, 200],
    ['another origin', { origin: 'http://evil.test' }, 200],
    ['another site', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ])('a wrong password with %s', async (_what, headers, status) => {
    const { link } = await running.api.share(textSeed('x'), { password: 'right' });
    for (let go = 0; go < 7; go++) {
      const answer = await send(link, { password: 'wrong' }, headers as HeadersInit);
      // A program's tries count: the sixth of them is one too many.
      const isProgram = Object.keys(headers).length === 0;
      expect(answer.status).toBe(isProgram && go >= 5 ? 429 : status);
    }
  });

  test('the key of one share is none for another, and a form can be sent again', async () => {
    const one = await running.api.share(textSeed(secret), { password: 'right' });
    const other = await running.api.share(textSeed(secret), { password: 'right' });
    const key = keyIn((await get(one.link)).text);
    expect(key).not.toBe('');
    const hidden = { origin: 'null' };
    expect((await send(other.link, { password: 'right', key }, hidden)).status).toBe(200);
    expect((await send(one.link, { password: 'wrong', key }, hidden)).status).toBe(403);
    expect((await send(one.link, { password: 'right', key }, hidden)).status).toBe(303);
    expect((await send(one.link, { password: 'right', key: `${key}x` }, hidden)).status).toBe(200);
  });
});
