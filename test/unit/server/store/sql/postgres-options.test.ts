import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DatabaseUrlError,
  parsePostgresUrl,
} from '../../../../../main/server/store/sql/postgres-options.ts';

test.each([
  ['postgres://u@h/d', { host: 'h', port: 5432, user: 'u', database: 'd', ssl: false }],
  ['postgresql://u:p%40ss@h:1234/d', { port: 1234, password: 'p@ss' }],
  ['postgres://u@[2001:db8::1]/d', { host: '2001:db8::1' }],
  ['postgres://u@/d?host=/run/postgresql', { host: '/run/postgresql', port: 5432 }],
  ['postgres://u@/d?host=/run/postgresql&port=5433', { host: '/run/postgresql', port: 5433 }],
  ['postgres://u@h/d?sslmode=disable', { ssl: false }],
  ['postgres://u@h/d?sslmode=require', { ssl: { rejectUnauthorized: false } }],
  ['postgres://u@h/d?sslmode=verify-full', { ssl: true }],
])('%s', (url, expected) => {
  expect(parsePostgresUrl(url)).toMatchObject(expected);
});

test.each([
  'mysql://u@h/d',
  'postgres://h/d',
  'postgres://u@h',
  'postgres://u@/d',
  'postgres:///d',
  'postgres://u@h:99999/d',
  'postgres://u@h/d?host=/run&port=x',
  'postgres://u%zz@h/d',
  'postgres://u@h/d?sslmode=prefer',
  'postgres://u@h/d?sslmode=verify-full&sslrootcert=/no/such/file',
  'postgres://u@h/d?options=-c%20fsync=off',
  '/run/postgresql',
  '',
])('%j is refused', (url) => {
  expect(() => parsePostgresUrl(url)).toThrow(DatabaseUrlError);
});

test('whatever it is, a URL is parsed or refused, and a refusal does not repeat its password', () => {
  const secret = 'Zq7secretZq7';
  const part = fc.oneof(
    fc.constantFrom('postgres://', 'u', ':', '@', 'h', '/', 'd', '?', 'sslmode=', '%', secret),
    fc.string({ maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      try {
        parsePostgresUrl(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(DatabaseUrlError);
        expect(String(error)).not.toContain(secret);
      }
    }),
  );
});
