import { EventEmitter } from 'node:events';
import { SharingError } from '../failures/faults.ts';
import { checkLink, type LinkCheckResult } from '../linkify/check-link.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { LinkifyClient, LinkifyService } from '../linkify/model.ts';
import type { PeerCheck } from '../linkify/peer/verified-agent.ts';
import { awaitPieces } from '../pieces/await-pieces.ts';
import { USUAL_URL } from '../pieces/find-pieces.ts';
import type { Pieces } from '../pieces/open-pieces.ts';
import type { PiecesState } from '../pieces/state.ts';
import { API_ONLY } from './capabilities.ts';
import { LinkifyTarget } from './linkify-target.ts';
import { PIECES_PROBLEMS, type PiecesProblem, piecesStatus } from './pieces-status.ts';
import { reportFaults } from './report-faults.ts';
import type { TargetStatus } from './target.ts';
import type { TargetRef } from './target-ref.ts';

const PIECES_NAME = 'Pieces OS';

/** How long a share waits for the very first look, in ms; a search is over within that. */
const FIRST_SEARCH_MS = 300;
/** How long a share that can be created elsewhere waits to hear that it is still ready, in ms. */
const STILL_READY_MS = 1_500;

export interface PiecesEvents {
  /** Its status changed, or whether it is installed. */
  status: [];
  /** `ready`: it can create links now; else something changed that may have to do with it. */
  changed: [state: { readonly isReady: boolean }];
}

/** Pieces OS as a target: its session says where it is and how it is. */
export class PiecesTarget extends LinkifyTarget {
  readonly capabilities = API_ONLY;
  readonly events = new EventEmitter<PiecesEvents>();
  readonly #pieces: Pieces;
  readonly #peer: PeerCheck;
  readonly #clients = new WeakMap<LinkifyService, LinkifyClient>();
  readonly #stopListening: () => void;
  /** `undefined`: nobody has looked yet. */
  #isInstalled: boolean | undefined;

  constructor(pieces: Pieces, peer: PeerCheck) {
    super();
    this.#pieces = pieces;
    this.#peer = peer;
    this.#stopListening = pieces.session.subscribe((state) => this.#changed(state));
  }

  get ref(): TargetRef {
    const baseUrl = this.#pieces.session.client()?.baseUrl ?? '';
    return { kind: 'pieces', name: PIECES_NAME, baseUrl };
  }

  get status(): TargetStatus {
    return piecesStatus(this.#pieces.session.state(), this.isInstalled);
  }

  /** Why it can't create links now; `undefined` also while it isn't known to be installed. */
  get problem(): PiecesProblem | undefined {
    const { kind } = this.#pieces.session.state();
    if (kind === 'not-running' && this.#isInstalled !== true) return undefined;
    return PIECES_PROBLEMS.find((problem) => problem === kind);
  }

  /** Whether it could be started here, as last looked up; assumed before. */
  get isInstalled(): boolean {
    return this.#isInstalled ?? true;
  }

  #changed(state: PiecesState): void {
    this.events.emit('status');
    this.events.emit('changed', { isReady: state.kind === 'ready' });
    if (state.kind !== 'not-running') return;
    void this.#pieces.isInstalled().then((found) => {
      if (found === this.#isInstalled) return;
      this.#isInstalled = found;
      this.events.emit('status');
    });
  }

  #known(): LinkifyClient | undefined {
    const { session } = this.#pieces;
    const service = session.client();
    if (service === undefined) return undefined;
    let client = this.#clients.get(service);
    if (client === undefined) {
      client = reportFaults(service, (fault) => session.note(fault));
      this.#clients.set(service, client);
    }
    return client;
  }

  /** For links that it created: wherever it is now, whoever is signed in. */
  async client(): Promise<LinkifyClient> {
    const known = this.#known();
    if (known !== undefined) return known;
    const state = await this.#pieces.session.refresh();
    const found = this.#known();
    if (found !== undefined) return found;
    throw refusal(state) ?? new LinkifyError({ kind: 'unreachable', baseUrl: USUAL_URL });
  }

  /** Reads its state before anything new is sent to it; fails with what prevents a share. */
  async prepare(): Promise<void> {
    const refused = refusal(await this.#pieces.session.refresh());
    if (refused !== undefined) throw refused;
    if (this.#known() === undefined) {
      throw new LinkifyError({ kind: 'unreachable', baseUrl: USUAL_URL });
    }
  }

  /** Whether it can create links now; false when links are better created elsewhere. */
  async isReady(): Promise<boolean> {
    const { session } = this.#pieces;
    const { kind } = session.state();
    if (kind !== 'unknown' && kind !== 'ready') return false;
    // A ready one is read again: a person may have signed out a moment ago.
    const limitMs = kind === 'unknown' ? FIRST_SEARCH_MS : STILL_READY_MS;
    const now = await within(limitMs, session.refresh());
    return now?.kind === 'ready' && this.#known() !== undefined;
  }

  /** Reads its state. */
  async refresh(): Promise<void> {
    await this.#pieces.session.refresh();
  }

  /** Waits until it answers after it was started. @throws LinkifyError `unreachable`, `cancelled` */
  awaitStart(signal: AbortSignal): Promise<void> {
    return awaitPieces(this.#pieces.session, signal);
  }

  /** Keeps its state fresh in the background, or no longer. */
  setWatched(isWatched: boolean): void {
    if (isWatched) this.#pieces.watch.start();
    else this.#pieces.watch.stop();
  }

  /** Whether a share is pending for it, so that it is looked for more often. */
  setPending(isPending: boolean): void {
    this.#pieces.watch.setPending(isPending);
  }

  checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult> {
    const { baseUrl } = this.ref;
    const ownOrigins = baseUrl === '' ? [] : [new URL(baseUrl).origin];
    return checkLink(link, { method, peer: this.#peer, ownOrigins });
  }

  stop(): void {
    this.#stopListening();
    this.#pieces.watch.stop();
    this.#pieces.session.close();
  }
}

/** What prevents a share for certain; whether the cloud will do, its own answer tells. */
function refusal(state: PiecesState): Error | undefined {
  switch (state.kind) {
    case 'unverified':
      return new SharingError({ kind: 'unverified-service' });
    case 'not-responding':
      return new LinkifyError({ kind: 'not-ready', status: 503, outcomeUnknown: false });
    case 'signed-out':
      return new LinkifyError({ kind: 'sign-in-required' });
    case 'out-of-date':
      return new LinkifyError({ kind: 'update-required' });
    case 'unknown':
    case 'not-running':
    case 'cloud-not-connected':
    case 'cloud-starting':
    case 'ready':
      return undefined;
  }
}

/** The state, or `undefined` when reading it takes longer than that. */
function within(ms: number, look: Promise<PiecesState>): Promise<PiecesState | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    void look.then((state) => {
      clearTimeout(timer);
      resolve(state);
    });
  });
}
