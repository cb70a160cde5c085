import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { collectGarbage } from '../collect-garbage.ts';
import { serviceStartFault } from '../failures/faults.ts';
import { checkLink, type LinkCheckResult } from '../linkify/check-link.ts';
import type { LinkifyClient } from '../linkify/model.ts';
import type { PortEvent } from '../server/network/pages-listener.ts';
import type { RunningServer } from '../server/options.ts';
import type { ShareEnded, ShareOpened } from '../server/store/model.ts';
import { hostNamesIn } from '../settings/host-names.ts';
import type { Settings } from '../settings/settings.ts';
import { THIS_COMPUTER } from './capabilities.ts';
import type { CreateClient } from './create-client.ts';
import { LinkifyTarget } from './linkify-target.ts';
import { rebaseLink } from './rebase-link.ts';
import type { TargetStatus } from './target.ts';
import type { TargetRef } from './target-ref.ts';

export type ReachCheck = Awaited<ReturnType<RunningServer['checkReach']>>;

export interface ThisComputerEvents {
  /** The store was damaged or written by a newer version; it is in this folder now. */
  'store-set-aside': [folder: string];
  opened: [opened: ShareOpened];
  ended: [ended: ShareEnded];
  /** Another program has the port that links carry, or it is ours again. */
  port: [news: PortEvent];
}

interface Running {
  readonly server: RunningServer;
  readonly client: LinkifyClient;
}

export interface ThisComputerOptions {
  readonly userData: string;
  readonly settings: Pick<Settings, 'values'>;
  readonly createClient: CreateClient;
  /** Starts the server; loaded with the first call that needs it. */
  readonly startServer?: typeof startServer;
}

export const THIS_COMPUTER_REF: TargetRef = {
  kind: 'built-in',
  name: 'This computer',
  baseUrl: '',
};

/** The built-in server as a target: it starts with the first use, or before it (`Targets.warmUp`). */
export class ThisComputerTarget extends LinkifyTarget {
  readonly ref = THIS_COMPUTER_REF;
  readonly capabilities = THIS_COMPUTER;
  readonly status: TargetStatus = { state: 'ready', detail: 'ready' };
  readonly events = new EventEmitter<ThisComputerEvents>();
  readonly #options: ThisComputerOptions;
  readonly #ports = new Set<number>();
  #running: Promise<Running> | undefined;

  constructor(options: ThisComputerOptions) {
    super();
    this.#options = options;
  }

  /** Ports that our own API listens on, so that it isn't taken for another service. */
  get ports(): ReadonlySet<number> {
    return this.#ports;
  }

  /** Starts the server unless it runs. @throws SharingError `service-did-not-start` */
  async client(): Promise<LinkifyClient> {
    this.#running ??= this.#start();
    const starting = this.#running;
    try {
      return (await starting).client;
    } catch (error) {
      if (this.#running === starting) this.#running = undefined;
      throw error;
    }
  }

  async #start(): Promise<Running> {
    const { userData, settings, createClient, startServer: start = startServer } = this.#options;
    const { events } = this;
    const { networkInterface, hostNames } = settings.values();
    try {
      const server = await start({
        dataDir: join(userData, 'service'),
        apiPort: 0,
        pagesPort: 0,
        reach: this.#reach(),
        quotaBytes: this.#quotaBytes(),
        onOpened: (opened) => events.emit('opened', opened),
        onEnded: (ended) => events.emit('ended', ended),
        onBurstOver: collectGarbage,
        networkInterface: networkInterface || undefined,
        hostNames: hostNamesIn(hostNames),
        onPort: (news) => events.emit('port', news),
        onStoreSetAside: (folder) => events.emit('store-set-aside', folder),
      });
      this.#ports.add(Number(new URL(server.apiBaseUrl).port));
      // The server is this very process: nobody else can have its port, so no peer is verified.
      const client = await createClient({ baseUrl: server.apiBaseUrl, token: server.token });
      return { server, client };
    } catch (error) {
      throw serviceStartFault(error);
    }
  }

  #reach(): 'network' | 'loopback' {
    return this.#options.settings.values().reach === 'network' ? 'network' : 'loopback';
  }

  #quotaBytes(): number {
    return this.#options.settings.values().quotaGigabytes * 1000 ** 3;
  }

  async #ifRunning(): Promise<RunningServer | undefined> {
    const running = await this.#running?.catch(() => undefined);
    return running?.server;
  }

  /** The client if the server runs; starts nothing. */
  async clientIfRunning(): Promise<LinkifyClient | undefined> {
    const running = await this.#running?.catch(() => undefined);
    return running?.client;
  }

  /** Applies who may open links; a server that doesn't run reads it when it starts. */
  async applyReach(): Promise<void> {
    await (await this.#ifRunning())?.setReach(this.#reach());
  }

  /** Applies which interface's address links carry from now on. */
  async applyAddress(): Promise<void> {
    const { networkInterface } = this.#options.settings.values();
    (await this.#ifRunning())?.chooseInterface(networkInterface || undefined);
  }

  /** Applies by which other names links may be opened. */
  async applyHostNames(): Promise<void> {
    const names = hostNamesIn(this.#options.settings.values().hostNames);
    (await this.#ifRunning())?.setHostNames(names);
  }

  async applyQuota(): Promise<void> {
    (await this.#ifRunning())?.setQuota(this.#quotaBytes());
  }

  /** What all shares take, in bytes, if the server runs. */
  async usage(): Promise<{ readonly usedBytes: number; readonly quotaBytes: number } | undefined> {
    return (await this.#ifRunning())?.usage();
  }

  /** What links begin with now, if any is served. */
  async pagesBaseUrl(): Promise<string | undefined> {
    const base = await (await this.#ifRunning())?.freshBaseUrl();
    // Before its first link there is no port yet.
    return base === undefined || /:0$/.test(base) ? undefined : base;
  }

  /** Whether other devices get through to our links; `undefined` while links are for this computer. */
  async checkReach(): Promise<ReachCheck | undefined> {
    const server = await this.#ifRunning();
    return this.#reach() === 'network' ? server?.checkReach() : undefined;
  }

  async checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult> {
    const base = (await this.#ifRunning())?.pagesBaseUrl();
    const here = base === undefined ? link : rebaseLink(base, link);
    return checkLink(here, { method, ownOrigins: [new URL(here).origin] });
  }

  async stop(): Promise<void> {
    const started = this.#running;
    this.#running = undefined;
    await started?.then(({ server }) => server.close()).catch(() => undefined);
  }
}

const startServer = async (
  options: Parameters<typeof import('../server/start.ts').startServer>[0],
): Promise<RunningServer> => {
  const [{ startServer: start }, { closeDataDir }] = await Promise.all([
    import('../server/start.ts'),
    import('./close-data-dir.ts'),
  ]);
  await closeDataDir(options.dataDir);
  return start(options);
};
