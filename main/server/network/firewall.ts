import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { readLinuxFirewall } from './firewall-linux.ts';
import { readMacFirewall } from './firewall-macos.ts';
import { readWindowsFirewall } from './firewall-windows.ts';

/** A firewall of this computer that is switched on. */
export interface Firewall {
  readonly name: 'ufw' | 'firewalld' | 'nftables' | 'iptables' | 'windows' | 'macos';
  /**
   * What it does with visitors of our port, as far as that can be read without being an
   * administrator: rules mostly cannot.
   */
  readonly verdict: 'blocks' | 'allows' | 'unknown';
}

/** What the system is asked by. */
export interface SystemLooks {
  /** A file's text; `undefined` where it is not there or not ours to read. */
  readonly text: (path: string) => Promise<string | undefined>;
  /** What a program prints, however it ends; empty when it cannot be run. */
  readonly printed: (program: string, args: readonly string[]) => Promise<string>;
}

export interface Visited {
  readonly port: number;
  /** The program that listens, as the system knows it. */
  readonly program: string;
}

/** The firewall of this computer, where one is on; nothing here needs an administrator. */
export async function readFirewall(
  visited: Visited,
  platform: NodeJS.Platform = process.platform,
  looks: SystemLooks = SYSTEM,
): Promise<Firewall | undefined> {
  switch (platform) {
    case 'linux':
      return readLinuxFirewall(visited, looks);
    case 'darwin':
      return readMacFirewall(visited, looks);
    case 'win32':
      return readWindowsFirewall(visited, looks, process.env);
    default:
      return undefined;
  }
}

/** Longest wait for a program's answer, in ms. */
const WITHIN_MS = 3_000;

const SYSTEM: SystemLooks = {
  text: (path) => readFile(path, 'utf8').catch(() => undefined),
  printed: (program, args) =>
    new Promise((resolve) => {
      execFile(
        program,
        args,
        {
          timeout: WITHIN_MS,
          windowsHide: true,
          // Windows' list of rules is some 300 kB.
          maxBuffer: 8 * 1024 ** 2,
          env: { ...process.env, LC_ALL: 'C' },
        },
        (_error, stdout) => resolve(stdout),
      );
    }),
};
