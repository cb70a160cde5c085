import { LinkifyError, type LinkifyFault } from '../linkify/errors.ts';
import type { LinkifyService, SignedInUser } from '../linkify/model.ts';
import { UNKNOWN_UID } from '../linkify/peer/verified-agent.ts';
import type { FoundService } from './find-pieces.ts';
import { type PiecesState, sameState, stateOfFault, stateOfUser } from './state.ts';

export interface PiecesSessionDeps {
  /** See `findServices`. */
  readonly find: () => AsyncIterable<FoundService>;
  readonly createClient: (baseUrl: string) => Promise<LinkifyService>;
  /** The user's answer about a service that another user runs; `undefined`: never asked. */
  readonly isTrusted: (uid: number) => boolean | undefined;
  /**
   * Whether the installation id is compared at each check: where the system doesn't report who owns a
   * socket, another id means another program.
   */
  readonly comparesInstallation?: boolean;
  /** How long reading the user may take, in ms. */
  readonly userTimeoutMs?: number;
}

const USER_TIMEOUT_MS = 5_000;

interface Found {
  readonly service: FoundService;
  readonly client: LinkifyService;
  readonly installation?: string | undefined;
}

/**
 * Where Pieces OS is, and in which state. It has no authentication, so a program on its port counts
 * as Pieces OS only when health, version and the shape of `/connect` fit, and, where the system
 * reports it, when the socket is our own user's; else the user is asked, and nothing is sent before
 * the yes. The client verifies the owner again for each connection, because another program may take
 * the port.
 */
export class PiecesSession {
  readonly #deps: PiecesSessionDeps;
  readonly #listeners = new Set<(state: PiecesState) => void>();
  #state: PiecesState = { kind: 'unknown' };
  #found: Found | undefined;
  #looking: Promise<PiecesState> | undefined;
  /** A version that is too old for links. */
  #tooOld: string | undefined;

  constructor(deps: PiecesSessionDeps) {
    this.#deps = deps;
  }

  state(): PiecesState {
    return this.#state;
  }

  /** The client of the service found, whatever its user's state; `undefined` when there is none. */
  client(): LinkifyService | undefined {
    return this.#found?.client;
  }

  /** Finds it again if need be, and reads who is signed in. Never rejects; one check at a time. */
  refresh(): Promise<PiecesState> {
    this.#looking ??= this.#findState().then((next) => {
      this.#looking = undefined;
      return this.#setState(next);
    });
    return this.#looking;
  }

  /** Takes over what a failed call shows about the state. */
  note(fault: LinkifyFault): void {
    if (fault.kind === 'update-required') this.#tooOld = this.#found?.service.version;
    const next = stateOfFault(fault);
    if (next === undefined) return;
    if (next.kind === 'not-running' || next.kind === 'unverified') this.#release();
    this.#setState(next);
    // Another program took its place; Pieces OS may have moved on to another port.
    if (next.kind === 'unverified') void this.refresh();
  }

  /** Calls back after each change; returns how to stop. */
  subscribe(listener: (state: PiecesState) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  close(): void {
    this.#listeners.clear();
    this.#release();
  }

  #setState(next: PiecesState): PiecesState {
    const before = this.#state;
    this.#state = next;
    if (!sameState(before, next)) for (const listener of this.#listeners) listener(next);
    return next;
  }

  #release(): void {
    this.#found?.client.close();
    this.#found = undefined;
  }

  /** As the user's profile says, unless the version is known to be too old. */
  #stateOf(user: SignedInUser | null, { version }: FoundService): PiecesState {
    return version === this.#tooOld ? { kind: 'out-of-date' } : stateOfUser(user);
  }

  async #findState(): Promise<PiecesState> {
    // One that is too old is searched for again: it may be another version by now.
    if (this.#found?.service.version === this.#tooOld) this.#release();
    const known = this.#found;
    if (known !== undefined) {
      try {
        return this.#stateOf(await this.#readUser(known), known.service);
      } catch {
        // It has exited or moved, or another program took its place.
        if (this.#found === known) this.#release();
      }
    }
    return this.#search().catch((): PiecesState => ({ kind: 'not-running' }));
  }

  /** @throws when it does not answer, or another installation does */
  #readUser({ client, installation }: Found): Promise<SignedInUser | null> {
    return withLimit(this.#limitMs(), async (signal) => {
      if (this.#deps.comparesInstallation) {
        const found = await client.check({ signal });
        if (found.installation !== installation) throw new Error('another installation');
      }
      return client.user({ signal });
    });
  }

  async #search(): Promise<PiecesState> {
    let unverified: PiecesState | undefined;
    let broken: PiecesState | undefined;
    for await (const service of this.#deps.find()) {
      const uid = service.ownerUid ?? UNKNOWN_UID;
      const isTrusted = service.owner === 'us' || this.#deps.isTrusted(uid);
      if (isTrusted === undefined) unverified ??= { kind: 'unverified', port: service.port, uid };
      if (isTrusted !== true) continue;
      const client = await this.#deps.createClient(service.baseUrl);
      try {
        return await this.#connect(service, client);
      } catch (error) {
        client.close();
        const state = error instanceof LinkifyError ? stateOfFault(error.fault) : undefined;
        if (state?.kind === 'unverified') unverified ??= state;
        else if (!isAnotherProgram(error)) broken ??= { kind: 'not-responding' };
      }
    }
    return broken ?? unverified ?? { kind: 'not-running' };
  }

  async #connect(service: FoundService, client: LinkifyService): Promise<PiecesState> {
    const limitMs = this.#limitMs();
    const user = await withLimit(limitMs, (signal) => client.connectAndReadUser({ signal }));
    const { installation } = this.#deps.comparesInstallation
      ? await withLimit(limitMs, (signal) => client.check({ signal }))
      : {};
    this.#found = { service, client, installation };
    return this.#stateOf(user, service);
  }

  #limitMs(): number {
    return this.#deps.userTimeoutMs ?? USER_TIMEOUT_MS;
  }
}

/** It answers, but not as Pieces OS does, which lets every application connect. */
function isAnotherProgram(error: unknown): boolean {
  if (!(error instanceof LinkifyError)) return false;
  const { kind } = error.fault;
  return kind === 'bad-response' || kind === 'unauthorized' || kind === 'rejected';
}

/** Runs a call that is aborted after so many ms. */
async function withLimit<T>(ms: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), ms);
  try {
    return await run(over.signal);
  } finally {
    clearTimeout(timer);
  }
}
