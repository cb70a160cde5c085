import { foreignUid, type Listeners, type Owner, ownerOf } from '../linkify/peer/listeners.ts';
import { portIn } from './port-file.ts';

/** A service of the Linkify API that answers on this machine. */
export interface FoundService {
  readonly baseUrl: string;
  readonly port: number;
  readonly version: string;
  /** It has no authentication: another user of this machine could sit on its port. */
  readonly owner: Owner;
  /** Whose program it is, where it is someone else's and the system tells. */
  readonly ownerUid?: number;
}

export interface FindPiecesDeps {
  /** Files that may name the port, see `portFilePaths`. */
  readonly portFiles: readonly string[];
  /** Rejects where there is no such file. */
  readonly readFile: (path: string) => Promise<string>;
  /** See `readListeners`: with it, ports that nobody listens on are not even tried. */
  readonly listeners: () => Promise<Listeners | undefined>;
  /** Whether anyone listens on a port, for systems that keep no list; see `isPortOpen`. */
  readonly isOpen: (port: number, withinMs: number) => Promise<boolean>;
  /** See `probe`. */
  readonly probe: (port: number, withinMs: number) => Promise<string | undefined>;
  /** Our own user id; `undefined` where the system has none. */
  readonly ownUid: number | undefined;
  readonly platform: NodeJS.Platform;
  /** Ports to ask besides the files', in order; `piecesPorts` when absent. */
  readonly ports?: readonly number[];
  /** Ports of our own, which are never asked. */
  readonly except?: ReadonlySet<number>;
  readonly perPortMs?: number;
}

/** Version 11 and later take the first free one of these. */
export const PORT_RANGE = { first: 39_300, last: 39_333 } as const;
/** Named in errors where it was not found. */
export const USUAL_URL = `http://127.0.0.1:${PORT_RANGE.first}`;

/** How long one port may take, in ms. All are asked at once, so it bounds the whole search too. */
const PER_PORT_MS = 250;

/**
 * Finds the services that run on this machine, best first: the port file's, the range's in order,
 * the legacy ports' last, and ours before those whose owner is unknown or someone else. A port file
 * can be stale and any program may sit on these ports, so each must answer health and version. All
 * are asked at once, and each is handed on as soon as none before it can answer any more.
 */
export async function* findServices(deps: FindPiecesDeps): AsyncGenerator<FoundService> {
  const { platform, ownUid, ports = piecesPorts(platform), perPortMs = PER_PORT_MS } = deps;
  const [named, listeners] = await Promise.all([portsInFiles(deps), deps.listeners()]);
  const candidates = [...new Set([...named, ...ports])]
    .filter((port) => deps.except?.has(port) !== true)
    .filter((port) => listeners === undefined || listeners.has(port))
    .map((port) => {
      // If the system has no list of listeners, the port in the user's own port file is trusted.
      const owner =
        listeners === undefined && named.includes(port) ? 'us' : ownerOf(port, listeners, ownUid);
      return { port, owner, ownerUid: foreignUid(port, listeners, ownUid) };
    });
  const asked = TRUST.flatMap((owner) => candidates.filter((one) => one.owner === owner)).map(
    (candidate) => ({
      ...candidate,
      version:
        listeners === undefined
          ? deps
              .isOpen(candidate.port, perPortMs)
              .then((open) => (open ? deps.probe(candidate.port, perPortMs) : undefined))
          : deps.probe(candidate.port, perPortMs),
    }),
  );
  for (const { port, owner, ownerUid, version: answer } of asked) {
    const version = await answer;
    if (version === undefined) continue;
    yield {
      baseUrl: `http://127.0.0.1:${port}`,
      port,
      version,
      owner,
      ...(ownerUid === undefined ? {} : { ownerUid }),
    };
  }
}

const TRUST: readonly Owner[] = ['us', 'unknown', 'other'];

async function portsInFiles({ portFiles, readFile }: FindPiecesDeps): Promise<readonly number[]> {
  const texts = await Promise.all(portFiles.map((path) => readFile(path).catch(() => '')));
  return texts.map(portIn).filter((port) => port !== undefined);
}

/** Where the service may be when no file says so. */
export function piecesPorts(platform: NodeJS.Platform): readonly number[] {
  const { first, last } = PORT_RANGE;
  const range = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return [...range, ...legacyPorts(platform)];
}

/** Up to version 10.1. */
function legacyPorts(platform: NodeJS.Platform): readonly number[] {
  return platform === 'linux' ? [5_323] : [1_000];
}
