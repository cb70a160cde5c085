import { EventEmitter } from 'node:events';
import type { LinkCheckResult } from '../../main/linkify/check-link.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import { API_ONLY, THIS_COMPUTER } from '../../main/targets/capabilities.ts';
import type { TargetChoice } from '../../main/targets/choice.ts';
import type { CreateClient } from '../../main/targets/create-client.ts';
import { LinkifyTarget } from '../../main/targets/linkify-target.ts';
import type { PiecesProblem } from '../../main/targets/pieces-status.ts';
import { PiecesTarget } from '../../main/targets/pieces-target.ts';
import type { Capabilities, Target, TargetStatus } from '../../main/targets/target.ts';
import { type TargetRef, targetId } from '../../main/targets/target-ref.ts';
import { Targets } from '../../main/targets/targets.ts';
import { ThisComputerTarget } from '../../main/targets/this-computer.ts';

/** A target over a given client; what it can do follows from its kind unless given. */
export class TestTarget extends LinkifyTarget {
  readonly ref: TargetRef;
  readonly capabilities: Capabilities;
  readonly status: TargetStatus = { state: 'ready', detail: 'ready' };
  /** What a check of a link answers. */
  look: (link: string, method: 'GET' | 'HEAD') => Promise<LinkCheckResult> = async () => 'unknown';
  readonly #client: LinkifyClient;

  constructor(
    client: LinkifyClient,
    ref: Omit<TargetRef, 'baseUrl'> & { readonly baseUrl?: string },
    capabilities?: Capabilities,
  ) {
    super();
    this.#client = client;
    this.ref = { baseUrl: client.baseUrl, ...ref };
    this.capabilities = capabilities ?? (ref.kind === 'built-in' ? THIS_COMPUTER : API_ONLY);
  }

  async client(): Promise<LinkifyClient> {
    return this.#client;
  }

  checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult> {
    return this.look(link, method);
  }
}

/** Settings that choose nothing. */
const noSettings = {
  // Only what the targets read.
  values: () => ({ service: 'built-in', serviceUrl: '', reach: 'this-computer' }) as never,
  serviceToken: () => undefined,
  trustOwner: () => {},
  subscribe: () => () => {},
};

const neverStarted = () => Promise.reject(new Error('not started in this test'));

/** The selection of the app over two targets: the one in use, and this computer. */
class TestTargets extends Targets {
  readonly #current: TestTarget;
  readonly #here: TestTarget | undefined;
  readonly #piecesProblem: PiecesProblem | undefined;

  constructor(
    current: TestTarget,
    here: TestTarget | undefined,
    piecesProblem: PiecesProblem | undefined,
  ) {
    super({
      settings: noSettings,
      override: {},
      thisComputer: new ThisComputerTarget({
        userData: '/nowhere',
        settings: noSettings,
        createClient: neverStarted,
        startServer: neverStarted,
      }),
      // Only what is shown of it.
      pieces: {
        events: new EventEmitter(),
        isInstalled: true,
        status: { state: 'ready', detail: 'ready' },
        setPending: () => {},
      } as unknown as PiecesTarget,
      servers: {
        createClient: neverStarted,
        peer: { ownUid: undefined, isTrusted: () => undefined },
        idleSeconds: () => 0,
      },
    });
    this.#current = current;
    this.#here = here;
    this.#piecesProblem = piecesProblem;
  }

  override get piecesProblem(): PiecesProblem | undefined {
    return this.#piecesProblem;
  }

  override get choice(): TargetChoice {
    const { kind, baseUrl } = this.#current.ref;
    return kind === 'custom' ? { kind, url: baseUrl } : { kind };
  }

  override get usesPieces(): boolean {
    return false;
  }

  override async current(): Promise<Target> {
    return this.#current;
  }

  override selected(): { readonly target: Target; readonly isCertain: boolean } {
    return { target: this.#current, isCertain: true };
  }

  override of({ kind }: TargetRef): Target {
    return kind === 'built-in' ? (this.#here ?? this.#current) : this.#current;
  }

  override capabilitiesOf({ kind }: TargetRef): Capabilities {
    if (kind === this.#current.ref.kind) return this.#current.capabilities;
    return kind === 'built-in' ? THIS_COMPUTER : API_ONLY;
  }

  override fallbackFor(ref: TargetRef): Target | undefined {
    return targetId(ref) === 'this-computer' ? undefined : this.#here;
  }

  override async countingOpens() {
    const current = this.#current;
    const client = await current.client();
    return [{ id: current.id, client, sendsEvents: current.capabilities.inProcess }];
  }
}

/**
 * @param here this computer; absent: the target in use stands for it too
 * @param piecesProblem why shares don't go to Pieces OS, although it is preferred
 */
export function testTargets(
  current: TestTarget,
  here?: TestTarget,
  piecesProblem?: PiecesProblem,
): Targets {
  return new TestTargets(current, here, piecesProblem);
}

/** The app's real selection, over clients of the test's own; Pieces OS never runs. */
export function selection(
  createClient: CreateClient,
  isTrusted: (uid: number) => boolean | undefined = () => undefined,
) {
  const listeners = new Set<(view: never) => void>();
  const values = { service: 'custom', serviceUrl: '', reach: 'this-computer' };
  let token: string | undefined;
  const trusted: [number, boolean][] = [];
  const settings = {
    // Only what the targets read.
    values: () => values as never,
    serviceToken: () => token,
    trustOwner: (uid: number, isYes: boolean) => void trusted.push([uid, isYes]),
    subscribe(listener: (view: never) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const peer = { ownUid: undefined, isTrusted };
  const state = { kind: 'not-running' } as const;
  const targets = new Targets({
    settings,
    override: {},
    thisComputer: new ThisComputerTarget({
      userData: '/nowhere',
      settings,
      createClient,
      startServer: () => Promise.reject(new Error('not started in this test')),
    }),
    pieces: new PiecesTarget(
      {
        session: {
          state: () => state,
          client: () => undefined,
          refresh: async () => state,
          note: () => {},
          subscribe: () => () => {},
          close: () => {},
        },
        watch: { start: () => {}, stop: () => {}, setPending: () => {} },
        isInstalled: async () => false,
      },
      peer,
    ),
    servers: { createClient, peer, idleSeconds: () => 0 },
  });
  return {
    targets,
    trusted,
    /** Chooses a server in the settings. */
    choose(url: string, withToken?: string) {
      values.serviceUrl = url;
      token = withToken;
      for (const listener of listeners) listener(undefined as never);
    },
  };
}
