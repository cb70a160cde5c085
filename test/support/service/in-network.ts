import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE } from './process.ts';

/** A network interface of a made-up network: its name and its addresses with their prefixes. */
export type MadeUp = Readonly<Record<string, readonly string[]>>;

/** Whether this system lets us make networks of our own, as Linux does where users may. */
export function canMakeNetworks(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('unshare', ['-rn', 'sh', '-c', 'ip link add t1 type veth peer name t2'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** The shell lines that make such interfaces; each is one end of a cable with the other end unplugged. */
export function linesFor(interfaces: MadeUp): string {
  const lines = ['ip link set lo up'];
  for (const [index, [name, addresses]] of Object.entries(interfaces).entries()) {
    lines.push(`ip link add ${name} type veth peer name docker${index}`);
    for (const address of addresses) {
      const nodad = address.includes(':') ? ' nodad' : '';
      lines.push(`ip addr add ${address} dev ${name}${nodad}`);
    }
    lines.push(`ip link set ${name} up && ip link set docker${index} up`);
  }
  return lines.join(' && ');
}

/** Runs a script of this folder where there is no other network than this; answers the JSON that it prints. */
export async function runInNetwork(
  interfaces: MadeUp,
  script: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests look into parsed JSON freely
): Promise<any> {
  const command = `${linesFor(interfaces)} && exec "$0" "$1"`;
  const { stdout } = await promisify(execFile)(
    'unshare',
    ['-rn', 'sh', '-c', command, NODE, join(import.meta.dirname, script)],
    { timeout: 30_000, killSignal: 'SIGKILL' },
  );
  return JSON.parse(stdout);
}
