import { createLinkifyClient } from '../../../main/linkify/client.ts';
import type { LinkifyService } from '../../../main/linkify/model.ts';
import { readListeners } from '../../../main/linkify/peer/listeners.ts';
import { isPortOpen } from '../../../main/linkify/peer/port-open.ts';
import type { PeerCheck } from '../../../main/linkify/peer/verified-agent.ts';
import { findServices } from '../../../main/pieces/find-pieces.ts';
import { probe } from '../../../main/pieces/probe.ts';
import { PiecesSession } from '../../../main/pieces/session.ts';

/** The app's own parts as it connects them, for attacks on them. */

export const SECRET = 'TOP-SECRET-CLIP-4711';
export const TOKEN = 'SECRET-TOKEN-0123456789abcdef0123456789abcdef';

/** What the person said of other users' services: nothing, unless a test says so. */
export function peerCheck(answers: ReadonlyMap<number, boolean> = new Map()): PeerCheck {
  return { ownUid: process.getuid?.(), isTrusted: (uid) => answers.get(uid) };
}

export function clientAt(
  baseUrl: string,
  { token, peer = peerCheck() }: { readonly token?: string; readonly peer?: PeerCheck } = {},
): LinkifyService {
  return createLinkifyClient({
    baseUrl,
    appVersion: '0.1.0',
    platform: 'linux',
    peer,
    ...(token === undefined ? {} : { token }),
    retryAfterErrorMs: 5,
  });
}

export function sessionAt(ports: readonly number[], peer: PeerCheck = peerCheck()): PiecesSession {
  return new PiecesSession({
    find: () =>
      findServices({
        portFiles: [],
        readFile: () => Promise.reject(new Error('none')),
        listeners: () => readListeners(),
        isOpen: isPortOpen,
        probe,
        ownUid: process.getuid?.(),
        platform: 'linux',
        ports,
      }),
    createClient: async (baseUrl) => clientAt(baseUrl, { peer }),
    isTrusted: peer.isTrusted,
  });
}

/** Everything that a share, a revoke and the rest of the app would ask of a service. */
export async function askEverything(client: LinkifyService): Promise<readonly string[]> {
  const text = { kind: 'text', name: 'clip', text: SECRET } as const;
  const file = {
    kind: 'file',
    name: 'clip.bin',
    sizeBytes: SECRET.length,
    open: async function* () {
      yield Buffer.from(SECRET);
    },
  } as const;
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    share: () => client.linkify(text),
    asset: () => client.createAsset(text),
    upload: () => client.createAsset(file),
    collection: () => client.linkifyMultiple(['a', 'b'], SECRET),
    revoke: () => client.revoke(SECRET),
    delete: () => client.deleteAsset(SECRET),
    list: () => client.shares(),
    user: () => client.user(),
    check: () => client.check(),
  };
  const worked: string[] = [];
  for (const [name, call] of Object.entries(calls)) {
    await call().then(
      () => worked.push(name),
      () => {},
    );
  }
  return worked;
}

/** What an attacker must never hear; `undefined` when nothing of it was. */
export function gained(heard: string): string | undefined {
  if (heard.includes(TOKEN)) return 'the access token';
  if (heard.includes(SECRET)) return 'content';
  return undefined;
}
