import { expect, test } from 'vitest';
import { nameFindings } from '../../../main/secrets/name-findings.ts';
import { english, german } from '../../support/messages.ts';
import { text } from '../../support/text.ts';

test.each([
  [['GitHub token'], 'a GitHub token'],
  [['AWS access key id', 'password'], 'an AWS access key id and a password'],
  [['OpenAI key', 'npm token', 'URL'], 'an OpenAI key, an npm token, and a URL'],
  [['password', 'a', 'b', 'c', 'd'], 'a password, an a, and 3 more'],
  [['text that could not be checked'], text('findUnchecked')],
])('%j is named as "%s"', (labels, words) => {
  expect(nameFindings(labels, english)).toBe(words);
});

test('in German: products keep their names', () => {
  const finds = nameFindings(['GitHub token', 'private key'], german);
  expect(finds).toContain('GitHub');
  expect(finds).toContain(german.t('findPrivateKey'));
});
