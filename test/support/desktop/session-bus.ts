import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { firstLine } from './first-line.ts';
import { endChild } from './processes.ts';

export interface SessionBus {
  readonly address: string;
  readonly daemon: ChildProcess;
  close(): Promise<void>;
}

/**
 * A real session bus with nothing on it.
 * @param activatable a name that the bus starts a program for: one that never takes the name
 */
export async function startSessionBus(activatable?: string): Promise<SessionBus> {
  const dir = await mkdtemp(join(tmpdir(), 'linkify-bus-'));
  const config = join(dir, 'bus.conf');
  await writeFile(
    config,
    `<busconfig><type>session</type><listen>unix:dir=${dir}</listen><auth>EXTERNAL</auth>
    <servicedir>${dir}</servicedir><policy context="default"><allow send_destination="*"/>
    <allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`,
  );
  if (activatable !== undefined) {
    await writeFile(
      join(dir, `${activatable}.service`),
      `[D-BUS Service]\nName=${activatable}\nExec=/bin/sleep 60\n`,
    );
  }
  const daemon = spawn(
    'dbus-daemon',
    [`--config-file=${config}`, '--nofork', '--print-address=3'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  const address = await firstLine(daemon.stdio[3] as Readable, 'dbus-daemon');
  return {
    address,
    daemon,
    async close() {
      daemon.kill('SIGCONT');
      await endChild(daemon);
      await rm(dir, { recursive: true, force: true });
    },
  };
}
