import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestName, readManifest, updateOf } from '../../../main/updates/manifest.ts';
import { UpdateError } from '../../../main/updates/updater.ts';
import { manifestOf, newSigningKey, signatureOf } from '../../support/updates/signed-updates.ts';

const key = newSigningKey();
const spare = newSigningKey();
const KEYS = [key.publicKey, spare.publicKey];
const content = Buffer.from('the new version');
const manifest = manifestOf('1.1.0', content);

/** Why a manifest is rejected; `undefined` if it isn't. */
function rejection(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof UpdateError && error.problem.kind === 'rejected') {
      return error.problem.reason;
    }
    throw error;
  }
}

describe('the signature', () => {
  it.each([
    ['the first key', key],
    ['the spare key', spare],
  ])('of %s is accepted', (_name, signer) => {
    const { version, files } = readManifest(manifest, signatureOf(manifest, signer), KEYS);
    expect(version).toBe('1.1.0');
    expect(files[0]?.size).toBe(content.length);
  });

  it.each([
    ['is missing', ''],
    ['is of an unknown key', signatureOf(manifest, newSigningKey())],
    ['is of other bytes', signatureOf(manifestOf('1.2.0', content), key)],
    ['is too short', signatureOf(manifest, key).slice(0, 40)],
    ['is no base64', '<html>'],
  ])('that %s is rejected', (_name, signature) => {
    expect(rejection(() => readManifest(manifest, signature, KEYS))).toBe('unsigned');
  });

  it('is never accepted without keys, or with keys of another kind', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaKey = rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
    const ofRsa = sign('sha256', manifest, rsa.privateKey).toString('base64');
    for (const keys of [[], [''], ['no key'], [rsaKey]]) {
      for (const signature of [signatureOf(manifest, key), ofRsa]) {
        expect(rejection(() => readManifest(manifest, signature, keys))).toBe('unsigned');
      }
    }
  });

  it('covers each byte of the manifest', () => {
    const signature = signatureOf(manifest, key);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: manifest.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const changed = Buffer.from(manifest);
          changed[at] = (changed[at] ?? 0) ^ change;
          expect(rejection(() => readManifest(changed, signature, KEYS))).toBe('unsigned');
        },
      ),
    );
  });
});

describe('a signed manifest', () => {
  const signed = (bytes: Uint8Array) => readManifest(bytes, signatureOf(bytes, key), KEYS);
  const text = manifest.toString();

  it.each([
    ['a path', text.replaceAll('linkify-tray-x86_64', '../linkify')],
    ['an address', text.replaceAll('linkify-tray-x86_64', 'https://example.com/linkify')],
    ['a hidden name', text.replaceAll('linkify-tray-x86_64', '.linkify')],
    ['no version', text.replace('version: 1.1.0', '')],
    ['a version that is none', text.replace('1.1.0', 'v1.1')],
    ['a short hash', text.replace(/sha512: ..../g, 'sha512: ')],
    ['no files', text.replace(/files:[\s\S]*?path/, 'files: []\npath')],
    ['a size below zero', text.replace(/size: \d+/, 'size: -1')],
    ['no YAML', '\t{'],
    ['a list', '- 1'],
    ['nothing', ''],
  ])('with %s is rejected', (_name, changed) => {
    expect(rejection(() => signed(Buffer.from(changed)))).toBe('unreadable');
  });

  it('of any bytes is read or rejected, and names plain files only', () => {
    const line = fc.oneof(
      fc.constantFrom(...text.split('\n')),
      fc.string(),
      fc.tuple(fc.string(), fc.string()).map(([name, value]) => `${name}: ${value}`),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.array(line).map((lines) => Buffer.from(lines.join('\n'))),
        ),
        (bytes) => {
          let files: readonly { readonly url: string }[] = [];
          const reason = rejection(() => {
            ({ files } = signed(bytes));
          });
          expect([undefined, 'unreadable']).toContain(reason);
          for (const { url } of files) {
            expect(new URL(url, 'https://example.com/a/').pathname).toBe(`/a/${encodeURI(url)}`);
          }
        },
      ),
    );
  });
});

it('offers each installation its own file', () => {
  const files = ['x.AppImage', 'x-arm64.zip', 'x-x64.zip', 'x.exe'].map((url) => ({
    url,
    sha512: 'hash',
    size: 1,
  }));
  const named = (kind: 'appimage' | 'nsis' | 'mac', arch: string) =>
    updateOf({ version: '1.1.0', files }, kind, arch).file?.name;
  expect(named('appimage', 'x64')).toBe('x.AppImage');
  expect(named('mac', 'x64')).toBe('x-x64.zip');
  expect(named('mac', 'arm64')).toBe('x-arm64.zip');
  expect(named('nsis', 'x64')).toBe('x.exe');
  expect(updateOf({ version: '1.1.0', files }, 'package', 'x64')).toEqual({ version: '1.1.0' });
  expect(rejection(() => updateOf({ version: '1.1.0', files: [] }, 'nsis', 'x64'))).toBe('no-file');
});

it('names manifests as electron-builder does', () => {
  expect(manifestName('linux', 'x64')).toBe('latest-linux.yml');
  expect(manifestName('linux', 'arm64')).toBe('latest-linux-arm64.yml');
  expect(manifestName('win32', 'x64')).toBe('latest.yml');
  expect(manifestName('darwin', 'arm64')).toBe('latest-mac.yml');
});
