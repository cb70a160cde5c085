import { SharingError } from '../failures/faults.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { LinkifyService } from '../linkify/model.ts';
import type { PiecesSession } from '../pieces/session.ts';
import type { PiecesState } from '../pieces/state.ts';
import { noteFaults } from './note-faults.ts';
import type { ServiceTarget } from './services.ts';

export const PIECES_NAME = 'Pieces OS';
/** Shown where a service that was not found has no address yet. */
const USUAL_URL = 'http://127.0.0.1:39300';

/** How long a share waits for the very first look, in ms; a search is over within that. */
const FIRST_LOOK_MS = 300;
/** How long a share that can be made elsewhere waits to hear that it is still ready, in ms. */
const STILL_READY_MS = 1_500;

/** Pieces OS as a place for shares. */
export interface PiecesTarget {
  /** Rejects with what keeps it from sharing. */
  toShare(): Promise<ServiceTarget>;
  /** When it is ready; `undefined` when links are better made elsewhere. */
  whenReady(): Promise<ServiceTarget | undefined>;
  /** For links that it made: wherever it is now, whoever is signed in. */
  anyway(): Promise<ServiceTarget>;
  /** Reads how it is. */
  refresh(): Promise<void>;
}

/** Reads how Pieces OS is before anything is sent to it. */
export function createPiecesTarget(
  session: Pick<PiecesSession, 'state' | 'client' | 'look' | 'note'>,
): PiecesTarget {
  const targets = new WeakMap<LinkifyService, ServiceTarget>();

  const target = (): ServiceTarget | undefined => {
    const client = session.client();
    if (client === undefined) return undefined;
    let known = targets.get(client);
    if (known === undefined) {
      known = { kind: 'pieces', name: PIECES_NAME, client: noteFaults(client, session.note) };
      targets.set(client, known);
    }
    return known;
  };

  return {
    async toShare() {
      const state = await session.look();
      const found = target();
      const refused = refusal(state);
      if (refused !== undefined) throw refused;
      if (found === undefined) throw new LinkifyError({ kind: 'unreachable', baseUrl: USUAL_URL });
      return found;
    },
    async whenReady() {
      const { kind } = session.state();
      if (kind !== 'unknown' && kind !== 'ready') return undefined;
      // A ready one is read again: a person may have signed out a moment ago.
      const withinMs = kind === 'unknown' ? FIRST_LOOK_MS : STILL_READY_MS;
      const now = await within(withinMs, session.look());
      return now?.kind === 'ready' ? target() : undefined;
    },
    async refresh() {
      await session.look();
    },
    async anyway() {
      const known = target();
      if (known !== undefined) return known;
      const state = await session.look();
      const found = target();
      if (found !== undefined) return found;
      throw refusal(state) ?? new LinkifyError({ kind: 'unreachable', baseUrl: USUAL_URL });
    },
  };
}

/** What keeps it from sharing for certain; whether the cloud will do, its own answer tells. */
function refusal(state: PiecesState): Error | undefined {
  switch (state.kind) {
    case 'unproven':
      return new SharingError({ kind: 'unproven-service' });
    case 'not-answering':
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

/** What a look answers, or `undefined` when it takes longer than that. */
function within(ms: number, look: Promise<PiecesState>): Promise<PiecesState | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    void look.then((state) => {
      clearTimeout(timer);
      resolve(state);
    });
  });
}
