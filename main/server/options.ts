import type { PublicApi } from './api/authenticate.ts';
import type { ListenerLimits } from './http/listener-limits.ts';
import type { Log } from './log.ts';
import type { OwnAddress } from './network/address.ts';
import type { ReachCheck } from './network/check-reach.ts';
import type { PortEvent } from './network/pages-listener.ts';
import type { S3Location } from './store/blobs/s3-location.ts';
import type { ShareEnded, ShareOpened } from './store/model.ts';
import type { PostgresOptions } from './store/sql/postgres-options.ts';

/** How the built-in service is started. Sizes in bytes, times in ms. */
export interface ServerOptions {
  /** Folder for blobs, metadata and the token file; made with mode 0700. */
  readonly dataDir: string;
  /** Where contents are that are too large for the catalog; absent: in `dataDir`. */
  readonly blobs?: S3Location;
  /** Port of the API on 127.0.0.1; 0 takes a free one. */
  readonly apiPort: number;
  /** Port of the share pages; 0 takes a free one and keeps it for the next start. */
  readonly pagesPort: number;
  /** `network`: other machines can open links; `loopback`: only this one. */
  readonly reach: 'network' | 'loopback';
  /** The interface whose address links carry; absent, or while it is away: the likeliest. */
  readonly networkInterface?: string | undefined;
  /** Bearer token of the API; without it one is made and kept in `dataDir`, mode 0600. */
  readonly token?: string;
  /** What links begin with, when a proxy stands in front; found from the network otherwise. */
  readonly publicBaseUrl?: string;
  /** Names besides its own by which the pages may be asked for, such as `pc.example.com`. */
  readonly hostNames?: readonly string[] | undefined;
  /** Whether pages of earlier links open at the start; true by default. */
  readonly opensPages?: boolean;
  /** Lets proxies with TLS reach the API; absent: only programs on this computer do. */
  readonly publicApi?: PublicApi | undefined;
  /** Proxies that say who asks, as addresses or networks (CIDR); with a public address. */
  readonly trustedProxies?: readonly string[];
  /** How long a share lives when its maker says nothing; `null`: for ever. 7 days by default. */
  readonly defaultLifeMs?: number | null;
  /**
   * A database that other processes may use, too; SQLite in the data folder without it. Then the
   * port of the pages is this process's own, and closed shares don't end when it closes.
   */
  readonly database?: PostgresOptions;
  /** Contents together may take this much; 2 GB by default. Nothing is evicted, 507 says so. */
  readonly quotaBytes?: number;
  /** The longest content that is taken; 2 GiB by default. */
  readonly maxContentBytes?: number;
  /**
   * How long closing takes at most, in ms: at first requests are answered and `/readyz` says no, so
   * that a proxy sends no more; then those in progress are finished. Without it half a second.
   */
  readonly drainMs?: number;
  /** One line in the log for each request, without its path. */
  readonly logRequests?: boolean;
  /** Other limits than the usual ones for clients that are slow or many. */
  readonly limits?: {
    readonly pages?: Partial<ListenerLimits>;
    readonly api?: Partial<ListenerLimits>;
  };
  /** How long a share that was closed can be opened again, 10 s by default; it ends then. */
  readonly undoMs?: number;
  /** Told of each time that a share's page is opened. */
  readonly onOpened?: (opened: ShareOpened) => void;
  /** Told of each share that has ended. */
  readonly onEnded?: (ended: ShareEnded) => void;
  /** Told when another program has the port that links carry, and when it is ours again. */
  readonly onPort?: (news: PortEvent) => void;
  /** Called when many requests have come, and none for a while: a time to collect garbage. */
  readonly onBurstOver?: () => void;
  /** Called when the store was damaged, or written by a newer version: it is in this folder now. */
  readonly onStoreSetAside?: (folder: string) => void;
  /** Told of what happens, without any content. */
  readonly log?: Log;
}

/** A service that runs. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:4100`. */
  readonly apiBaseUrl: string;
  readonly token: string;
  /** What links begin with now; not yet meaningful before the first link. */
  pagesBaseUrl(): string;
  /** The same, after asking the system which way leads out by now. */
  freshBaseUrl(): Promise<string>;
  /** Opens the pages to the network, or closes them to all but this computer. Links stay the same. */
  setReach(reach: 'network' | 'loopback'): Promise<void>;
  /** The names besides its own by which the pages may be asked for from now on. */
  setHostNames(names: readonly string[]): void;
  /** Has links carry the address of another interface from now on; `undefined`: of the likeliest. */
  chooseInterface(name: string | undefined): void;
  /** The addresses of this machine that links can carry, the likeliest first. */
  addresses(): readonly OwnAddress[];
  /** What all contents take, and may take, in bytes. */
  usage(): { readonly usedBytes: number; readonly quotaBytes: number };
  /** Applies to what comes from now on: nothing is evicted when there is more already. */
  setQuota(bytes: number): void;
  /** Whether our pages answer at the address that links carry; opens them to find out. */
  checkReach(): Promise<ReachCheck>;
  /** Answers what is under way, ends what is closed, then closes both listeners and the store. */
  close(): Promise<void>;
}
