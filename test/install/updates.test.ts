import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { BuiltVersions } from '../support/updates/build-versions.ts';
import { UPDATE_CASES } from '../support/updates/cases.ts';
import { newSigningKey } from '../support/updates/signed-updates.ts';
import { StandIns } from '../support/updates/stand-ins.ts';
import { startUpdateServer, type UpdateServer } from '../support/updates/update-server.ts';
import { ensureSessionPackages } from '../support/updates/user-session.ts';

// The cases of `npm run test:update` that need no real AppImage, several at the same time: most of
// what they do is wait for the first check, 10 s after the start.

const problem = process.getuid?.() === 0 ? undefined : 'needs root, to become an ordinary user';

let folder: string;
const prepared: { readonly server: UpdateServer; readonly versions: BuiltVersions }[] = [];

describe.skipIf(problem)(`updates of the packaged app${problem ? ` (${problem})` : ''}`, () => {
  beforeAll(async () => {
    await ensureSessionPackages();
    folder = mkdtempSync(join(tmpdir(), 'linkify-updates-'));
    chmodSync(folder, 0o755);
    const standIns = await StandIns.open(folder);
    const [key, spare] = [newSigningKey(), newSigningKey()];
    for (const _ of UPDATE_CASES) {
      const server = await startUpdateServer();
      const updates = { url: server.url, keys: [key, spare] };
      const old = await standIns.version('1.0.0', updates);
      const next = await standIns.version('1.1.0', updates);
      prepared.push({ server, versions: { old, next, key, spare } });
    }
  });

  afterAll(() => {
    for (const { server } of prepared) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.concurrent.each(UPDATE_CASES.map(({ name, run }, index) => ({ name, run, index })))(
    '$name',
    async ({ run, index }) => {
      const given = prepared[index];
      if (given === undefined) throw new Error('not prepared');
      await run(given);
    },
    // More than what each case waits for, so that it ends its session.
    300_000,
  );
});
