import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readImageHeader } from '../../main/clipboard/image-size.ts';
import { ROOT, rootArgs } from '../support/app.ts';
import { endChild, newestOwn, spawnBound } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { runTool } from '../support/run-tool.ts';
import { findRuntime } from '../support/runtime.ts';

// The app's clipboard on a real Electron and a real X server, with xclip as the other program.

const SOURCE = join(ROOT, 'test/support/clipboard-app');
let desktop: Desktop;
let app: Awaited<ReturnType<typeof startClipboardApp>>;

async function startClipboardApp(on: Desktop) {
  const folder = join(on.dir, 'clipboard-app');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'clipboard-app', version: '1.0.0', type: 'module', main: 'main.js' }),
  );
  const built = await runTool('vite', [
    'build',
    '--config',
    join(SOURCE, 'vite.config.ts'),
    '--outDir',
    folder,
    '--logLevel',
    'error',
  ]);
  expect(built).toBe(0);
  const { executable } = await findRuntime();
  const child = spawnBound(
    executable,
    [folder, ...rootArgs(), `--user-data-dir=${join(on.dir, 'clipboard-profile')}`],
    { env: { ...on.env }, cwd: on.dir, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const answers: { readonly to: string; readonly answer: unknown }[] = [];
  const changes: number[] = [];
  let ready = false;
  if (child.stdout === null) throw new Error('no pipe to the app');
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{')) return;
    const line: { event?: string; atMs?: number; to?: string; answer?: unknown } = JSON.parse(text);
    if (line.event === 'ready') ready = true;
    else if (line.event === 'change') changes.push(line.atMs ?? 0);
    else answers.push({ to: line.to ?? '', answer: line.answer });
  });
  await waitFor('the clipboard app', async () => ready, 20_000);
  return {
    changes,
    async ask(command: string): Promise<unknown> {
      const [name] = command.split(' ');
      const mine = () => answers.filter(({ to }) => to === name);
      const before = mine().length;
      child.stdin?.write(`${command}\n`);
      await waitFor(`an answer to ${command}`, async () => mine().length > before);
      return mine()[before]?.answer;
    },
    close: () => endChild(child),
  };
}

