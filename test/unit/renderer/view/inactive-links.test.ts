import { expect, it } from 'vitest';
import { splitInactive } from '../../../../renderer/view/inactive-links.ts';
import { aLink } from '../../../support/window-states.ts';

const DAY_MS = 86_400_000;
const nowMs = 10 * DAY_MS;
const long = nowMs - DAY_MS - 1;

const inactive = (over: Partial<Parameters<typeof aLink>[0]>): boolean =>
  splitInactive([aLink({ id: 'a', createdAtMs: 0, ...over })], nowMs).inactive.length === 1;

it('puts away what was revoked, expired or used up more than a day ago', () => {
  expect(inactive({ state: 'revoked', revokedAtMs: long })).toBe(true);
  expect(inactive({ expiresAtMs: long })).toBe(true);
  const ended = { how: 'used-up', atMs: long } as const;
  expect(inactive({ state: 'revoked', revokedAtMs: nowMs, ended })).toBe(true);
});

it('leaves what ended within a day, however old the link is', () => {
  expect(inactive({ state: 'revoked', revokedAtMs: nowMs - DAY_MS })).toBe(false);
  expect(inactive({ expiresAtMs: nowMs - 1 })).toBe(false);
});

it('leaves what opens, may open, or is about to end', () => {
  expect(inactive({})).toBe(false);
  expect(inactive({ state: 'failed' })).toBe(false);
  expect(inactive({ state: 'revoke-pending' })).toBe(false);
  expect(inactive({ state: 'revoking' })).toBe(false);
  const revoked = { state: 'revoked', revokedAtMs: long } as const;
  expect(inactive({ ...revoked, revokeVerification: 'still-opens' })).toBe(false);
  expect(inactive({ ...revoked, restorableUntilMs: nowMs + 1 })).toBe(false);
});

it('keeps the order', () => {
  const links = ['a', 'b', 'c', 'd'].map((id, at) =>
    aLink({ id, ...(at % 2 === 0 ? {} : { expiresAtMs: long }) }),
  );
  const { current, inactive: old } = splitInactive(links, nowMs);
  expect(current.map(({ id }) => id)).toEqual(['a', 'c']);
  expect(old.map(({ id }) => id)).toEqual(['b', 'd']);
});
