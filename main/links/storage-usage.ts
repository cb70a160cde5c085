import { EventEmitter } from 'node:events';
import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { OpenCounts } from './open-counts.ts';
import type { RecentLinks } from './recent-links.ts';

type Usage = NonNullable<Awaited<ReturnType<ThisComputerTarget['usage']>>>;

export interface StorageUsageDeps {
  readonly thisComputer: Pick<ThisComputerTarget, 'applyQuota' | 'usage'>;
  readonly links: Pick<RecentLinks, 'subscribe'>;
  readonly opens: Pick<OpenCounts, 'events'>;
}

/** How many bytes the shares of this computer take; read again after each change of the links. */
export class StorageUsage extends EventEmitter<{ changed: [] }> {
  readonly #deps: StorageUsageDeps;
  #usage: Usage | undefined;
  #isDue = false;

  constructor(deps: StorageUsageDeps) {
    super();
    this.#deps = deps;
    deps.links.subscribe(() => this.#refreshSoon());
    deps.opens.events.on('changed', () => this.#refreshSoon());
  }

  /** `undefined` before the built-in server has run. */
  usage(): Usage | undefined {
    return this.#usage;
  }

  async refresh(): Promise<void> {
    const now = await this.#deps.thisComputer.usage();
    const before = this.#usage;
    if (now === undefined) return;
    if (before?.usedBytes === now.usedBytes && before.quotaBytes === now.quotaBytes) return;
    this.#usage = now;
    this.emit('changed');
  }

  /** The limit may have changed. */
  async apply(): Promise<void> {
    await this.#deps.thisComputer.applyQuota();
    await this.refresh();
  }

  /** In a later turn, so that a share never waits for it. */
  #refreshSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      void this.refresh();
    });
  }
}
