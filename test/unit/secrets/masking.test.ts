import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideOnSecrets, maskSecrets, type Secret } from '../../../main/secrets/masking.ts';

const secret = (kind: string, start = 0, end = 1): Secret => ({
  kind,
  label: `${kind} key`,
  start,
  end,
});

describe('the decision', () => {
  test('a text without finds is shared', () => {
    expect(decideOnSecrets({ ok: true, secrets: [] }, [])).toEqual({ kind: 'share' });
  });

  test('finds are asked about, each kind once', () => {
    const secrets = [secret('aws'), secret('npm', 2, 3), secret('aws', 4, 5)];
    expect(decideOnSecrets({ ok: true, secrets }, [])).toEqual({
      kind: 'ask',
      labels: ['aws key', 'npm key'],
      kinds: ['aws', 'npm'],
      canMask: true,
    });
  });

  test('a remembered yes covers its own kind and no other', () => {
    const secrets = [secret('aws'), secret('npm', 2, 3)];
    expect(decideOnSecrets({ ok: true, secrets }, ['aws'])).toMatchObject({ kinds: ['npm'] });
    expect(decideOnSecrets({ ok: true, secrets }, ['aws', 'npm'])).toEqual({ kind: 'share' });
  });

  test('a text that could not be scanned is asked about, whatever was remembered', () => {
    expect(decideOnSecrets({ ok: false }, ['aws'])).toMatchObject({ kind: 'ask', canMask: false });
  });
});

describe('the masked text', () => {
  test('says what was there', () => {
    expect(maskSecrets('key=abc;', [secret('npm', 4, 7)])).toBe('key=[npm key hidden];');
  });

  test('hides the same value elsewhere too', () => {
    const text = 'PASSWORD=tiger-7-amber\nlogin with tiger-7-amber';
    expect(maskSecrets(text, [secret('p', 9, 22)])).toBe(
      'PASSWORD=[p key hidden]\nlogin with [p key hidden]',
    );
  });

  test('keeps everything but the finds, wherever they lie and overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ find: fc.boolean(), length: fc.integer({ min: 1, max: 12 }) }), {
          maxLength: 12,
        }),
        fc.array(fc.nat(30)),
        (pieces, cuts) => {
          let text = '';
          const secrets: Secret[] = [];
          const kept: string[] = [];
          for (const [index, { find, length }] of pieces.entries()) {
            const piece = `${find ? 'S' : 'k'}${index}${String.fromCharCode(97 + index).repeat(length)}|`;
            if (find) {
              secrets.push(secret('s', text.length, text.length + piece.length));
              // A second find within the first one.
              const cut = text.length + ((cuts[index] ?? 0) % piece.length);
              secrets.push(secret('inner', cut, text.length + piece.length));
            } else kept.push(piece);
            text += piece;
          }
          const masked = maskSecrets(text, secrets);
          expect(masked.replaceAll(/\[\w+ key hidden\]/g, '')).toBe(kept.join(''));
        },
      ),
    );
  });
});

test('each place of a value is hidden, however many values there are and whatever they begin with', () => {
  const value = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b') });
  const filler = fc.string({ maxLength: 6, unit: fc.constantFrom('a', 'b', ' ', '.') });
  fc.assert(
    fc.property(fc.array(fc.tuple(filler, value), { maxLength: 12 }), (parts) => {
      let text = '';
      const secrets: Secret[] = [];
      for (const [before, found] of parts) {
        text += before;
        // Every second one is found by the scan, the others only repeat it.
        if (secrets.length % 2 === 0) {
          secrets.push({
            ...secret('made-up'),
            start: text.length,
            end: text.length + found.length,
          });
        }
        text += found;
      }
      const masked = maskSecrets(text, secrets);
      const shownParts = masked.split('[made-up key hidden]');
      for (const { start, end } of secrets) {
        if (end - start < 8) continue;
        for (const part of shownParts) expect(part).not.toContain(text.slice(start, end));
      }
      expect(maskSecrets(text, [])).toBe(text);
    }),
    { numRuns: 500 },
  );
});
