import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../support/desktop/wait-for.ts';
import { ARTIFACTS, isShort } from '../support/packaging/artifacts.ts';
import { runToSuccess } from '../support/packaging/run.ts';
import {
  appProcesses,
  startUserSession,
  type UserSession,
} from '../support/packaging/user-session.ts';

const { appImage } = ARTIFACTS;
const MAX_BYTES = 105_000_000;

let folder: string;
let extracted: string;
let appRun: string;
let session: UserSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linkify-appimage-'));
  await runToSuccess(['sh', '-c', 'cd "$1" && "$2" --appimage-extract', 'sh', folder, appImage]);
  await runToSuccess(['chmod', 'a+rx', folder]);
  extracted = join(folder, 'squashfs-root');
  appRun = join(extracted, 'AppRun');
  session = await startUserSession();
});

afterAll(async () => {
  await session.close();
  await rm(folder, { recursive: true, force: true });
});

describe('what it contains', () => {
  test('it takes less than 105 MB', async () => {
    expect((await stat(appImage)).size).toBeLessThan(MAX_BYTES);
  });

  test('its desktop file is valid, starts the AppImage, and leaves the sandbox on', async () => {
    const path = join(extracted, 'app.linkify.tray.desktop');
    expect(await runToSuccess(['desktop-file-validate', path])).toBe('');
    const entry = await readFile(path, 'utf8');
    const commands = [...entry.matchAll(/^Exec=(.*)$/gm)].map(([, command]) => command);
    expect(commands).toEqual([
      'AppRun %U',
      'linkify-tray --share-clipboard --no-wait',
      'linkify-tray --settings',
    ]);
  });

  test('its runtime is static: no library of the system is needed to mount it', async () => {
    const head = await runToSuccess(['file', '--brief', appImage]);
    expect(head).toMatch(/statically linked|static-pie linked/);
  });
});

describe('what it does once extracted, for an ordinary user', () => {
  test('it lists links', async () => {
    const { code, out, errors } = await session.run([appRun, '--list']);
    expect({ code, out }, errors).toEqual({ code: 0, out: '' });
  });

  test.skipIf(isShort)('it runs in its sandbox, shares, and quits', async () => {
    const file = join(session.home, 'note.txt');
    await runToSuccess(['sh', '-c', 'echo hello > "$1"', 'sh', file]);
    const { code, out, errors } = await session.run([appRun, '--share', file]);
    expect(code, errors).toBe(0);
    expect(await (await fetch(out.trim(), { headers: { accept: 'text/plain' } })).text()).toBe(
      'hello\n',
    );
    await session.run([appRun, '--settings']);
    const renderer = await waitFor('the window of the settings', () =>
      appProcesses(session).find(({ type, isFiltered }) => type === 'renderer' && isFiltered),
    );
    expect(renderer.hasOwnProcessNamespace).toBe(true);
    expect((await session.run([appRun, '--quit'])).code).toBe(0);
    expect(appProcesses(session)).toEqual([]);
  });
});
