import type { ChildProcess } from 'node:child_process';
import { waitFor } from '../../support/desktop/wait-for.ts';
import type { LoadRequest } from '../server/load.ts';

/** Where a load goes. */
export interface Target {
  readonly port: number;
  readonly request: LoadRequest;
}

/** What is measured of every peer. */
export const TARGETS = ['create', 'page', 'raw'] as const;

export type TargetName = (typeof TARGETS)[number];

/** A server that runs, with one text of 1 KB in it. */
export interface RunningPeer {
  readonly name: string;
  readonly targets: Readonly<Record<TargetName, Target>>;
  end(): Promise<void>;
}

/** A peer, or the reason why it is not measured. */
export type Setup = { readonly peer: RunningPeer } | { readonly skipped: string };

export const PAGE_TEXT = 'A line of text.\n'.repeat(63);

/** Waits until a server answers, whatever it is. */
export async function untilOpen(port: number, child: ChildProcess): Promise<void> {
  await waitFor(`${child.spawnfile} to listen`, async () => {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    const response = await fetch(`http://127.0.0.1:${port}/`);
    await response.arrayBuffer();
    return true;
  });
}
