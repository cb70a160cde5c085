import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptAround } from '../../../main/secrets/excerpt.ts';
import type { Secret } from '../../../main/secrets/masking.ts';

const find = (text: string, value: string, from = 0): Secret => {
  const start = text.indexOf(value, from);
  return { kind: 'key', label: 'key', start, end: start + value.length };
};

const around = (text: string, ...values: readonly string[]) => {
  const secrets = values.map((value) => find(text, value));
  const [first] = secrets;
  if (first === undefined) throw new Error('no value');
  return excerptAround(text, first, secrets);
};

test('shows the rest of the line in which a secret was found', () => {
  const text = 'first line\n  password = tiger-7-amber; # of the test server\nlast line';
  expect(around(text, 'tiger-7-amber')).toEqual({
    before: 'password = ',
    after: '; # of the test server',
  });
});

test('cuts a long line on both sides', () => {
  const text = `${'a'.repeat(100)}tiger-7-amber${'b'.repeat(100)}`;
  expect(around(text, 'tiger-7-amber')).toEqual({
    before: `…${'a'.repeat(24)}`,
    after: `${'b'.repeat(24)}…`,
  });
});

test('hides other secrets of the line, and the same value elsewhere in it', () => {
  const text = 'lime-9-otter x tiger-7-amber y lime-9-otter z\nq=lime-9-otter';
  expect(
    excerptAround(text, find(text, 'tiger-7-amber'), [
      find(text, 'tiger-7-amber'),
      find(text, 'lime-9-otter', text.indexOf('\n')),
    ]),
  ).toEqual({ before: '•••••••• x ', after: ' y •••••••• z' });
});

test('never shows a part of a secret, wherever the line is cut', () => {
  const value = fc.constantFrom('AAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBB', 'C'.repeat(60));
  const part = fc.oneof(value, fc.constantFrom('x', ' y ', '\n', 'z'.repeat(20)));
  fc.assert(
    fc.property(value, fc.array(part), fc.array(part), (secret, before, after) => {
      const text = [...before, secret, ...after].join('');
      const start = before.join('').length;
      const all = ['AAAAAAAAAA', 'BBBBBBBBBBBBBBBBBBBB', 'C'.repeat(60)].flatMap((each) =>
        text.includes(each) ? [find(text, each)] : [],
      );
      const about = { ...find(text, secret), start, end: start + secret.length };
      const shown = excerptAround(text, about, [...all, about]);
      expect(`${shown.before}${shown.after}`).not.toMatch(/[ABC]/);
    }),
  );
});
