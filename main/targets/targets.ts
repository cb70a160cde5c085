import { EventEmitter } from 'node:events';
import type { LinkifyClient } from '../linkify/model.ts';
import type { Settings } from '../settings/settings.ts';
import { API_ONLY } from './capabilities.ts';
import { choiceOf, type ServerOverride, type TargetChoice } from './choice.ts';
import type { PiecesProblem } from './pieces-status.ts';
import type { PiecesTarget } from './pieces-target.ts';
import { type ServerContext, ServerTarget } from './server-target.ts';
import type { Capabilities, ForeignPeer, Target } from './target.ts';
import { type TargetId, type TargetRef, targetId } from './target-ref.ts';
import type { ThisComputerTarget } from './this-computer.ts';

/** A target that may be reachable again; `certain`: it said so itself. */
export interface Reachable {
  readonly id: TargetId;
  readonly certain: boolean;
}

export interface TargetsEvents {
  /** What is shown of the selected target may have changed. */
  status: [];
  reachable: [target: Reachable];
}

export interface TargetsOptions {
  readonly settings: Pick<Settings, 'values' | 'serviceToken' | 'trustOwner' | 'subscribe'>;
  /** What the command line chose; it counts more than the settings until the user chooses. */
  readonly override: ServerOverride;
  readonly thisComputer: ThisComputerTarget;
  readonly pieces: PiecesTarget;
  readonly servers: ServerContext;
}

/** Selects the target of new shares, and finds the one that a stored link belongs to. */
export class Targets {
  readonly events = new EventEmitter<TargetsEvents>();
  readonly thisComputer: ThisComputerTarget;
  readonly pieces: PiecesTarget;
  readonly #settings: TargetsOptions['settings'];
  readonly #serverContext: ServerContext;
  readonly #servers = new Map<string, ServerTarget>();
  #override: ServerOverride;
  #choice: TargetChoice | undefined;
  /** The target of the last `applyChoice`. */
  #applied: Target | undefined;
  /** Access tokens by URL: decrypting one takes a call of the key store. */
  readonly #tokens = new Map<string, string | undefined>();

  constructor({ settings, override, thisComputer, pieces, servers }: TargetsOptions) {
    this.thisComputer = thisComputer;
    this.pieces = pieces;
    this.#settings = settings;
    this.#serverContext = servers;
    this.#override = override;
    settings.subscribe(() => {
      this.#choice = undefined;
      this.#tokens.clear();
    });
    pieces.events.on('status', () => this.events.emit('status'));
    pieces.events.on('changed', ({ isReady }) =>
      this.events.emit('reachable', { id: pieces.id, certain: isReady }),
    );
  }

  /** Where new shares are meant to go. */
  get choice(): TargetChoice {
    this.#choice ??= choiceOf(this.#settings, this.#override);
    return this.#choice;
  }

  /** What the user chooses now counts more than the command line. */
  clearOverride(): void {
    this.#override = {};
    this.#choice = undefined;
  }

