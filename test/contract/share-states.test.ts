import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  get,
  keyIn,
  sendForm,
  startTestService,
  type TestService,
  textSeed,
} from '../support/service/run.ts';
import { pageText } from '../support/text.ts';

/** Links that lead to no content say why, each in its own title. */

let running: TestService;
beforeAll(async () => {
  running = await startTestService();
});
afterAll(() => running.end());

const share = (options?: object) => running.api.share(textSeed('secret words'), options);
const program = { accept: '*/*', 'user-agent': 'curl/8.5.0' };

const STATES = {
  revoked: {
    title: 'revokedTitle',
    async link() {
      const { id, link } = await share();
      await running.api.revoke(id);
      return link;
    },
  },
  closed: {
    title: 'revokedTitle',
    async link() {
      const { id, link } = await share();
      await running.api.call('POST', `/x-linkify/shares/${id}/close`);
      return link;
    },
  },
  expired: {
    title: 'expiredTitle',
    async link() {
      const { link } = await share({ expiresInSeconds: 1 });
      await expect.poll(async () => (await get(link)).status, { timeout: 5_000 }).toBe(410);
      return link;
    },
  },
  'opened once': {
    title: 'usedUpTitle',
    async link() {
      const { link } = await share({ once: true });
      await sendForm(link, { key: keyIn((await get(link)).text) });
      return link;
    },
  },
  'opened as often as it may be': {
    title: 'maxOpensTitle',
    async link() {
      const { link } = await share({ maxOpens: 1 });
      await get(link, program);
      return link;
    },
  },
  unknown: {
    title: 'unknown',
    link: async () => `${new URL((await share()).link).origin}/s/unknown`,
  },
} as const;

test.each(Object.entries(STATES))('%s', async (_, { title, link }) => {
  const url = await link();
  const words = pageText(title);
  const page = await get(url, { 'user-agent': 'Mozilla/5.0 (someone else)' });
  expect(page.status).toBe(title === 'unknown' ? 404 : 410);
  expect(page.text).toContain(`<h1>${words}</h1>`);
  expect(page.text).toContain(`<title>${words}</title>`);
  expect(page.text).not.toContain('secret words');
  const answer = await get(url, program);
  expect(answer.text.startsWith(`${words}. `)).toBe(true);
});

test('every state has a title of its own', () => {
  const titles = Object.values(STATES).map(({ title }) => pageText(title));
  expect(new Set(titles).size).toBe(5);
});
