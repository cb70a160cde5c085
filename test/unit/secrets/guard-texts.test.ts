import { expect, test } from 'vitest';
import { scanTexts } from '../../../main/secrets/guard-texts.ts';
import { createSecretFinder } from '../../../main/secrets/scanner.ts';

const find = createSecretFinder({
  workerUrl: new URL('../../../main/secrets/scan-worker.ts', import.meta.url),
});
const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;

test('ordinary texts are shared without a question', async () => {
  const { decision } = await scanTexts(find, ['Minutes of Monday', 'const x = 1;'], []);
  expect(decision).toEqual({ kind: 'share' });
});

test('one text with a find holds up the whole collection, and says what it is', async () => {
  const { decision, masked } = await scanTexts(find, ['hello', `use ${TOKEN}`], []);
  expect(decision).toMatchObject({ kind: 'ask', labels: ['GitHub token'], canMask: true });
  expect(await masked()).toEqual(['hello', 'use [GitHub token hidden]']);
});

test('what was allowed for good is not asked about, but still hidden on demand', async () => {
  const { decision, masked } = await scanTexts(find, [TOKEN], ['github-token']);
  expect(decision).toEqual({ kind: 'share' });
  expect(await masked()).toEqual(['[GitHub token hidden]']);
});

test('a large text is looked at, too', async () => {
  const { decision } = await scanTexts(find, [`${'lorem ipsum\n'.repeat(40_000)}${TOKEN}`], []);
  expect(decision).toMatchObject({ kind: 'ask', kinds: ['github-token'] });
});

test('when one text could not be looked at, nothing is called safe or hidden', async () => {
  const guarded = await scanTexts(async () => ({ ok: false }), ['hello'], ['github-token']);
  expect(guarded.decision).toMatchObject({ kind: 'ask', canMask: false });
  expect(await guarded.masked()).toBeUndefined();
});

test('finds that cannot be hidden are not called hidden', async () => {
  const stubborn = async (text: string) => ({
    ok: true as const,
    secrets: [{ kind: 'x', label: 'x', start: 0, end: Math.min(1, text.length) }],
  });
  expect(await (await scanTexts(stubborn, ['abc'], [])).masked()).toBeUndefined();
});
