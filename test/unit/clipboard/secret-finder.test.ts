import { expect, test } from 'vitest';
import { createSecretFinder } from '../../../main/clipboard/secret-finder.ts';

const workerUrl = new URL('../../../main/clipboard/scan-secrets-worker.ts', import.meta.url);
const nowhere = new URL('./there-is-no-such-worker.ts', import.meta.url);
const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;
const lorem = 'The quick brown fox jumps over the lazy dog.\n';

test('a small text is scanned without a thread', async () => {
  const find = createSecretFinder({ workerUrl: nowhere });
  expect(await find(`hi ${TOKEN}`)).toEqual({
    ok: true,
    secrets: [{ kind: 'github-token', label: 'GitHub token', start: 3, end: 43 }],
  });
});

test('a large text is scanned in a thread, and the calling one stays free', async () => {
  const find = createSecretFinder({ workerUrl });
  const text = `${lorem.repeat(60_000)}${TOKEN}`;
  let longestMs = 0;
  let lastMs = performance.now();
  const beat = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 5);
  const result = await find(text);
  clearInterval(beat);
  expect(result).toMatchObject({ ok: true, secrets: [{ kind: 'github-token', end: text.length }] });
  expect(longestMs).toBeLessThan(200);
});

test('a scan that takes too long, or cannot begin, says that nothing is known', async () => {
  const text = lorem.repeat(60_000);
  expect(await createSecretFinder({ workerUrl, limitMs: 0 })(text)).toEqual({ ok: false });
  expect(await createSecretFinder({ workerUrl: nowhere })(text)).toEqual({ ok: false });
});
