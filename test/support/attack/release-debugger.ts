import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPortOpen } from '../../../main/linkify/peer/port-open.ts';
import { ROOT, rootArgs } from '../app.ts';
import { SetupProblem } from '../setup-problem.ts';

export const name = 'a debugger on the release package';

const RELEASE = join(ROOT, 'release/linux-unpacked/linkify-tray');
// Below the ports that systems choose from: a connection to a closed one of those may meet itself.
const PORT = 29_398;

/** What opens a debugger, or takes away what protects from one; each is refused by itself. */
const SWITCHES = [
  `--remote-debugging-port=${PORT}`,
  `-remote-debugging-port=${PORT}`,
  '--remote-debugging-pipe',
  '--remote-debugging-address=0.0.0.0',
  '--remote-allow-origins=*',
  `--inspect=${PORT}`,
  `--inspect-brk=${PORT}`,
  '--js-flags=--expose-gc',
  '--load-extension=/tmp',
  '--disable-web-security',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--proxy-server=127.0.0.1:9',
  '--ignore-certificate-errors',
];

/**
 * Starts the release package (`npm run package`) with each switch: it must end with a sentence and
 * code 2, and no port may be open at any time until then.
 * @returns what was gained, in words; `undefined` when nothing
 */
export async function run(): Promise<string | undefined> {
  if (!existsSync(RELEASE)) throw new SetupProblem('Package it first: npm run package');
  const profile = await mkdtemp(join(tmpdir(), 'release-debugger-'));
  try {
    for (const given of SWITCHES) {
      const gained = await tryOne(given, profile);
      if (gained !== undefined) return gained;
    }
    return undefined;
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

async function tryOne(given: string, profile: string): Promise<string | undefined> {
  const child = spawn(RELEASE, [given, ...rootArgs(), `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  let wasOpen = false;
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const limit = setTimeout(() => child.kill('SIGKILL'), 30_000);
  while (child.exitCode === null && child.signalCode === null) {
    wasOpen ||= await isPortOpen(PORT, 100);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  clearTimeout(limit);
  const code = await ended;
  if (wasOpen) return `a port by ${given}`;
  // As root the sandbox's switch is refused, too: the sentence must be about this one.
  if (code !== 2 || !errors.includes(given)) {
    return `${given} was taken: code ${code}, ${errors.slice(0, 500)}`;
  }
  return undefined;
}
