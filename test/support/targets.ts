import { EventEmitter } from 'node:events';
import type { LinkLook } from '../../main/linkify/check-link.ts';
import type { LinkifyClient } from '../../main/linkify/model.ts';
import { API_ONLY, THIS_COMPUTER } from '../../main/targets/capabilities.ts';
import type { CreateClient } from '../../main/targets/create-client.ts';
import { LinkifyTarget } from '../../main/targets/linkify-target.ts';
import { PiecesTarget } from '../../main/targets/pieces-target.ts';
import type { Capabilities, TargetStatus } from '../../main/targets/target.ts';
import { type TargetRef, targetId } from '../../main/targets/target-ref.ts';
import { Targets } from '../../main/targets/targets.ts';
import { ThisComputerTarget } from '../../main/targets/this-computer.ts';

/** A target over a given client; what it can do follows from its kind unless given. */
export class TestTarget extends LinkifyTarget {
  readonly ref: TargetRef;
  readonly capabilities: Capabilities;
  readonly status: TargetStatus = { state: 'ready', detail: 'ready' };
  /** What a check of a link answers. */
  look: (link: string, method: 'GET' | 'HEAD') => Promise<LinkLook> = async () => 'unknown';
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

  checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkLook> {
    return this.look(link, method);
  }
}

export type TestTargets = Pick<
  Targets,
  | 'capabilitiesOf'
  | 'choice'
  | 'countingOpens'
  | 'current'
  | 'events'
  | 'fallbackFor'
  | 'of'
  | 'pieces'
  | 'selected'
  | 'usesPieces'
>;

/** The selection of the app over two targets: the one in use, and this computer. */
export function testTargets(
  current: TestTarget,
  here: TestTarget | undefined = undefined,
): TestTargets {
  const of = ({ kind }: TargetRef) => (kind === 'built-in' ? (here ?? current) : current);
  return {
    events: new EventEmitter(),
    choice: { kind: current.ref.kind } as Targets['choice'],
    // Only what is shown of it.
    pieces: { isInstalled: true, status: { state: 'ready', detail: 'ready' } } as PiecesTarget,
    usesPieces: false,
    current: async () => current,
    selected: () => ({ target: current, isCertain: true }),
    of,
    capabilitiesOf: ({ kind }) =>
      kind === current.ref.kind
        ? current.capabilities
        : kind === 'built-in'
          ? THIS_COMPUTER
          : API_ONLY,
    fallbackFor: (ref) => (targetId(ref) === 'this-computer' ? undefined : here),
    async countingOpens() {
      const client = await current.client();
      return [{ id: current.id, client, sendsEvents: current.capabilities.inProcess }];
    },
  };
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
          look: async () => state,
          note: () => {},
          subscribe: () => () => {},
          close: () => {},
        },
        watch: { start: () => {}, stop: () => {}, setWaiting: () => {} },
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
