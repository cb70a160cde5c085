import { expect, test } from 'vitest';
import {
  type CopySeen,
  decideOnCopy,
  type ModeSettings,
  OFFER_PAUSE_MS,
  SHARES_A_MINUTE,
} from '../../../main/clipboard/copy-modes.ts';

const image: CopySeen = { kind: 'image', concealed: false, scan: undefined };
const text: CopySeen = { kind: 'text', concealed: false, scan: { ok: true, secrets: [] } };
const never = { offersMs: [], sharesMs: [] };
const offer: ModeSettings = { mode: 'offer', kinds: ['image', 'text'] };
const automatic: ModeSettings = { mode: 'automatic', kinds: ['image', 'text'] };

test('manual: a copy alone does nothing', () => {
  expect(decideOnCopy(image, { ...offer, mode: 'manual' }, never, 0)).toBe('nothing');
});

test('chosen kinds are offered, or shared; others are left alone', () => {
  expect(decideOnCopy(image, offer, never, 0)).toBe('offer');
  expect(decideOnCopy(image, automatic, never, 0)).toBe('share');
  for (const settings of [offer, automatic]) {
    expect(decideOnCopy({ ...image, kind: 'files' }, settings, never, 0)).toBe('nothing');
    expect(decideOnCopy({ ...image, kind: 'empty' }, settings, never, 0)).toBe('nothing');
  }
});

test.each([offer, automatic])(
  '$mode: never for what is concealed, looks secret, or could not be scanned',
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
