import { expect, test } from 'vitest';
import { createSecretFinder } from '../../../main/secrets/scanner.ts';

const workerUrl = new URL('../../../main/secrets/scan-worker.ts', import.meta.url);
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
  let turns = 0;
  const beat = setInterval(() => {
    turns++;
  }, 1);
  const result = await find(text);
  clearInterval(beat);
  expect(result).toMatchObject({ ok: true, secrets: [{ kind: 'github-token', end: text.length }] });
  // Others had their turn before all was scanned.
  expect(turns).toBeGreaterThan(1);
});

test('a scan that takes too long, or cannot begin, says that nothing is known', async () => {
  const text = lorem.repeat(60_000);
  expect(await createSecretFinder({ workerUrl, limitMs: 0 })(text)).toEqual({ ok: false });
  expect(await createSecretFinder({ workerUrl: nowhere })(text)).toEqual({ ok: false });
});

test('many small texts at once are scanned in a thread, too, and in order', async () => {
  const find = createSecretFinder({ workerUrl });
  const texts = Array.from({ length: 400 }, (_, n) => (n === 399 ? TOKEN : lorem.repeat(20)));
  let turns = 0;
  const beat = setInterval(() => {
    turns++;
  }, 1);
  const results = await Promise.all(texts.map(find));
  clearInterval(beat);
  // Others had their turn before all was scanned.
  expect(turns).toBeGreaterThan(1);
  expect(results.filter((result) => result.ok && result.secrets.length === 0)).toHaveLength(399);
  expect(results[399]).toMatchObject({ ok: true, secrets: [{ kind: 'github-token' }] });
});

test('after a scan that took too long, the next text is scanned all the same', async () => {
  const find = createSecretFinder({ workerUrl, inlineUpTo: 0, limitMs: 5_000 });
  const hopeless = createSecretFinder({ workerUrl, inlineUpTo: 0, limitMs: 0 });
  expect(await Promise.all([hopeless('a'), hopeless('b')])).toEqual([{ ok: false }, { ok: false }]);
  expect(await find(TOKEN)).toMatchObject({ ok: true, secrets: [{ kind: 'github-token' }] });
  expect(await find('again')).toEqual({ ok: true, secrets: [] });
});
