import { LinkifyError, type LinkifyFault } from '../linkify/errors.ts';
import type { LinkifyService, SignedInUser } from '../linkify/model.ts';
import { UNKNOWN_UID } from '../linkify/peer/verified-agent.ts';
import type { FoundService } from './find-pieces.ts';
import { type PiecesState, sameState, stateOfFault, stateOfUser } from './state.ts';

export interface PiecesSessionDeps {
  /** See `findServices`. */
  readonly find: () => AsyncIterable<FoundService>;
  readonly createClient: (baseUrl: string) => Promise<LinkifyService>;
  /** What the person said of a service whose owner is not us; `undefined`: never asked. */
  readonly isTrusted: (uid: number) => boolean | undefined;
  /**
   * Whether the installation id is compared at each look: where the system doesn't say whose sockets
   * are whose, another id means another program.
   */
  readonly comparesInstallation?: boolean;
  /** How long one look at the user may take, in ms. */
  readonly lookMs?: number;
}

/** Pieces OS as it was found: where it is, what may be sent to it, how it is. */
export interface PiecesSession {
  state(): PiecesState;
  /** The client of the service found, whatever its user's state; `undefined` when there is none. */
  client(): LinkifyService | undefined;
  /** Finds it again if need be, and reads who is signed in. Never rejects; one look at a time. */
  look(): Promise<PiecesState>;
  /** What a call to it taught about it. */
  note(fault: LinkifyFault): void;
  /** Calls back after each change; returns how to stop. */
  subscribe(listener: (state: PiecesState) => void): () => void;
  close(): void;
}

const LOOK_MS = 5_000;

interface Found {
  readonly service: FoundService;
  readonly client: LinkifyService;
  readonly installation?: string | undefined;
}

/**
 * Keeps what is known of Pieces OS. It has no authentication, so whoever sits on its port is taken
 * for it only when health, version and the shape of `/connect` fit, and, where the system tells,
 * when the socket is our own user's; else the person is asked, and nothing is sent before the yes.
 * The client verifies that owner again for each connection, for another program may take the port.
 */
export function createPiecesSession(deps: PiecesSessionDeps): PiecesSession {
  const { lookMs = LOOK_MS } = deps;
  const listeners = new Set<(state: PiecesState) => void>();
  let state: PiecesState = { kind: 'unknown' };
  let found: Found | undefined;
  let looking: Promise<PiecesState> | undefined;
  /** Too old for links, and so until it is another version. */
  let tooOld: string | undefined;

  const become = (next: PiecesState): PiecesState => {
    const before = state;
    state = next;
    if (!sameState(before, next)) for (const listener of listeners) listener(next);
    return next;
  };

  const letGo = (): void => {
    found?.client.close();
    found = undefined;
  };

  /** As the user's profile says, unless it is known to be too old. */
  const stateOf = (user: SignedInUser | null, { version }: FoundService): PiecesState =>
    version === tooOld ? { kind: 'out-of-date' } : stateOfUser(user);

  const search = async (): Promise<PiecesState> => {
    let unproven: PiecesState | undefined;
    let broken: PiecesState | undefined;
    for await (const service of deps.find()) {
      if (service.owner !== 'us') {
        const uid = service.ownerUid ?? UNKNOWN_UID;
        const trusted = deps.isTrusted(uid);
        if (trusted === undefined) unproven ??= { kind: 'unproven', port: service.port, uid };
        if (trusted !== true) continue;
      }
      const client = await deps.createClient(service.baseUrl);
      try {
        const user = await withLimit(lookMs, (signal) => client.connectAndReadUser({ signal }));
        const { installation } = deps.comparesInstallation
          ? await withLimit(lookMs, (signal) => client.check({ signal }))
          : {};
        found = { service, client, installation };
        return stateOf(user, service);
      } catch (error) {
        client.close();
        const stranger = error instanceof LinkifyError ? stateOfFault(error.fault) : undefined;
        if (stranger?.kind === 'unproven') unproven ??= stranger;
        else if (!isAnotherProgram(error)) broken ??= { kind: 'not-answering' };
      }
    }
    return broken ?? unproven ?? { kind: 'not-running' };
  };

  const lookOnce = async (): Promise<PiecesState> => {
    // One that is too old is looked at from the start: it may be another version by now.
    if (found?.service.version === tooOld) letGo();
    const known = found;
    if (known !== undefined) {
      try {
        const user = await withLimit(lookMs, async (signal) => {
          if (deps.comparesInstallation) {
            const { installation } = await known.client.check({ signal });
            if (installation !== known.installation) throw new Error('another installation');
          }
          return known.client.user({ signal });
        });
        return stateOf(user, known.service);
      } catch {
        // It is gone, moved, or another program took its place.
        if (found === known) letGo();
      }
    }
    return search().catch((): PiecesState => ({ kind: 'not-running' }));
  };

  const look = (): Promise<PiecesState> => {
    looking ??= lookOnce().then((next) => {
      looking = undefined;
      return become(next);
    });
    return looking;
  };

  return {
    state: () => state,
    client: () => found?.client,
    look,
    note(fault) {
      if (fault.kind === 'update-required') tooOld = found?.service.version;
      const next = stateOfFault(fault);
      if (next === undefined) return;
      if (next.kind === 'not-running' || next.kind === 'unproven') letGo();
      become(next);
      // Another program took its place; Pieces OS may have moved on to another port.
      if (next.kind === 'unproven') void look();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      listeners.clear();
      letGo();
    },
  };
}

/** It answers, but not as Pieces OS does, which lets every application connect. */
function isAnotherProgram(error: unknown): boolean {
  if (!(error instanceof LinkifyError)) return false;
  const { kind } = error.fault;
  return kind === 'bad-response' || kind === 'unauthorized' || kind === 'rejected';
}

/** Runs a call that is broken off after so many ms. */
async function withLimit<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  try {
    return await run(over.signal);
  } finally {
    clearTimeout(timer);
  }
}
