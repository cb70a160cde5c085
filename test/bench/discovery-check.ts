import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import { readListeners } from '../../main/linkify/peer/listeners.ts';
import { isPortOpen } from '../../main/linkify/peer/port-open.ts';
import { findServices } from '../../main/pieces/find-pieces.ts';
import { portFilePaths } from '../../main/pieces/port-file.ts';
import { probe } from '../../main/pieces/probe.ts';
import { PiecesSession } from '../../main/pieces/session.ts';

// One process of the discovery bench: looks for Pieces OS some times in a row, as the app does, and
// prints what each look cost. `listed`: with the kernel's list of listeners; else as elsewhere.
// `--ports=FIRST-LAST` are the ports looked at besides the usual port file.

const [, , list = 'listed', ports = '39300-39333', looks = '20'] = process.argv;
const [first = 0, last = 0] = ports.split('-').map(Number);

const session = new PiecesSession({
  find: () =>
    findServices({
      portFiles: portFilePaths({ platform: process.platform, home: homedir() }),
      readFile: (path) => readFile(path, 'utf8'),
      listeners: list === 'listed' ? () => readListeners() : async () => undefined,
      isOpen: isPortOpen,
      probe,
      ownUid: process.getuid?.(),
      platform: process.platform,
      ports: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    }),
  createClient: async (baseUrl) =>
    createLinkifyClient({ baseUrl, appVersion: '0.0.0', platform: process.platform }),
  isTrusted: () => true,
});

const costs = [];
for (let look = 0; look < Number(looks); look += 1) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const { kind } = await session.refresh();
  const { user, system } = process.cpuUsage(before);
  costs.push({ kind, wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1_000 });
}
session.close();
console.log(JSON.stringify(costs));