beforeAll(async () => {
  desktop = await startDesktop();
  app = await startClipboardApp(desktop);
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const icon = (): Promise<Buffer> => readFile(join(ROOT, 'assets/icon.png'));

test('text is read as another program wrote it', async () => {
  await desktop.clipboard.writeText('Grüße, 世界 👋\nsecond line');
  expect(await app.ask('read')).toEqual({
    concealed: false,
    kind: 'text',
    text: 'Grüße, 世界 👋\nsecond line',
  });
});

test('an image is read byte for byte, and given back byte for byte', async () => {
  const png = await icon();
  await desktop.clipboard.writeImage(png);
  expect(await app.ask('read')).toMatchObject({
    kind: 'image',
    mime: 'image/png',
    sha256: sha256(png),
  });
  await app.ask('keep');
  await app.ask('text https://link.example');
  expect(await desktop.clipboard.readText()).toBe('https://link.example');
  await app.ask('restore');
  expect(sha256(await desktop.clipboard.read('image/png'))).toBe(sha256(png));
});

test.each(['text/uri-list', 'x-special/gnome-copied-files'] as const)(
  'files copied as %s are read as paths',
  async (format) => {
    await desktop.clipboard.writeFiles(['/tmp/a b.txt', '/tmp/ü#%.txt'], format);
    expect(await app.ask('read')).toEqual({
      concealed: false,
      kind: 'files',
      paths: ['/tmp/a b.txt', '/tmp/ü#%.txt'],
    });
  },
);

test('files are given back as a list that other programs take', async () => {
  await desktop.clipboard.writeFiles(['/tmp/a b.txt']);
  await app.ask('keep');
  await app.ask('text https://link.example');
  await app.ask('restore');
  const list = Buffer.from(await desktop.clipboard.read('text/uri-list')).toString();
  expect(list).toBe('file:///tmp/a%20b.txt\r\n');
});

const FILES = {
  'text/uri-list': 'file:///tmp/a%20b.txt\r\nfile:///tmp/c.txt\r\n',
  UTF8_STRING: '/tmp/a b.txt\n/tmp/c.txt',
};
const GNOME = 'x-special/gnome-copied-files';
const KDE = 'application/x-kde-cutselection';

test.each([
  ['GNOME', { ...FILES, [GNOME]: 'cut\nfile:///tmp/a%20b.txt\nfile:///tmp/c.txt' }, 'cut'],
  ['KDE', { ...FILES, [KDE]: '1' }, 'cut'],
  ['copied', { ...FILES, [GNOME]: 'copy\nfile:///tmp/a%20b.txt\nfile:///tmp/c.txt' }, 'copy'],
] as const)(
  'files are restored for every file manager, and stay as they were: %s',
  async (_name, parts, verb) => {
    await desktop.clipboard.writeParts(parts);
    await app.ask('keep');
    await app.ask('text https://link.example');
    await app.ask('restore');
    const formats = await desktop.clipboard.formats();
    expect(formats).toEqual(expect.arrayContaining(['TARGETS', ...Object.keys(FILES), GNOME, KDE]));
    const text = async (format: string) =>
      Buffer.from(await desktop.clipboard.read(format)).toString();
    expect(await text('text/uri-list')).toBe(FILES['text/uri-list']);
    expect(await text('UTF8_STRING')).toBe(FILES.UTF8_STRING);
    expect(await text(GNOME)).toBe(`${verb}\nfile:///tmp/a%20b.txt\nfile:///tmp/c.txt`);
    expect(await text(KDE)).toBe(verb === 'cut' ? '1' : '0');
    expect(await app.ask('read')).toMatchObject({ kind: 'files' });
  },
);

test('ten thousand files are restored whole', async () => {
  const paths = Array.from(
    { length: 10_000 },
    (_, index) => `/tmp/a rather long name/${index}.txt`,
  );
  await desktop.clipboard.writeFiles(paths);
  await app.ask('keep');
  await app.ask('text https://link.example');
  await app.ask('restore');
  expect(await app.ask('read')).toMatchObject({ kind: 'files', paths });
});

describe('what happens to the clipboard when the app ends', () => {
  test('what another program copied is left to it', async () => {
    await desktop.clipboard.writeText('not ours');
    expect(await app.ask('handover')).toEqual({ left: 'not-ours' });
    expect(await desktop.clipboard.readText()).toBe('not ours');
  });

  test('with nobody to keep it, it is lost, and known to be', async () => {
    await app.ask('text https://link.example');
    expect(await app.ask('handover')).toEqual({ left: 'lost' });
  });

  test('a program that takes over what has no owner keeps it', async () => {
    await app.ask('text https://link.example');
    const handover = app.ask('handover');
    await waitFor('no owner', async () => (await desktop.clipboard.formats()).length === 0);
    await desktop.clipboard.writeText('https://link.example');
    expect(await handover).toEqual({ left: 'kept' });
  });

  const withManager = async (program: string, test: () => Promise<void>): Promise<void> => {
    const manager = spawnBound(program, [], { env: { ...desktop.env }, stdio: 'ignore' });
    try {
      await waitFor('the manager to keep a text', async () => {
        await app.ask('text https://link.example');
        const { left } = (await app.ask('handover')) as { left: string };
        return left === 'kept';
      });
      await test();
    } finally {
      await endChild(manager);
    }
  };

  test('a manager that can be asked to save keeps files with all their formats', async () => {
    await withManager('csd-clipboard', async () => {
      await desktop.clipboard.writeParts({ ...FILES, [KDE]: '1' });
      await app.ask('keep');
      await app.ask('text https://link.example');
      await app.ask('restore');
      expect(await app.ask('handover')).toEqual({ left: 'kept' });
      await app.close();
      app = await startClipboardApp(desktop);
      expect(await app.ask('read')).toEqual({
        concealed: false,
        kind: 'files',
        paths: ['/tmp/a b.txt', '/tmp/c.txt'],
        cut: true,
      });
      const formats = await desktop.clipboard.formats();
      expect(formats).toEqual(expect.arrayContaining([...Object.keys(FILES), GNOME, KDE]));
    });
  });

  test('a manager that takes over what has no owner keeps a link', async () => {
    await withManager('xfce4-clipman', async () => {
      await app.close();
      app = await startClipboardApp(desktop);
      expect(await desktop.clipboard.readText()).toBe('https://link.example');
    });
  });
});

test('a JPEG that nothing lists is found', async () => {
  const jpeg = Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0000b080010002003012200ffd9',
    'hex',
  );
  await desktop.clipboard.write('image/jpeg', jpeg);
  expect(await app.ask('read')).toMatchObject({
    mime: 'image/jpeg',
    size: [32, 16],
    sha256: sha256(jpeg),
  });
});

test('an image has a small picture; what only claims to be one has none', async () => {
  await desktop.clipboard.writeImage(await icon());
  const { thumbnail } = (await app.ask('thumbnail')) as { thumbnail: string };
  const small = Buffer.from(thumbnail, 'base64');
  expect(readImageHeader(small)).toMatchObject({ mime: 'image/png', heightPx: 64 });
  expect(small.length).toBeLessThanOrEqual(64 * 1024);
  const broken = Buffer.concat([(await icon()).subarray(0, 40), Buffer.from('broken')]);
  await desktop.clipboard.writeImage(broken);
  expect(await app.ask('thumbnail')).toEqual({});
});

test('a clip that its owner marked as secret is not read', async () => {
  await desktop.clipboard.write('x-kde-passwordManagerHint', Buffer.from('secret'));
  expect(await app.ask('read')).toEqual({ concealed: true, kind: 'empty' });
});

test('nothing is nothing', async () => {
  await desktop.clipboard.clear();
  expect(await app.ask('read')).toEqual({ concealed: false, kind: 'empty' });
});

test('a text of 5 MB, which comes in pieces, is read whole', async () => {
  const text = Array.from({ length: 250_000 }, (_, line) => `line ${line} of ü`).join('\n');
  await desktop.clipboard.writeText(text);
  const { text: read } = (await app.ask('read')) as { text: string };
  expect(sha256(Buffer.from(read))).toBe(sha256(Buffer.from(text)));
});

test('while the clipboard’s owner stands still the app does not: it says so, and reads on later', async () => {
  await desktop.clipboard.writeText('held back');
  const owner = newestOwn('xclip');
  process.kill(owner, 'SIGSTOP');
  try {
    let answered = false;
    const read = app.ask('read').finally(() => {
      answered = true;
    });
    expect(await app.ask('ping')).toEqual({ pong: true });
    expect(answered).toBe(false);
    expect(await read).toEqual({ error: expect.stringContaining('ClipboardBusyError') });
  } finally {
    process.kill(owner, 'SIGCONT');
  }
  expect(await app.ask('read')).toMatchObject({ text: 'held back' });
});

describe('changes', () => {
  test('each copy is told once', async () => {
    for (let round = 0; round < 20; round++) {
      const before = app.changes.length;
      await desktop.clipboard.writeText(`copy ${round}`);
      await waitFor('the change', async () => app.changes.length > before);
      // What was told is there to be read.
      expect(await app.ask('read')).toMatchObject({ text: `copy ${round}` });
      expect(app.changes.length).toBe(before + 1);
    }
  });

  test('our own write is told too', async () => {
    const before = app.changes.length;
    await app.ask('text https://link.example');
    await waitFor('the change', async () => app.changes.length > before);
  });
});
