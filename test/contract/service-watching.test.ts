import { expect, test } from 'vitest';
import { get, startTestService, textSeed } from '../support/service/run.ts';

/** What whoever runs the service on purpose looks at. */

test('figures for Prometheus need the token, and count every answer', async () => {
  const running = await startTestService();
  const share = await running.api.share(textSeed('counted'));
  await get(share.link);
  await get(`${share.link}x`);
  const { text, headers } = await running.api.call('GET', '/metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=/);
  expect(text).toContain('linkify_answers_total{listener="api",status="200"} 1');
  expect(text).toContain('linkify_answers_total{listener="pages",status="200"} 1');
  expect(text).toContain('linkify_answers_total{listener="pages",status="404"} 1');
  expect(text).toContain('linkify_used_bytes 7');
  expect(text).toContain('process_resident_memory_bytes');
  expect((await get(`${running.service.apiBaseUrl}/metrics`)).status).toBe(401);
  expect((await get(`${new URL(share.link).origin}/metrics`)).status).toBe(404);
  await running.end();
});

test('a probe needs no token, and only its own address', async () => {
  const running = await startTestService();
  expect(await get(`${running.service.apiBaseUrl}/healthz`)).toMatchObject({
    status: 200,
    text: 'ok',
  });
  const page = await get(`${running.service.apiBaseUrl}/healthz`, { origin: 'https://evil.test' });
  expect(page.status).toBe(403);
  await running.end();
});

test('nothing answers any more once it is closed', async () => {
  const running = await startTestService();
  const share = await running.api.share(textSeed('x'));
  await running.end();
  await expect(fetch(share.link)).rejects.toThrow();
  await expect(fetch(running.service.apiBaseUrl)).rejects.toThrow();
});
