import type { ReachView } from '../../preload/contract.ts';
import type { LinkifyFault } from '../linkify/errors.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import { noteFaults } from './note-faults.ts';
import { PIECES_NAME, type PiecesTarget } from './pieces-target.ts';

/** Where a share goes. */
export interface ServiceTarget {
  readonly kind: 'built-in' | 'pieces' | 'custom';
  /** In words: "This computer", "Linkify service at 127.0.0.1:4100". */
  readonly name: string;
  readonly client: LinkifyClient;
}

/** Where new shares are meant to go. */
export type ServiceChoice =
  /** Pieces OS when it is ready, else this computer. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'pieces' }
  | { readonly kind: 'built-in' }
  | { readonly kind: 'custom'; readonly url: string; readonly token?: string };

/** Whoever is on the network, or this computer only. */
export type Reach = 'network' | 'loopback';

/** In bytes. */
export interface StorageUse {
  readonly usedBytes: number;
  readonly quotaBytes: number;
}

/** What a look at the way to the pages found: see `ReachCheck` of the service. */
export type ReachFound =
  | { readonly kind: 'no-network' }
  | { readonly kind: 'other-program'; readonly address: string }
  | { readonly kind: 'closed'; readonly address: string }
  | { readonly kind: 'blocked'; readonly address: string; readonly firewall?: FirewallFound }
  | {
      readonly kind: 'ok';
      readonly address: string;
      /** When another device of the network opened a page last, in ms since 1970. */
      readonly visitedAtMs?: number;
      readonly firewall?: FirewallFound;
    };

export interface FirewallFound {
  readonly name: NonNullable<ReachView['firewall']>;
  readonly verdict: 'blocks' | 'allows' | 'unknown';
}

export interface ServicesNeeds {
  /** Who may open links of the built-in service. */
  readonly reach: () => Reach;
  /** Starts the built-in service; called once, and again after it failed to start or was stopped. */
  readonly startBuiltIn: (reach: Reach) => Promise<{
    readonly apiBaseUrl: string;
    readonly token: string;
    setReach(reach: Reach): Promise<void>;
    freshBaseUrl(): Promise<string>;
    pagesAddressUrl(): string;
    chooseInterface(name: string | undefined): void;
    setLocalName(on: boolean): void;
    setHostNames(names: readonly string[]): void;
    checkReach(): Promise<ReachFound>;
    usage(): StorageUse;
    setQuota(bytes: number): void;
    close(): Promise<void>;
  }>;
  readonly createClient: (service: {
    readonly baseUrl: string;
    readonly token?: string;
    readonly builtIn: boolean;
  }) => Promise<LinkifyClient>;
  /** Told why a call to a service at an address of its own failed. */
  readonly onCustomFault?: (fault: LinkifyFault) => void;
  readonly pieces: PiecesTarget;
  /** The service that new shares go to, as settings and command line say now. */
  readonly choice: () => ServiceChoice;
}

export interface Services {
  /** The service that new shares go to. Rejects with what keeps it from being used. */
  current(): Promise<ServiceTarget>;
  /** The same, also while it cannot be used. */
  meant(): {
    readonly kind: ServiceTarget['kind'];
    readonly name: string;
    readonly baseUrl: string;
    /** False where `current` decides by what is ready then. */
    readonly certain: boolean;
  };
  /** The service that made a link. */
  of(link: {
    readonly kind: 'built-in' | 'pieces' | 'custom';
    readonly baseUrl: string;
  }): Promise<ServiceTarget>;
  /**
   * Mends the service that shares are meant for, ready or not; how it is then is read anew.
   * Where Pieces OS is only preferred, it is the one that is mended.
   */
  mend<T>(step: (target: ServiceTarget) => Promise<T>): Promise<T>;
  /** Starts what the next share needs, so that its key press finds it ready. */
  warmUp(): Promise<void>;
  /** Starts the built-in service, so that links made before open again. */
  startBuiltIn(): Promise<void>;
  /** Where the built-in service listens, so that it is not taken for another one. */
  ownPorts(): ReadonlySet<number>;
  /** The built-in service, if it runs. */
  ifRunning(): Promise<ServiceTarget | undefined>;
  /** Tells the built-in service, if it runs, who may open its links now. */
  applyReach(): Promise<void>;
  /** Tells the built-in service, if it runs, what its links carry from now on. */
  applyAddress(wishes: {
    readonly networkInterface: string;
    readonly localName: boolean;
  }): Promise<void>;
  /** Tells the built-in server, if it runs, by which other names links may be opened. */
  applyHostNames(names: readonly string[]): Promise<void>;
  /** What links of the built-in service begin with when this computer itself looks at them. */
  pagesAddressUrl(): Promise<string | undefined>;
  /** What links of the built-in service begin with now, if it serves any. */
  pagesBaseUrl(): Promise<string | undefined>;
  /** The way that others take to these, if it runs and is open to the network. */
  checkReach(): Promise<ReachFound | undefined>;
  /** What the shares of the built-in service take, if it runs. */
  usage(): Promise<StorageUse | undefined>;
  /** Tells the built-in service, if it runs, how much it may keep now, in bytes. */
  applyQuota(bytes: number): Promise<void>;
  stop(): Promise<void>;
}

