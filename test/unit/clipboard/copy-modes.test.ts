import { expect, test } from 'vitest';
import {
  type CopyChoices,
  type CopySummary,
  decideOnCopy,
  OFFER_PAUSE_MS,
  SHARES_A_MINUTE,
} from '../../../main/clipboard/copy-modes.ts';

const image: CopySummary = { kind: 'image', concealed: false, scan: undefined };
const text: CopySummary = { kind: 'text', concealed: false, scan: { ok: true, secrets: [] } };
const never = { offersMs: [], sharesMs: [] };
const off: CopyChoices = { offerToShare: 'off', shareAutomatically: 'off' };
const offer: CopyChoices = { ...off, offerToShare: 'everything' };
const automatic: CopyChoices = { ...off, shareAutomatically: 'everything' };
const kinds = ['text', 'code', 'url', 'html', 'colour', 'image', 'files', 'empty', 'unsupported'];

test('a copy alone does nothing where nothing was chosen', () => {
  expect(decideOnCopy(image, off, never, 0)).toBe('nothing');
});

test.each([
  ['images', ['image']],
  ['images-and-files', ['image', 'files']],
  ['everything', kinds.slice(0, -2)],
] as const)('%s: just these are offered, or shared', (chosen, expected) => {
  const decided = (choices: Partial<CopyChoices>) =>
    kinds.filter((kind) => {
      const seen = { ...image, kind: kind as CopySummary['kind'] };
      return decideOnCopy(seen, { ...off, ...choices }, never, 0) !== 'nothing';
    });
  expect(decided({ offerToShare: chosen })).toEqual(expected);
  expect(decided({ shareAutomatically: chosen })).toEqual(expected);
});

test('what is shared automatically is not offered, the rest is', () => {
  const both: CopyChoices = { offerToShare: 'everything', shareAutomatically: 'images' };
  expect(decideOnCopy(image, both, never, 0)).toBe('share');
  expect(decideOnCopy(text, both, never, 0)).toBe('offer');
});

test.each([offer, automatic])(
  '$offerToShare, $shareAutomatically: never for what is concealed, looks secret, or could not be scanned',
  (settings) => {
    const secret = { kind: 'npm-token', label: 'npm token', start: 0, end: 9 };
    expect(decideOnCopy({ ...text, concealed: true }, settings, never, 0)).toBe('nothing');
    expect(
      decideOnCopy({ ...text, scan: { ok: true, secrets: [secret] } }, settings, never, 0),
    ).toBe('nothing');
    expect(decideOnCopy({ ...text, scan: { ok: false } }, settings, never, 0)).toBe('nothing');
    expect(decideOnCopy(text, settings, never, 0)).not.toBe('nothing');
  },
);

test('offers keep quiet for a while after one', () => {
  const past = { offersMs: [1_000], sharesMs: [] };
  expect(decideOnCopy(image, offer, past, 1_000 + OFFER_PAUSE_MS - 1)).toBe('nothing');
  expect(decideOnCopy(image, offer, past, 1_000 + OFFER_PAUSE_MS)).toBe('offer');
});

test('a program that copies all the time is no longer shared automatically, but offered', () => {
  const sharesMs = Array.from({ length: SHARES_A_MINUTE }, (_, index) => index * 1_000);
  expect(decideOnCopy(image, automatic, { offersMs: [], sharesMs }, 10_000)).toBe('offer');
  expect(decideOnCopy(image, automatic, { offersMs: [], sharesMs }, 61_000)).toBe('share');
});
