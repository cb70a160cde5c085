import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { TextKey } from '../../../main/i18n/messages.ts';
import { waitFor } from '../desktop/wait-for.ts';
import { english } from '../messages.ts';
import {
  APPIMAGE_NAME,
  type BuiltVersion,
  type BuiltVersions,
  type WithBroken,
} from './build-versions.ts';
import { manifestOf, newSigningKey, type SigningKey, signatureOf } from './signed-updates.ts';
import type { UpdateServer } from './update-server.ts';
import { UserSession } from './user-session.ts';

interface UpdateCase<Versions> {
  readonly name: string;
  /** @returns a figure to print */
  run(given: {
    readonly server: UpdateServer;
    readonly versions: Versions;
  }): Promise<string | undefined>;
}

/** What an update may transfer, in bytes. */
const MOST_BYTES = 2_000_000;

/** For a check, a download, and the trial of the new version, on a busy machine. */
const LIMIT_MS = 180_000;

/** Puts a version on the server. @param signer absent: there is no signature */
function offer(
  server: UpdateServer,
  {
    manifest,
    appImage,
  }: Pick<BuiltVersion, 'manifest'> & { readonly appImage: string | Uint8Array },
  signer: SigningKey | undefined,
): void {
  server.files.set('latest-linux.yml', manifest);
  server.files.set(APPIMAGE_NAME, appImage);
  if (signer === undefined) return;
  server.files.set('latest-linux.yml.sig', Buffer.from(signatureOf(manifest, signer)));
}

/** The same length, with a byte of each 16 KiB changed, behind the runtime. */
function tampered(path: string): Buffer {
  const bytes = readFileSync(path);
  for (let at = 1_000_000; at < bytes.length - 200_000; at += 16_384) {
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  }
  return bytes;
}

async function withSession<T>(
  version: BuiltVersion,
  settings: object,
  run: (session: UserSession) => Promise<T>,
): Promise<T> {
  const session = new UserSession(version.appImage, settings);
  try {
    return await run(session);
  } finally {
    await session.close();
  }
}

/** The update is prepared: the trial of the new version is over. */
const untilReady = (session: UserSession): Promise<unknown> =>
  waitFor('the update', () => session.wasNotified(english.t('updateIsReadyTitle')), LIMIT_MS);

/** What the server has is refused with this message, and the installed version stays. */
async function refused(installed: BuiltVersion, title: TextKey): Promise<undefined> {
  await withSession(installed, {}, async (session) => {
    const before = session.hash();
    await session.start();
    await waitFor('the message', () => session.wasNotified(english.t(title)), LIMIT_MS);
    assert.equal(session.isStaged(), false);
    await session.quit();
    assert.equal(session.hash(), before);
    assert.equal((await session.run('--version')).out.trim(), installed.version);
  });
  return undefined;
}

/** Installs the version that breaks. */
async function updateToBroken(session: UserSession): Promise<void> {
  await session.start();
  await untilReady(session);
  await session.quit();
  assert.ok(session.hasPrevious());
  assert.equal((await session.run('--version')).out.trim(), '1.2.0');
}

async function isBackAndSaysSo(session: UserSession, before: string): Promise<void> {
  await session.untilRunning();
  await waitFor(
    'the message',
    () => session.wasNotified(english.t('updateRolledBackTitle')),
    LIMIT_MS,
  );
  assert.equal(session.hash(), before);
  assert.equal(session.hasPrevious(), false);
  assert.equal(((await session.status()) as { version: string }).version, '1.0.0');
}