/** "localhost:4100" of "http://localhost:4100/". */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

export const BUILT_IN_NAME = 'This computer';

/** Keeps one client a service, made when it is first needed. */
export function createServices(needs: ServicesNeeds): Services {
  type Running = Awaited<ReturnType<ServicesNeeds['startBuiltIn']>>;
  let running: Promise<{ readonly service: Running; readonly target: ServiceTarget }> | undefined;
  const ownPorts = new Set<number>();
  const custom = new Map<string, Promise<ServiceTarget>>();

  const builtIn = (): Promise<ServiceTarget> => {
    running ??= (async () => {
      const service = await needs.startBuiltIn(needs.reach());
      ownPorts.add(Number(new URL(service.apiBaseUrl).port));
      const client = await needs.createClient({
        baseUrl: service.apiBaseUrl,
        token: service.token,
        builtIn: true,
      });
      return { service, target: { kind: 'built-in', name: BUILT_IN_NAME, client } as const };
    })();
    return running.then(
      ({ target }) => target,
      (error: unknown) => {
        running = undefined;
        throw error;
      },
    );
  };

  const customAt = (url: string, token: string | undefined): Promise<ServiceTarget> => {
    const key = `${url}\n${token ?? ''}`;
    let target = custom.get(key);
    if (target === undefined) {
      target = needs
        .createClient({ baseUrl: url, builtIn: false, ...(token === undefined ? {} : { token }) })
        .then((client) => ({
          kind: 'custom',
          name: hostOf(url),
          client: noteFaults(client, (fault) => needs.onCustomFault?.(fault)),
        }));
      custom.set(key, target);
      target.catch(() => custom.delete(key));
    }
    return target;
  };

  const to = async (choice: ServiceChoice): Promise<ServiceTarget> => {
    switch (choice.kind) {
      case 'automatic':
        return (await needs.pieces.whenReady()) ?? builtIn();
      case 'pieces':
        return needs.pieces.toShare();
      case 'built-in':
        return builtIn();
      case 'custom':
        return customAt(choice.url, choice.token);
    }
  };

  return {
    current: () => to(needs.choice()),
    meant() {
      const choice = needs.choice();
      const certain = choice.kind !== 'automatic';
      if (choice.kind === 'custom') {
        return { kind: 'custom', name: hostOf(choice.url), baseUrl: choice.url, certain };
      }
      if (choice.kind === 'pieces') {
        return { kind: 'pieces', name: PIECES_NAME, baseUrl: '', certain };
      }
      return { kind: 'built-in', name: BUILT_IN_NAME, baseUrl: '', certain };
    },
    of(link) {
      if (link.kind === 'built-in') return builtIn();
      // Wherever it listens now: its port may be another one than when the link was made.
      if (link.kind === 'pieces') return needs.pieces.anyway();
      const now = needs.choice();
      // The token belongs to one service only, and is sent to no other.
      const token = now.kind === 'custom' && now.url === link.baseUrl ? now.token : undefined;
      return customAt(link.baseUrl, token);
    },
    async mend(step) {
      const choice = needs.choice();
      if (choice.kind === 'built-in' || choice.kind === 'custom') return step(await to(choice));
      try {
        return await step(await needs.pieces.anyway());
      } finally {
        await needs.pieces.refresh();
      }
    },
    async warmUp() {
      await to(needs.choice());
    },
    async startBuiltIn() {
      await builtIn();
    },
    ownPorts: () => ownPorts,
    ifRunning: async () =>
      running?.then(
        ({ target }) => target,
        () => undefined,
      ),
    async applyReach() {
      if (running !== undefined) await (await running).service.setReach(needs.reach());
    },
    async pagesBaseUrl() {
      const now = await running?.catch(() => undefined);
      const base = await now?.service.freshBaseUrl();
      // Before its first link there is no port yet.
      return base === undefined || /:0$/.test(base) ? undefined : base;
    },
    async applyAddress({ networkInterface, localName }) {
      const now = await running?.catch(() => undefined);
      now?.service.chooseInterface(networkInterface || undefined);
      now?.service.setLocalName(localName);
    },
    async applyHostNames(names) {
      const now = await running?.catch(() => undefined);
      now?.service.setHostNames(names);
    },
    async pagesAddressUrl() {
      const now = await running?.catch(() => undefined);
      return now?.service.pagesAddressUrl();
    },
    async checkReach() {
      const now = await running?.catch(() => undefined);
      return needs.reach() === 'network' ? now?.service.checkReach() : undefined;
    },
    usage: async () =>
      running?.then(
        ({ service }) => service.usage(),
        () => undefined,
      ),
    async applyQuota(bytes) {
      const now = await running?.catch(() => undefined);
      now?.service.setQuota(bytes);
    },
    async stop() {
      const started = running;
      running = undefined;
      await started?.then(({ service }) => service.close()).catch(() => undefined);
    },
  };
}
