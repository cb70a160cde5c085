import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SystemClipboard } from '../../main/clipboard/content.ts';
import { createDataControlClipboard } from '../../main/desktop/clipboard/data-control.ts';
import { ClipboardBusyError } from '../../main/desktop/clipboard/errors.ts';
import { handOverDataControl } from '../../main/desktop/clipboard/hand-over-data-control.ts';
import { DataControlClient, waylandSocket } from '../../main/desktop/wayland/data-control.ts';
import { runProgram } from '../support/desktop/processes.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Sway, startSway, swayProblem } from '../support/wayland/sway.ts';

// The clipboard of a real compositor, with wl-copy and wl-paste as the other program. Nothing has the
// focus, for there is no window at all.

const problem = await swayProblem();

describe.skipIf(problem !== undefined)(`on sway (${problem ?? 'all there'})`, () => {
  let sway: Sway;
  let client: DataControlClient;
  let clipboard: SystemClipboard;
  const stops: (() => void)[] = [];

  const connect = async (): Promise<DataControlClient> => {
    const opened = await DataControlClient.open(waylandSocket(sway.env) ?? '');
    if (opened === undefined) throw new Error('sway has no data-control');
    return opened;
  };
  /** wl-copy stays in the background, and would keep our pipes open. */
  const copy = (content: string | Uint8Array, type = 'text/plain'): void => {
    const { status } = spawnSync('wl-copy', ['--type', type], {
      env: sway.env,
      input: content,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    expect(status).toBe(0);
  };
  /** By another client of ours: wl-copy adds names of text to each text, and knows one type only. */
  const copyByOther = async (types: Readonly<Record<string, string>>): Promise<void> => {
    const other = await connect();
    stops.push(() => void other.close());
    await other.write(
      new Map(Object.entries(types).map(([type, text]) => [type, Buffer.from(text)])),
    );
  };
  const paste = (...args: string[]): Promise<Buffer> =>
    runProgram('wl-paste', ['--no-newline', ...args], { env: sway.env });

  beforeAll(async () => {
    sway = await startSway();
    client = await connect();
    clipboard = createDataControlClipboard(async () => client);
  });
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });
  afterAll(async () => {
    await client?.close();
    await sway?.close();
  });

  test('a text is read without focus', async () => {
    copy('Grüße, 世界');
    expect(await clipboard.read()).toEqual({
      content: { kind: 'text', text: 'Grüße, 世界' },
      concealed: false,
    });
    expect(await clipboard.formats()).toEqual(['text/plain']);
  });

  test('an empty clipboard is empty', async () => {
    spawnSync('wl-copy', ['--clear'], { env: sway.env, stdio: 'ignore' });
    expect((await clipboard.read()).content).toEqual({ kind: 'empty' });
  });

  test('an image of 3 MB is read byte for byte', async () => {
    const png = Buffer.concat([ONE_PIXEL, randomBytes(3_000_000)]);
    copy(png, 'image/png');
    const { content } = await clipboard.read();
    expect(content).toMatchObject({ kind: 'image', mime: 'image/png' });
    expect(content.kind === 'image' && Buffer.compare(content.bytes, png)).toBe(0);
  });

  test('two files are read', async () => {
    copy('file:///tmp/a%20b\r\nfile:///tmp/c\r\n', 'text/uri-list');
    expect((await clipboard.read()).content).toEqual({
      kind: 'files',
      paths: ['/tmp/a b', '/tmp/c'],
    });
  });

  test('HTML is read', async () => {
    await copyByOther({ 'text/html': '<b>bold</b>' });
    expect((await clipboard.read()).content).toEqual({
      kind: 'text',
      text: 'bold',
      html: '<b>bold</b>',
    });
  });

  test('what a password manager marks as secret is not read', async () => {
    await copyByOther({ 'text/plain': 'hunter2', 'x-kde-passwordManagerHint': 'secret' });
    expect(await clipboard.read()).toEqual({ content: { kind: 'empty' }, concealed: true });
  });

  test('each copy is reported, and reading afterwards finds it', async () => {
    let changes = 0;
    await new Promise<void>((resolve) => {
      const count = (): void => {
        changes += 1;
      };
      stops.push(clipboard.onChange(count, resolve));
    });
    for (const text of ['first', 'second', 'third']) {
      const before = changes;
      copy(text);
      await waitFor('a change', () => changes > before);
      expect((await clipboard.read()).content).toEqual({ kind: 'text', text });
    }
  });

  test('a text is written with all names of text, and read by other programs', async () => {
    await clipboard.writeText('https://example.com/s/ü');
    expect((await paste()).toString()).toBe('https://example.com/s/ü');
    expect((await paste('--list-types')).toString().split('\n')).toEqual(
      expect.arrayContaining(['text/plain', 'text/plain;charset=utf-8', 'UTF8_STRING']),
    );
    expect((await clipboard.read()).content).toEqual({
      kind: 'text',
      text: 'https://example.com/s/ü',
    });
  });

  test('text and HTML, files and images are written with all their types', async () => {
    await clipboard.write({ kind: 'text', text: 'bold', html: '<b>bold</b>' });
    expect((await paste('--type', 'text/html')).toString()).toBe('<b>bold</b>');
    expect((await paste('--type', 'text/plain')).toString()).toBe('bold');
    await clipboard.write({ kind: 'files', paths: ['/tmp/a b', '/tmp/c'], cut: true });
    expect((await paste('--type', 'text/uri-list')).toString()).toBe(
      'file:///tmp/a%20b\r\nfile:///tmp/c\r\n',
    );
    expect((await paste('--type', 'x-special/gnome-copied-files')).toString()).toMatch(/^cut\n/);
    const bytes = Buffer.concat([ONE_PIXEL, randomBytes(3_000_000)]);
    await clipboard.write({ kind: 'image', bytes, mime: 'image/png' });
    expect(Buffer.compare(await paste('--type', 'image/png'), bytes)).toBe(0);
    await clipboard.write({ kind: 'empty' });
    expect((await clipboard.read()).content).toEqual({ kind: 'empty' });
  });

  test('a reader that takes its time keeps nobody from reading', async () => {
    const bytes = Buffer.concat([ONE_PIXEL, randomBytes(1_000_000)]);
    await clipboard.write({ kind: 'image', bytes, mime: 'image/png' });
    // Its output is a pipe that is not read: wl-paste stands still in the middle.
    const slow = spawn('wl-paste', ['--type', 'image/png'], {
      env: sway.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ended = new Promise((resolve) => slow.once('exit', resolve));
    expect(Buffer.compare(await paste('--type', 'image/png'), bytes)).toBe(0);
    const parts: Buffer[] = [];
    for await (const part of slow.stdout) parts.push(part as Buffer);
    await ended;
    expect(Buffer.compare(Buffer.concat(parts), bytes)).toBe(0);
  });

  test('a program that copied and gives no answer is reported as busy, after 2 s', async () => {
    copy('silent');
    const pid = await waitFor('wl-copy', () => ownerOf(sway));
    process.kill(pid, 'SIGSTOP');
    stops.push(() => process.kill(pid, 'SIGKILL'));
    await expect(clipboard.read()).rejects.toThrow(ClipboardBusyError);
  });

  test('a program that copied and ends while it is read leaves no old content', async () => {
    copy('gone');
    const pid = await waitFor('wl-copy', () => ownerOf(sway));
    process.kill(pid, 'SIGSTOP');
    const read = clipboard.read();
    process.kill(pid, 'SIGKILL');
    expect((await read).content).toEqual({ kind: 'empty' });
  });

  test('when another program copies, what was written is no longer ours', async () => {
    await clipboard.writeText('ours');
    expect(client.copied()).toBeDefined();
    copy('theirs');
    await waitFor('the cancellation', () => client.copied() === undefined);
    expect((await clipboard.read()).content).toEqual({ kind: 'text', text: 'theirs' });
  });

  test('a write that another program takes back at once is reported as busy', async () => {
    const holder = await connect();
    const held = new Map([['text/plain', Buffer.from('held')]]);
    // Each of its own copies is a change, too.
    const stop = holder.onChange(() => {
      if (holder.copied() === undefined) void holder.write(held).catch(() => undefined);
    });
    stops.push(stop, () => void holder.close());
    await holder.write(held);
    await expect(clipboard.writeText('ours')).rejects.toThrow(ClipboardBusyError);
    expect((await paste()).toString()).toBe('held');
  });

  test('a write that a clipboard manager takes over is not refused', async () => {
    const manager = await connect();
    const stop = manager.onChange(() => {
      if (manager.copied() !== undefined) return;
      void manager.write(new Map([['text/plain', Buffer.from('ours')]])).catch(() => undefined);
    });
    stops.push(stop, () => void manager.close());
    await manager.write(new Map([['text/plain', Buffer.from('before')]]));
    await clipboard.writeText('ours');
    expect(client.copied()).toBeUndefined();
    expect((await paste()).toString()).toBe('ours');
  });

  describe('when the app ends', () => {
    const withoutWlCopy = (): NodeJS.ProcessEnv => ({ ...sway.env, PATH: '/nowhere' });

    test('wl-copy holds the text where it is installed', async () => {
      await clipboard.writeText('https://example.com/s/1');
      expect(await handOverDataControl(client, sway.env)).toBe('kept');
      expect((await paste()).toString()).toBe('https://example.com/s/1');
    });

    test('wl-copy holds files as a list', async () => {
      await clipboard.write({ kind: 'files', paths: ['/tmp/a b'] });
      expect(await handOverDataControl(client, sway.env)).toBe('kept');
      expect((await paste('--type', 'text/uri-list')).toString()).toBe('file:///tmp/a%20b\r\n');
    });

    test('a clipboard manager takes over what it saved', async () => {
      const manager = await connect();
      stops.push(() => void manager.close());
      await clipboard.writeText('https://example.com/s/2');
      const restore = manager.onChange(async () => {
        const { types } = await manager.current();
        if (types.length > 0) return;
        const saved = new Map([['text/plain', Buffer.from('saved')]]);
        // On a busy machine the next test may copy before this is read back.
        await manager.write(saved).catch(() => undefined);
      });
      stops.push(restore);
      expect(await handOverDataControl(client, withoutWlCopy())).toBe('kept');
      expect((await paste()).toString()).toBe('saved');
    });

    test('without either it is lost, and that is said', async () => {
      await clipboard.writeText('https://example.com/s/3');
      expect(await handOverDataControl(client, withoutWlCopy())).toBe('lost');
    });

    test('what another program copied stays as it is', async () => {
      copy('theirs');
      await waitFor('their copy', () => client.copied() === undefined);
      expect(await handOverDataControl(client, sway.env)).toBe('not-ours');
      expect((await paste()).toString()).toBe('theirs');
    });
  });

  test('a compositor that is gone is noticed, and what is asked then fails', async () => {
    const second = await startSway();
    const opened = await DataControlClient.open(waylandSocket(second.env) ?? '');
    const pending = second.close();
    await opened?.exited;
    await pending;
    expect(opened?.hasEnded()).toBe(true);
    await expect(opened?.current()).rejects.toThrow();
    expect(await DataControlClient.open(waylandSocket(second.env) ?? '')).toBeUndefined();
  });

  test.each(['process.exit(0)', 'await client.close()', ''])(
    'a process that ends by "%s" ends',
    async (end) => {
      const script = join(sway.env.XDG_RUNTIME_DIR ?? '', 'holds-clipboard.mts');
      await writeFile(
        script,
        `import { DataControlClient } from '${import.meta.resolve('../../main/desktop/wayland/data-control.ts')}';
        const client = await DataControlClient.open(process.argv[2]);
        await client.write(new Map([['text/plain', Buffer.from('x')]]));
        console.log((await client.current()).types.join());
        ${end}`,
      );
      const printed = await runProgram(process.execPath, [script, waylandSocket(sway.env) ?? '']);
      expect(printed.toString()).toBe('text/plain\n');
    },
  );
});

/** The smallest PNG there is: one pixel. What follows it is ignored. */
const ONE_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The wl-copy that owns the clipboard of a session. */
function ownerOf({ env }: Sway): number | undefined {
  const { stdout } = spawnSync('pgrep', ['-n', '-x', 'wl-copy'], { encoding: 'utf8' });
  const pid = Number(stdout.trim());
  if (!pid) return undefined;
  const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8').includes(
    `XDG_RUNTIME_DIR=${env.XDG_RUNTIME_DIR}`,
  );
  return isOurs ? pid : undefined;
}
