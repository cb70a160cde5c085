import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { spawnBound } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { freePort } from './real-proxies.ts';

const START_LIMIT_MS = 60_000;

/** A gateway of a test's own to a running Ceph: it can be killed without harm to other tests. */
export class Gateway {
  readonly port: number;
  readonly #config: string;
  #process: ChildProcess | undefined;

  private constructor(config: string, port: number) {
    this.#config = config;
    this.port = port;
  }

  /** @param config the configuration file of the Ceph; resolves when the gateway answers */
  static async start(config: string): Promise<Gateway> {
    const gateway = new Gateway(config, await freePort());
    await gateway.restart();
    return gateway;
  }

  /** As a crash: `SIGKILL`; resolves when the process has gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Starts it after `kill`; resolves when it answers. */
  async restart(): Promise<void> {
    const frontends = `--rgw_frontends=beast endpoint=127.0.0.1:${this.port}`;
    this.#process = spawnBound(
      'radosgw',
      ['-f', '-n', 'client.rgw.a', '-c', this.#config, frontends],
      { stdio: 'ignore' },
    );
    const answers = async () => (await fetch(`http://127.0.0.1:${this.port}`)).ok;
    await waitFor('the gateway', answers, START_LIMIT_MS);
  }
}