  /**
   * The target that new shares are meant for, also while it can't be used.
   * @returns `isCertain` false: `current` decides by what is ready then
   */
  selected(): { readonly target: Target; readonly isCertain: boolean } {
    const { choice } = this;
    switch (choice.kind) {
      case 'automatic':
        return { target: this.thisComputer, isCertain: false };
      case 'pieces':
        return { target: this.pieces, isCertain: true };
      case 'built-in':
        return { target: this.thisComputer, isCertain: true };
      case 'custom':
        return { target: this.#server(choice.url, choice.token), isCertain: true };
    }
  }

  /** The target that a new share goes to. Rejects with what prevents its use. */
  async current(): Promise<Target> {
    const { choice } = this;
    if (choice.kind === 'automatic' && (await this.pieces.isReady())) return this.pieces;
    if (choice.kind === 'pieces') await this.pieces.prepare();
    const { target } = this.selected();
    await target.client();
    return target;
  }

  /** Why new shares go to this computer, although Pieces OS is preferred and installed. */
  get piecesProblem(): PiecesProblem | undefined {
    return this.choice.kind === 'automatic' ? this.pieces.problem : undefined;
  }

  /** The target that a link or a pending share belongs to. */
  of(ref: TargetRef): Target {
    if (ref.kind === 'built-in') return this.thisComputer;
    if (ref.kind === 'pieces') return this.pieces;
    const { choice } = this;
    // A token belongs to one server only, and is sent to no other.
    const isChosen = choice.kind === 'custom' && choice.url === ref.baseUrl;
    const token = isChosen ? choice.token : this.#tokenOf(ref.baseUrl);
    const server = this.#server(ref.baseUrl, token);
    server.remember(ref);
    return server;
  }

  /** What can be done with a stored link. */
  capabilitiesOf(ref: TargetRef): Capabilities {
    return this.of(ref).capabilities ?? API_ONLY;
  }

  /** The target that can create a link instead of this one; `undefined` for that one itself. */
  fallbackFor(ref: TargetRef): Target | undefined {
    return targetId(ref) === this.thisComputer.id ? undefined : this.thisComputer;
  }

  /**
   * Runs a step that gets the selected target ready again, and reads its status afterwards.
   * Where Pieces OS is only preferred, the step is for Pieces OS.
   */
  async recover<T>(step: (client: LinkifyClient) => Promise<T>): Promise<T> {
    if (!this.usesPieces) return step(await this.selected().target.client());
    try {
      return await step(await this.pieces.client());
    } finally {
      await this.pieces.refresh();
    }
  }

  /** The targets that tell how often links were opened, as far as they can be asked now. */
  async countingOpens(): Promise<
    readonly {
      readonly id: TargetId;
      readonly client: LinkifyClient;
      readonly sendsEvents: boolean;
    }[]
  > {
    const { thisComputer } = this;
    const { target } = this.selected();
    const here = await thisComputer.clientIfRunning();
    const isServer = target !== thisComputer && target.capabilities?.openCounts === true;
    return [
      ...(here === undefined ? [] : [{ id: thisComputer.id, client: here, sendsEvents: true }]),
      ...(isServer ? [{ id: target.id, client: await target.client(), sendsEvents: false }] : []),
    ];
  }

  /** Starts what the next share needs, so that its shortcut finds it ready. */
  async warmUp(): Promise<void> {
    await this.current();
  }

  /** Asks a server by URL what it can do, and reads its storage. */
  async refresh(): Promise<void> {
    const { target } = this.selected();
    if (target instanceof ServerTarget) await target.refresh();
  }

  /** The targets that shares are pending for: they are looked for more often. */
  setPending(refs: readonly TargetRef[]): void {
    this.pieces.setPending(refs.some((ref) => targetId(ref) === this.pieces.id));
  }

  /** Whether Pieces OS has a part in where new shares go. */
  get usesPieces(): boolean {
    const { kind } = this.choice;
    return kind === 'automatic' || kind === 'pieces';
  }

  /**
   * The choice may have changed: keeps the status of Pieces OS fresh while it is wanted, and
   * verifies a server that was just chosen.
   */
  applyChoice(): void {
    this.pieces.setWatched(this.usesPieces);
    const { target } = this.selected();
    if (this.#applied !== undefined && this.#applied !== target) void this.refresh();
    this.#applied = target;
    this.events.emit('status');
  }

  /** Another user's program at the address of the target in use, about which the user decides. */
  foreignPeer(): (ForeignPeer & { readonly isServer: boolean }) | undefined {
    const target = this.usesPieces ? this.pieces : this.selected().target;
    const { foreignPeer } = target.status;
    return foreignPeer === undefined ? undefined : { ...foreignPeer, isServer: !this.usesPieces };
  }

  /** Remembers whether that user's program may be used, and goes on. */
  decide(uid: number, isTrusted: boolean): void {
    this.#settings.trustOwner(uid, isTrusted);
    for (const server of this.#servers.values()) {
      server.clearForeignPeer();
      this.events.emit('reachable', { id: server.id, certain: true });
    }
    if (this.usesPieces) void this.pieces.refresh();
  }

  async stop(): Promise<void> {
    this.pieces.stop();
    await this.thisComputer.stop();
  }

  #tokenOf(url: string): string | undefined {
    if (!this.#tokens.has(url)) this.#tokens.set(url, this.#settings.serviceToken(url));
    return this.#tokens.get(url);
  }

  #server(url: string, token: string | undefined): ServerTarget {
    const key = `${url}\n${token ?? ''}`;
    const known = this.#servers.get(key);
    if (known !== undefined) return known;
    const server = new ServerTarget(url, token, this.#serverContext);
    this.#servers.set(key, server);
    server.events.on('status', () => this.events.emit('status'));
    return server;
  }
}
