import type { ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream, globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from '../desktop/debian-packages.ts';
import { endChild, runProgram, spawnBound } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { SetupProblem } from '../setup-problem.ts';
import { freePort } from './real-proxies.ts';

/** An S3 server: Ceph's gateway over a monitor and a store in memory, as plain processes. */
export interface Ceph {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly pids: readonly number[];
  /** Its configuration file, for another gateway. */
  readonly config: string;
  /** Ends all processes, the newest first. */
  close(): Promise<void>;
}

export const CEPH_PACKAGES: readonly (readonly string[])[] = [
  ['ceph-mon'],
  ['ceph-osd'],
  ['radosgw'],
  ['ceph-common'],
];

/** What the store holds at most, in bytes: memory is taken as it fills. */
const STORE_BYTES = 8 * 1024 ** 3;

/** The gateway creates its pools first, which takes some 12 s. */
const START_LIMIT_MS = 120_000;

/** Installs it; where that isn't possible it says why, and the tests of it are skipped. */
export async function prepareCeph(say: (line: string) => void): Promise<void> {
  try {
    await ensurePackages(say, CEPH_PACKAGES);
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    say(`The tests on S3 are skipped. ${error.message}`);
  }
}

/** Starts one; takes some 13 s. */
export async function startCeph(): Promise<Ceph> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-ceph-'));
  const children: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of children.reverse()) await endChild(child, 1_000);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await start(folder, children)), close };
  } catch (error) {
    const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
    await close();
    throw new Error(`Ceph did not start: ${log.slice(-3_000)}`, { cause: error });
  }
}

async function start(folder: string, children: ChildProcess[]): Promise<Omit<Ceph, 'close'>> {
  const config = join(folder, 'ceph.conf');
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()];
  const cluster = randomUUID();
  const monitorAt = `[v2:127.0.0.1:${monitorPort}/0]`;
  for (const name of ['mon', 'osd', 'rgw', 'run']) await mkdir(join(folder, name));
  await writeFile(config, configOf({ folder, cluster, monitorAt, gatewayPort }));

  const log = createWriteStream(join(folder, 'log'));
  log.setMaxListeners(0);
  const spawn = (command: string, ...args: readonly string[]): void => {
    const child = spawnBound(command, [...args, '-c', config], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    children.push(child);
  };
  const run = async (command: string, ...args: readonly string[]): Promise<void> => {
    await runProgram(command, args, { limitMs: START_LIMIT_MS });
  };
  const ceph = (...args: readonly string[]): Promise<void> =>
    run('ceph', '--connect-timeout', '60', '-c', config, ...args);

  const keyring = join(folder, 'keyring');
  await run(
    'ceph-authtool',
    keyring,
    '--create-keyring',
    '--gen-key',
    '-n',
    'mon.',
    '--cap',
    'mon',
    'allow *',
  );
  await run(
    'ceph-authtool',
    keyring,
    '--gen-key',
    '-n',
    'client.admin',
    '--cap',
    'mon',
    'allow *',
    '--cap',
    'osd',
    'allow *',
  );
  const map = join(folder, 'monmap');
  await run('monmaptool', '--create', '--addv', 'a', monitorAt, '--fsid', cluster, map);
  await run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map, '--keyring', keyring, '-c', config);
  spawn('ceph-mon', '-f', '-i', 'a');

  const osd = randomUUID();
  await ceph('osd', 'new', osd);
  const osdKeyring = join(folder, 'osd', 'keyring');
  await ceph(
    'auth',
    'get-or-create',
    'osd.0',
    'mon',
    'allow profile osd',
    'osd',
    'allow *',
    '-o',
    osdKeyring,
  );
  await run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd, '-c', config);
  spawn('ceph-osd', '-f', '-i', '0');

  const gatewayKeyring = join(folder, 'rgw', 'keyring');
  await ceph(
    'auth',
    'get-or-create',
    'client.rgw.a',
    'mon',
    'allow rw',
    'osd',
    'allow rwx',
    '-o',
    gatewayKeyring,
  );
  spawn('radosgw', '-f', '-n', 'client.rgw.a');
  const accessKeyId = `TEST${randomBytes(8).toString('hex').toUpperCase()}`;
  const secretAccessKey = randomBytes(20).toString('hex');
  await run(
    'radosgw-admin',
    '-c',
    config,
    'user',
    'create',
    '--uid=test',
    '--display-name=test',
    `--access-key=${accessKeyId}`,
    `--secret-key=${secretAccessKey}`,
  );
  const endpoint = `http://127.0.0.1:${gatewayPort}`;
  await waitFor('the gateway', async () => (await fetch(endpoint)).ok, START_LIMIT_MS);
  return {
    endpoint,
    accessKeyId,
    secretAccessKey,
    pids: children.map(({ pid }) => pid ?? 0),
    config,
  };
}

function configOf({
  folder,
  cluster,
  monitorAt,
  gatewayPort,
}: {
  readonly folder: string;
  readonly cluster: string;
  readonly monitorAt: string;
  readonly gatewayPort: number;
}): string {
  return `[global]
fsid = ${cluster}
mon host = ${monitorAt}
mon initial members = a
keyring = ${folder}/keyring
run dir = ${folder}/run
admin socket =
pid file =
log file =
log to stderr = true
err to stderr = true
public network = 127.0.0.0/8
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
# Gateways tell each other what changed: one that was killed is waited for so long, in seconds.
osd client watch timeout = 5
client notify timeout = 2
# The monitor would refuse to start on a disk that is rather full.
mon data avail crit = 1
mon data avail warn = 2
[mon.a]
mon data = ${folder}/mon
public addrv = ${monitorAt}
[osd.0]
osd data = ${folder}/osd
# Debian 13 has a path without the first slash.
osd class dir = ${globSync(['/usr/lib/rados-classes', '/usr/lib/*/rados-classes'])[0]}
osd objectstore = memstore
memstore device bytes = ${STORE_BYTES}
keyring = ${folder}/osd/keyring
[client.rgw.a]
keyring = ${folder}/rgw/keyring
rgw data = ${folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort}
`;
}
