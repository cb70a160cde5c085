import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findUpdate } from '../../main/updates/find-update.ts';
import { UpdateError } from '../../main/updates/updater.ts';
import { manifestOf, newSigningKey, signatureOf } from '../support/updates/signed-updates.ts';

const key = newSigningKey();
const content = Buffer.from('the new version');
const manifest = manifestOf('1.1.0', content);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Finds an update on a server with these files. */
async function find(files: Readonly<Record<string, string | Buffer>>, version = '1.0.0') {
  const requests: { readonly url: string; readonly headers: object }[] = [];
  const server = createServer((request, response) => {
    const { url = '', headers } = request;
    requests.push({ url, headers });
    const file = files[url.slice(1)];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const found = await findUpdate({
    fetch,
    baseUrl: `http://127.0.0.1:${port}/`,
    keys: [key.publicKey],
    installed: { version, kind: 'appimage', platform: 'linux', arch: 'x64' },
  }).catch((error: unknown) =>
    error instanceof UpdateError ? error.problem : Promise.reject(error),
  );
  return { found, requests };
}

const signed = { 'latest-linux.yml': manifest, 'latest-linux.yml.sig': signatureOf(manifest, key) };

test('finds a newer version, and asks for manifest and signature only', async () => {
  const { found, requests } = await find(signed);
  expect(found).toMatchObject({
    version: '1.1.0',
    file: { name: 'linkify-tray-x86_64.AppImage', size: content.length },
  });
  expect(requests.map(({ url }) => url).sort()).toEqual([
    '/latest-linux.yml',
    '/latest-linux.yml.sig',
  ]);
  for (const { headers } of requests) expect(headers).not.toHaveProperty('cookie');
});

test('finds nothing where the installed version is the newest', async () => {
  expect((await find(signed, '1.1.0')).found).toBeUndefined();
});

test.each(['1.1.1', '1.2.0-beta.1', '2.0.0'])(
  'rejects an older version than %s',
  async (version) => {
    expect((await find(signed, version)).found).toEqual({ kind: 'rejected', reason: 'older' });
  },
);

test('updates a beta to its release', async () => {
  expect((await find(signed, '1.1.0-beta.2')).found).toMatchObject({ version: '1.1.0' });
});

test.each([
  ['without a signature', { 'latest-linux.yml': manifest }],
  [
    'with an unknown key',
    { ...signed, 'latest-linux.yml.sig': signatureOf(manifest, newSigningKey()) },
  ],
  [
    'with another manifest',
    { ...signed, 'latest-linux.yml': manifestOf('1.1.0', Buffer.from('x')) },
  ],
])('rejects a server %s', async (_name, files) => {
  expect((await find(files)).found).toEqual({ kind: 'rejected', reason: 'unsigned' });
});

test.each([
  ['has no manifest', {}],
  ['answers with more than a manifest', { ...signed, 'latest-linux.yml': Buffer.alloc(100_000) }],
])('says that it could not check where the server %s', async (_name, files) => {
  expect((await find(files)).found).toEqual({ kind: 'not-checked' });
});
