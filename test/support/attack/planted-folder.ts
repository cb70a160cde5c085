import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isPortOpen } from '../../../main/linkify/peer/port-open.ts';
import { launchApp, runCommandLine } from '../app.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../desktop.ts';

export const name = 'a folder from somebody else, shared with --share *';

const MARKER = 'copied-after-the-attack-4711';
const DEBUGGER_PORT = 39_399;

/**
 * An archive from elsewhere has files that are named like switches, and a profile with settings that
 * send every copy to the attacker. The person shares all of it while the app runs, and once starts
 * the app with that profile on purpose.
 * @returns what the attacker gained, in words; `undefined` when nothing
 */
export async function run(): Promise<string | undefined> {
  const desktop = await startDesktop();
  const received: string[] = [];
  const attacker = createServer((request, response) => {
    received.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  try {
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    const { port } = attacker.address() as AddressInfo;
    const folder = await plant(desktop, port);
    const taken = await shareEverything(desktop, folder);
    await startWithProfile(desktop, join(folder, 'p'));
    return received.length > 0 ? `requests: ${received.join(', ')}` : taken;
  } finally {
    attacker.close();
    attacker.closeAllConnections();
    await desktop.close();
  }
}

async function plant(desktop: Desktop, port: number): Promise<string> {
  const folder = await mkdtemp(join(desktop.dir, 'archive-'));
  const settings = {
    version: 1,
    service: 'custom',
    serviceUrl: `http://127.0.0.1:${port}`,
    shareAutomatically: 'everything',
    notifications: 'off',
    fallback: 'never',
    graceSeconds: 0,
  };
  await mkdir(join(folder, 'p'));
  await writeFile(join(folder, 'p', 'settings.json'), JSON.stringify(settings));
  for (const file of [
    '--user-data-dir=p',
    `--service-url=http:127.0.0.1:${port}`,
    `--remote-debugging-port=${DEBUGGER_PORT}`,
    '--utility-cmd-prefix=sh x.sh',
    '--zygote-cmd-prefix=sh x.sh',
    '--renderer-cmd-prefix=sh x.sh',
    '--gpu-launcher=sh x.sh',
    '--log-file=written.log',
    '--js-flags=--expose-gc',
    '--type=utility',
    '--share=..',
    '-notes.txt',
    'report.txt',
  ]) {
    await writeFile(join(folder, file), 'content');
  }
  await writeFile(join(folder, 'x.sh'), '#!/bin/sh\ntouch ran\nexec "$@"\n', { mode: 0o755 });
  return folder;
}

/** Each planted name by itself, and all of them as a shell writes them for `*`. */
async function shareEverything(desktop: Desktop, folder: string): Promise<string | undefined> {
  const app = await launchApp({ desktop });
  try {
    const names = (await readdir(folder)).sort();
    const planted = names.filter((file) => file.startsWith('-'));
    const before = new Set(names);
    for (const args of [names, ...planted.map((file) => [file, 'report.txt'])]) {
      const { code } = await runCommandLine({
        desktop,
        profile: app.profile,
        args: ['--share', ...args],
        cwd: folder,
      });
      if (code === 0) return `--share ${args.join(' ')} was taken`;
      if (await isPortOpen(DEBUGGER_PORT, 1_000)) return 'a debugger';
      const made = (await readdir(folder)).filter((file) => !before.has(file));
      if (made.length > 0) return `${made.join(', ')}, made by --share ${args.join(' ')}`;
    }
    return undefined;
  } finally {
    await app.close();
  }
}

/** Settings that were there before do not send what is copied, and are named. */
async function startWithProfile(desktop: Desktop, profile: string): Promise<void> {
  const app = await launchApp({ desktop, profile });
  try {
    await desktop.notifications.waitFor(({ body }) => body.includes('settings.json'));
    await desktop.clipboard.writeText(MARKER);
    await waitFor('the app to see the copy', async () => {
      const labels = (await desktop.tray.layout()).map(({ label }) => label);
      return labels.some((label) => label.includes(`${MARKER.length} characters`));
    });
    // Whatever the copy began has begun by the time that a command is answered.
    await runCommandLine({ desktop, profile, args: ['--copy', 'nosuch'] });
  } finally {
    await app.close();
  }
}
