import { EventEmitter } from 'node:events';
import { checkLink, type LinkCheckResult } from '../linkify/check-link.ts';
import type { LinkifyFault } from '../linkify/errors.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { Account, CallOptions, LinkifyClient } from '../linkify/model.ts';
import { awaitListener } from '../linkify/peer/await-listener.ts';
import { readListeners } from '../linkify/peer/listeners.ts';
import { isPortOpen } from '../linkify/peer/port-open.ts';
import type { PeerCheck } from '../linkify/peer/verified-agent.ts';
import { serverNameOf } from '../settings/service-url.ts';
import { API_ONLY, OUR_SERVER } from './capabilities.ts';
import type { CreateClient } from './create-client.ts';
import { LinkifyTarget } from './linkify-target.ts';
import { reportFaults } from './report-faults.ts';
import type { Capabilities, ForeignPeer, TargetStatus } from './target.ts';
import type { TargetRef } from './target-ref.ts';

/** How often the list of listeners is read while a share is pending for a local server, in ms. */
const POLL_MS = 1_000;
/** The same while nobody is at the computer. */
const IDLE_POLL_MS = 5_000;
/** Without a key pressed or the mouse moved for so long nobody is, in seconds. */
const IDLE_SECONDS = 60;

export interface ServerContext {
  readonly createClient: CreateClient;
  readonly peer: PeerCheck;
  /** Since the last key press or mouse move, in seconds. */
  readonly idleSeconds: () => number;
}

export interface ServerEvents {
  /** Its status or its capabilities changed. */
  status: [];
}

/**
 * A server by URL. When it identifies itself as our own, it offers all that our server can do,
 * provided that we have its access token.
 */
export class ServerTarget extends LinkifyTarget {
  readonly events = new EventEmitter<ServerEvents>();
  readonly #url: string;
  readonly #token: string | undefined;
  readonly #context: ServerContext;
  #client: Promise<LinkifyClient> | undefined;
  #isOurServer: boolean | undefined;
  #stranger: ForeignPeer | undefined;
  #fault: LinkifyFault | undefined;
  #account: Account | undefined;

  /** @param token sent to this URL only */
  constructor(url: string, token: string | undefined, context: ServerContext) {
    super();
    this.#url = url;
    this.#token = token;
    this.#context = context;
  }

  get ref(): TargetRef {
    return {
      kind: 'custom',
      name: serverNameOf(this.#url),
      baseUrl: this.#url,
      ...(this.#isOurServer === undefined ? {} : { isOurServer: this.#isOurServer }),
    };
  }

  get capabilities(): Capabilities | undefined {
    if (this.#isOurServer === undefined) return undefined;
    return this.#isOurServer && this.#token !== undefined ? OUR_SERVER : API_ONLY;
  }

  get status(): TargetStatus {
    return {
      state: this.#fault === undefined ? 'ready' : 'problem',
      detail: 'ready',
      ...(this.#stranger === undefined ? {} : { foreignPeer: this.#stranger }),
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
      ...(this.#account === undefined ? {} : { account: this.#account }),
    };
  }

  /** Takes over what a stored link knows of this server, until it answers itself. */
  remember({ isOurServer }: TargetRef): void {
    this.#isOurServer ??= isOurServer;
  }

  client(): Promise<LinkifyClient> {
    if (this.#client !== undefined) return this.#client;
    const { createClient, peer } = this.#context;
    const created = createClient({
      baseUrl: this.#url,
      peer,
      ...(this.#token === undefined ? {} : { token: this.#token }),
    }).then((client) => reportFaults(client, (fault) => this.#failed(fault)));
    this.#client = created;
    created.catch(() => {
      this.#client = undefined;
    });
    return created;
  }

  override async connect(call?: Pick<CallOptions, 'signal'>): Promise<void> {
    const client = await this.client();
    const { isOurServer } = await client.connect(call);
    if (isOurServer === this.#isOurServer && this.#stranger === undefined) return;
    this.#stranger = undefined;
    this.#isOurServer = isOurServer;
    this.events.emit('status');
  }

  /** Connects and reads the account's storage, so that the status is up to date. Never rejects. */
  async refresh(): Promise<void> {
    try {
      await this.connect();
      const client = await this.client();
      this.#account = this.capabilities === OUR_SERVER ? await client.own.account() : undefined;
      this.#fault = undefined;
    } catch (error) {
      if (!(error instanceof LinkifyError)) throw error;
      this.#fault = error.fault;
    }
    this.events.emit('status');
  }

  /** The user has decided about the foreign peer, or chose another server. */
  clearForeignPeer(): void {
    this.#stranger = undefined;
  }

  #failed(fault: LinkifyFault): void {
    if (fault.kind !== 'unverified-peer') return;
    if (this.#context.peer.isTrusted(fault.uid) !== undefined) return;
    this.#stranger = { port: fault.port, uid: fault.uid };
    this.events.emit('status');
  }

  checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult> {
    const ownOrigins = [new URL(this.#url).origin];
    return checkLink(link, { method, peer: this.#context.peer, ownOrigins });
  }

  override onReachable(listener: () => void): (() => void) | undefined {
    return awaitListener({
      baseUrl: this.#url,
      listeners: () => readListeners(),
      isOpen: isPortOpen,
      pauseMs: () => (this.#context.idleSeconds() > IDLE_SECONDS ? IDLE_POLL_MS : POLL_MS),
      onListening: listener,
    });
  }
}
