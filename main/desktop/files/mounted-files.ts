import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fsPath, pathOfBytes, percentDecoded } from '../../clipboard/file-location.ts';

/** `scheme://[user@]host[:port]/path`; the path still percent-encoded. */
interface RemoteUri {
  readonly scheme: string;
  readonly user?: string;
  readonly host: string;
  readonly port?: string;
  readonly path: string;
}

/** The mount types of GVfs for a scheme, where they have another name. */
const GVFS_TYPES: ReadonlyMap<string, string> = new Map([
  ['smb', 'smb-share'],
  ['ssh', 'sftp'],
  ['davs', 'dav'],
  ['webdav', 'dav'],
  ['webdavs', 'dav'],
  ['afp', 'afp-volume'],
]);

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['smb', '445'],
  ['sftp', '22'],
  ['ssh', '22'],
  ['ftp', '21'],
  ['dav', '80'],
  ['davs', '443'],
  ['nfs', '2049'],
]);

/**
 * The path at which the system has mounted a file of another computer or device: below
 * `$XDG_RUNTIME_DIR/gvfs` (GVfs: `smb-share:server=nas,share=music/…`) or
 * `$XDG_RUNTIME_DIR/kio-fuse-…` (KIO-fuse: `smb/user@nas/music/…`).
 * @returns `undefined` when no mount has it
 */
export async function mountedPathOf(
  uri: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  const remote = parse(uri);
  if (remote === undefined) return undefined;
  const runtimeDir = env.XDG_RUNTIME_DIR;
  const gvfsRoots = [
    ...(runtimeDir === undefined ? [] : [join(runtimeDir, 'gvfs')]),
    join(env.HOME ?? homedir(), '.gvfs'),
  ];
  const candidates: string[] = [];
  for (const root of gvfsRoots) {
    for (const name of await namesIn(root)) {
      const inside = pathInMount(name, remote);
      if (inside !== undefined) candidates.push(join(root, name, inside));
    }
  }
  for (const name of runtimeDir === undefined ? [] : await namesIn(runtimeDir)) {
    if (name.startsWith('kio-fuse-')) {
      const { scheme, user, host, port, path } = remote;
      const authority = `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
      const inside = decoded(path);
      if (runtimeDir !== undefined && inside !== undefined)
        candidates.push(join(runtimeDir, name, scheme, authority, inside));
    }
  }
  for (const path of candidates) {
    if (await stat(fsPath(path)).catch(() => undefined)) return path;
  }
  return undefined;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

function parse(uri: string): RemoteUri | undefined {
  const match =
    /^([a-z][a-z0-9+.-]*):\/\/(?:([^/@]*)@)?(\[[^\]/]*\]|[^/:]*)(?::(\d+))?(\/.*)?$/is.exec(uri);
  if (match === null) return undefined;
  const [, scheme = '', user, host = '', port, path = '/'] = match;
  // Part of a name or path that would lead out of the mount.
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)) return undefined;
  const plainUser = user === undefined ? undefined : decoded(user.split(':', 1)[0] ?? '');
  const plainHost = decoded(host);
  if (plainHost === undefined || /^\.*$|\//.test(plainHost) || plainUser?.includes('/'))
    return undefined;
  return {
    scheme: scheme.toLowerCase(),
    host: plainHost,
    path,
    ...(plainUser === undefined || plainUser === '' ? {} : { user: plainUser }),
    ...(port === undefined ? {} : { port }),
  };
}

function decoded(text: string): string | undefined {
  const bytes = percentDecoded(text);
  return bytes === undefined ? undefined : pathOfBytes(bytes);
}

/** A value in a mount's name, in which slashes are escaped too. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The path inside the GVfs mount of this name; `undefined` when the mount is of something else. */
function pathInMount(mount: string, remote: RemoteUri): string | undefined {
  const colon = mount.indexOf(':');
  const type = GVFS_TYPES.get(remote.scheme) ?? remote.scheme;
  if (colon < 0 || mount.slice(0, colon) !== type) return undefined;
  const given = new Map<string, string>();
  for (const pair of mount.slice(colon + 1).split(',')) {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    given.set(key, unescaped(value));
  }
  const same = (one: string | undefined, other: string | undefined): boolean =>
    one?.toLowerCase() === other?.toLowerCase();
  const { scheme, host, path } = remote;
  if (!same(given.get('host') ?? given.get('server'), host)) return undefined;
  const user = remote.user?.split(';').at(-1);
  if (user !== undefined && given.has('user') && !same(given.get('user'), user)) return undefined;
  const port = remote.port ?? DEFAULT_PORTS.get(scheme);
  if ((given.get('port') ?? DEFAULT_PORTS.get(scheme)) !== port) return undefined;
  if (type === 'dav' && (given.get('ssl') === 'true') !== /s$/.test(scheme)) return undefined;
  const inside = decoded(path);
  const prefix = given.get('prefix')?.replace(/\/*$/, '/') ?? '/';
  if (inside === undefined || !`${inside}/`.startsWith(prefix)) return undefined;
  const rest = inside.slice(prefix.length);
  const share = given.get('share') ?? given.get('volume');
  if (share === undefined) return rest;
  const [first = '', ...more] = rest.split('/');
  return same(first, share) ? more.join('/') : undefined;
}
