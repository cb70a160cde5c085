import { readFileSync } from 'node:fs';
import { lstat, readlink } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join, parse, resolve, sep } from 'node:path';

/** Links on the way, followed at most; what Linux allows (path_resolution(7)). */
const MAX_LINKS = 40;

/**
 * Finds a folder on the way to a path, or a link there, that another user can change: they could
 * put something else in the path's place. The way through links counts as well. Each folder has to
 * be ours or root's, and writable by nobody else, except where it is sticky (as `/tmp` is) and what
 * stands in it is ours or root's. POSIX systems only.
 * @returns the unsafe folder or link; `undefined`: none
 * @throws the system's error for a folder that is missing or cannot be read
 */
export async function unsafeParent(path: string): Promise<string | undefined> {
  const owners = trustedOwners();
  let left = partsOf(resolve(path));
  let at = parse(resolve(path)).root;
  for (let links = 0; ; ) {
    const found = await lstat(at);
    if (!owners.has(found.uid)) return at;
    if (found.isSymbolicLink()) {
      if (++links > MAX_LINKS) return at;
      left = [...partsOf(resolve(dirname(at), await readlink(at))), ...left];
      at = parse(at).root;
      continue;
    }
    const isSticky = (found.mode & 0o1000) !== 0;
    const others = (found.mode & 0o020) !== 0 && !isPrivateGroup(found.gid) ? 0o022 : 0o002;
    if (!isSticky && (found.mode & others) !== 0) return at;
    const next = left.shift();
    // The last part is the path itself: whoever asks looks at it.
    if (next === undefined || left.length === 0) return undefined;
    at = join(at, next);
  }
}

const partsOf = (path: string): string[] => path.split(sep).filter((part) => part !== '');

/**
 * We and root. In a user namespace that has no root (a sandbox), all of the system belongs to the
 * overflow user (user_namespaces(7)), and nothing tells root from others.
 */
function trustedOwners(): ReadonlySet<number> {
  const owners = new Set([0, process.getuid?.() ?? 0]);
  const hasRoot = /^ *0 /m.test(textOf('/proc/self/uid_map') ?? '0 0 1');
  const overflow = textOf('/proc/sys/kernel/overflowuid');
  if (!hasRoot && overflow !== undefined) owners.add(Number(overflow));
  return owners;
}

/** Whether a group has no member but this user, as Fedora and others make one for each user. */
function isPrivateGroup(gid: number): boolean {
  if (gid === 0) return true;
  const { username } = userInfo();
  const line = textOf('/etc/group')
    ?.split('\n')
    .find((one) => one.split(':')[2] === String(gid));
  const [name, , , members = ''] = line?.split(':') ?? [];
  return name === username && members.split(',').every((one) => one === '' || one === username);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