export const UPDATE_CASES: readonly UpdateCase<BuiltVersions>[] = [
  {
    name: 'update from 1.0.0 to 1.1.0, with a pending share',
    async run({ server, versions: { old, next, key } }) {
      offer(server, next, key);
      // Nothing listens there.
      const settings = { service: 'custom', serviceUrl: 'http://127.0.0.1:9', fallback: 'never' };
      return withSession(old, settings, async (session) => {
        await session.start();
        const file = session.writeFile('note.txt', 'shared before the update');
        assert.equal((await session.run(`--share ${file}`)).code, 3);
        await untilReady(session);
        const { sentBytes } = server;
        assert.ok(sentBytes < MOST_BYTES, `${sentBytes} bytes`);
        await session.quit();
        assert.equal(session.hash(), hashIn(next));
        await session.start();
        const { version, pendingShares } = (await session.status()) as Record<string, unknown>;
        assert.deepEqual({ version, pendingShares }, { version: '1.1.0', pendingShares: 1 });
        await waitFor('the old version to go', () => !session.hasPrevious(), LIMIT_MS);
        return `${sentBytes} bytes transferred`;
      });
    },
  },
  {
    name: 'the spare key',
    async run({ server, versions: { old, next, spare } }) {
      offer(server, next, spare);
      await withSession(old, {}, async (session) => {
        await session.start();
        await untilReady(session);
        await session.quit();
        assert.equal(session.hash(), hashIn(next));
      });
      return undefined;
    },
  },
  {
    name: 'a tampered file',
    run({ server, versions: { old, next, key } }) {
      offer(server, { manifest: next.manifest, appImage: tampered(next.appImage) }, key);
      return refused(old, 'updateNotDownloadedTitle');
    },
  },
  {
    name: 'a tampered file with a manifest that names it',
    run({ server, versions: { old, next, key } }) {
      const appImage = tampered(next.appImage);
      offer(server, { manifest: next.manifest, appImage }, key);
      server.files.set('latest-linux.yml', manifestOf('1.1.0', appImage, APPIMAGE_NAME));
      return refused(old, 'updateRejectedTitle');
    },
  },
  {
    name: 'a replayed older version',
    run({ server, versions: { old, next, key } }) {
      offer(server, old, key);
      return refused(next, 'updateRejectedTitle');
    },
  },
  {
    name: 'a signature by an unknown key',
    run({ server, versions: { old, next } }) {
      offer(server, next, newSigningKey());
      return refused(old, 'updateRejectedTitle');
    },
  },
  {
    name: 'a missing signature',
    run({ server, versions: { old, next } }) {
      offer(server, next, undefined);
      return refused(old, 'updateRejectedTitle');
    },
  },
  {
    name: 'a download cut in the middle',
    run({ server, versions: { old, next, key } }) {
      offer(server, next, key);
      server.cutAfter = 20_000;
      return refused(old, 'updateNotDownloadedTitle');
    },
  },
  {
    name: 'an installation that fails at quit',
    async run({ server, versions: { old, next, key } }) {
      offer(server, next, key);
      await withSession(old, {}, async (session) => {
        const before = session.hash();
        await session.start();
        await untilReady(session);
        session.removeStaged();
        await session.quit();
        assert.equal(session.hash(), before);
        await session.start();
        const title = english.t('updateNotInstalledTitle');
        await waitFor('the message', () => session.wasNotified(title), LIMIT_MS);
        assert.equal(((await session.status()) as { version: string }).version, '1.0.0');
      });
      return undefined;
    },
  },
];

/** These take real AppImages: what breaks is a part of them. */
export const BROKEN_CASES: readonly UpdateCase<WithBroken>[] = [
  {
    name: 'a version that reports its failed start',
    async run({ server, versions: { old, broken, key } }) {
      offer(server, broken, key);
      await withSession(old, {}, async (session) => {
        const before = session.hash();
        await updateToBroken(session);
        // It starts the previous one itself.
        session.run('--background', 'LINKIFY_TEST_BREAK=throw').catch(() => undefined);
        await isBackAndSaysSo(session, before);
      });
      return undefined;
    },
  },
  {
    name: 'a version that crashes at its start',
    async run({ server, versions: { old, broken, key } }) {
      offer(server, broken, key);
      await withSession(old, {}, async (session) => {
        const before = session.hash();
        await updateToBroken(session);
        await session.run('--background', 'LINKIFY_TEST_BREAK=abort');
        session.run('--background', 'LINKIFY_TEST_BREAK=abort').catch(() => undefined);
        await isBackAndSaysSo(session, before);
      });
      return undefined;
    },
  },
];

/** The hash that a manifest names. */
function hashIn({ manifest }: BuiltVersion): string | undefined {
  return /^sha512: (\S+)$/m.exec(manifest.toString())?.[1];
}
