import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mountedPathOf } from '../../../../main/desktop/files/mounted-files.ts';

let runtimeDir: string;
beforeEach(async () => {
  runtimeDir = await mkdtemp(join(tmpdir(), 'linkify-runtime-'));
});
afterEach(() => rm(runtimeDir, { recursive: true }));

async function put(path: string): Promise<string> {
  const at = join(runtimeDir, path);
  await mkdir(dirname(at), { recursive: true });
  await writeFile(at, 'x');
  return at;
}

const find = (uri: string) =>
  mountedPathOf(uri, { XDG_RUNTIME_DIR: runtimeDir, HOME: join(runtimeDir, 'home') });

test.each([
  ['smb://nas/music/My%20song.mp3', 'gvfs/smb-share:server=nas,share=music/My song.mp3'],
  ['smb://NAS/Music/a', 'gvfs/smb-share:server=nas,share=music/a'],
  ['smb://work;ann@nas/docs/a', 'gvfs/smb-share:domain=work,server=nas,share=docs,user=ann/a'],
  ['smb://nas:1445/docs/a', 'gvfs/smb-share:port=1445,server=nas,share=docs/a'],
  ['sftp://ann@host/home/ann/a', 'gvfs/sftp:host=host,user=ann/home/ann/a'],
  ['sftp://host:22/a', 'gvfs/sftp:host=host/a'],
  ['sftp://[::1]/a', 'gvfs/sftp:host=%5B%3A%3A1%5D/a'],
  ['ftp://host/pub/a', 'gvfs/ftp:host=host/pub/a'],
  [
    'mtp://Google_Pixel_7_123/Internal%20storage/a',
    'gvfs/mtp:host=Google_Pixel_7_123/Internal storage/a',
  ],
  ['gphoto2://Canon_1/DCIM/a', 'gvfs/gphoto2:host=Canon_1/DCIM/a'],
  ['google-drive://ann@gmail.com/0A/1B', 'gvfs/google-drive:host=gmail.com,user=ann/0A/1B'],
  [
    'davs://cloud.test/remote.php/dav/a',
    'gvfs/dav:host=cloud.test,ssl=true,prefix=%2Fremote.php%2Fdav/a',
  ],
  ['dav://cloud.test/a', 'gvfs/dav:host=cloud.test,ssl=false/a'],
  ['nfs://nas/export/a', 'gvfs/nfs:host=nas,prefix=%2Fexport/a'],
  ['afp://nas/Home/a', 'gvfs/afp-volume:host=nas,volume=Home,user=ann/a'],
  ['smb://nas/music/a', 'home/.gvfs/smb-share:server=nas,share=music/a'],
  ['smb://ann@nas/music/a%20b', 'kio-fuse-aBc12/smb/ann@nas/music/a b'],
  ['sftp://host:2222/a', 'kio-fuse-aBc12/sftp/host:2222/a'],
])('%s is read through its mount', async (uri, path) => {
  const at = await put(path);
  expect(await find(uri)).toBe(at);
});

test.each([
  ['smb://nas/music/a', 'gvfs/smb-share:server=other,share=music/a'],
  ['smb://nas/music/a', 'gvfs/smb-share:server=nas,share=video/a'],
  ['sftp://ann@host/a', 'gvfs/sftp:host=host,user=bob/a'],
  ['sftp://host:2222/a', 'gvfs/sftp:host=host/a'],
  ['davs://host/a', 'gvfs/dav:host=host,ssl=false/a'],
  ['davs://host/b/a', 'gvfs/dav:host=host,ssl=true,prefix=%2Fb2/a'],
  ['sftp://host/../a', 'gvfs/a'],
  ['sftp://host/x/%2e%2E/%2e%2e/a', 'gvfs/sftp:host=host/../a'],
  ['sftp://../a', 'kio-fuse-1/a'],
  ['sftp://host/gone', 'gvfs/sftp:host=host/a'],
])('%s is not read through the mount of something else (%s)', async (uri, path) => {
  await put(path);
  expect(await find(uri)).toBeUndefined();
});

test('without any mount there is no path', async () => {
  expect(await mountedPathOf('smb://nas/a/b', { HOME: runtimeDir })).toBeUndefined();
  for (const uri of ['mtp://[usb:001,008]/a', 'trash:///a', 'smb:', 'recent:///']) {
    expect(await find(uri)).toBeUndefined();
  }
});
