import { type Listeners, type Owner, ownerOf } from './listeners.ts';
import { portIn } from './port-file.ts';

/** A service of the Linkify API that answers on this machine. */
export interface FoundService {
  readonly baseUrl: string;
  readonly port: number;
  readonly version: string;
  /** It has no authentication: another user of this machine could sit on its port. */
  readonly owner: Owner;
}

export interface FindServiceNeeds {
  /** Files that may name the port, see `portFilePaths`. */
  readonly portFiles: readonly string[];
  /** Rejects where there is no such file. */
  readonly readFile: (path: string) => Promise<string>;
  /** See `readListeners`: with it, ports that nobody listens on are not even tried. */
  readonly listeners: () => Promise<Listeners | undefined>;
  /** See `probe`. */
  readonly probe: (port: number, withinMs: number) => Promise<string | undefined>;
  /** Our own user id; `undefined` where the system has none. */
  readonly ownUid: number | undefined;
  readonly platform: NodeJS.Platform;
  readonly perPortMs?: number;
}

/** Version 11 and later take the first free one of these. */
export const PORT_RANGE = { first: 39_300, last: 39_333 } as const;

/** How long one port may take, in ms. All are asked at once, so it bounds the whole search too. */
const PER_PORT_MS = 250;

/**
 * Finds the services that run on this machine: the port file's, the range's in order, the legacy
 * ports' last. A port file can be stale and any program may sit on these ports, so each must
 * answer health and version. Ours come before those whose owner is unknown or someone else.
 */
export async function findServices(needs: FindServiceNeeds): Promise<readonly FoundService[]> {
  const { platform, ownUid, perPortMs = PER_PORT_MS } = needs;
  const [named, listeners] = await Promise.all([portsInFiles(needs), needs.listeners()]);
  const candidates = [...new Set([...named, ...rangePorts(), ...legacyPorts(platform)])].filter(
    (port) => listeners === undefined || listeners.has(port),
  );
  const answers = await Promise.all(
    candidates.map(async (port): Promise<FoundService | undefined> => {
      const version = await needs.probe(port, perPortMs);
      if (version === undefined) return undefined;
      const owner = ownerOf(port, listeners, ownUid);
      return { baseUrl: `http://127.0.0.1:${port}`, port, version, owner };
    }),
  );
  const found = answers.filter((answer) => answer !== undefined);
  return TRUST.flatMap((owner) => found.filter((service) => service.owner === owner));
}

const TRUST: readonly Owner[] = ['us', 'unknown', 'other'];

async function portsInFiles({ portFiles, readFile }: FindServiceNeeds): Promise<readonly number[]> {
  const texts = await Promise.all(portFiles.map((path) => readFile(path).catch(() => '')));
  return texts.map(portIn).filter((port) => port !== undefined);
}

function rangePorts(): readonly number[] {
  const { first, last } = PORT_RANGE;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Up to version 10.1. */
function legacyPorts(platform: NodeJS.Platform): readonly number[] {
  return platform === 'linux' ? [5_323] : [1_000];
}
