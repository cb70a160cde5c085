import { expect, test } from 'vitest';
import {
  hasSecretFileName,
  isBinary,
  scannableText,
} from '../../../main/secrets/scannable-file.ts';
import { seededBytes } from '../../support/random.ts';

const LINE = 'DB_PASSWORD=Tiger-7-amber\n';
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

test.each([
  ['UTF-8', Buffer.from(LINE), true],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${LINE}`), true],
  ['UTF-16 LE with a mark', Buffer.from(`\ufeff${LINE}`, 'utf16le'), false],
  ['UTF-16 BE with a mark', utf16be(`\ufeff${LINE}`), false],
  ['UTF-16 LE without a mark', Buffer.from(LINE, 'utf16le'), false],
  ['UTF-16 BE without a mark', utf16be(LINE), false],
  [
    'UTF-32 LE with a mark',
    Buffer.from(
      [...'\ufeff', ...LINE].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8, 0, 0]),
    ),
    false,
  ],
  ['Latin-1', Buffer.from(`# Schlüssel\n${LINE}`, 'latin1'), false],
  ['Windows-1252', Buffer.concat([Buffer.from([0x93, 0x80, 0x94, 10]), Buffer.from(LINE)]), false],
  [
    'Shift JIS',
    Buffer.concat([Buffer.from([0x83, 0x70, 0x83, 0x58, 10]), Buffer.from(LINE)]),
    false,
  ],
  ['UTF-8 that is cut in a character', Buffer.from(`${LINE}é`).subarray(0, -1), false],
  ['UTF-8 with one NUL at its end', Buffer.from(`${LINE}\0`), false],
])('%s is read as text', (_encoding, bytes, exact) => {
  expect(isBinary(bytes)).toBe(false);
  const found = scannableText(bytes);
  expect(found.text).toContain(LINE);
  expect(found.exact).toBe(exact);
});

test('pictures, archives and random bytes are no text', () => {
  expect(isBinary(seededBytes('no text', 64 * 1024))).toBe(true);
  expect(isBinary(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))).toBe(true);
});

test.each([
  ...[
    'id_rsa',
    'id_ed25519_sk',
    '.env',
    '.env.local',
    'server.pem',
    'tls.KEY',
    'cert.p12',
    'a.pfx',
  ],
  ...[
    '.npmrc',
    '.netrc',
    '_netrc',
    '.pgpass',
    'credentials',
    'kubeconfig',
    'vault.kdbx',
    'key.ppk',
  ],
  ...['project/.ssh/id_rsa', '.git-credentials', 'service-account-prod.json', 'key4.db'],
])('the name %s says that it holds a secret', (name) => {
  expect(hasSecretFileName(name)).toBe(true);
});

test.each([
  ...['id_rsa.pub', 'environment.ts', 'keyboard.ts', 'monkey', 'credentials.md', 'a.keys.txt'],
  ...['pem', 'id_', 'android.png', '.envrc.md.png', 'package.json'],
])('the name %s does not', (name) => {
  expect(hasSecretFileName(name)).toBe(false);
});
