import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import * as electron from 'electron';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import { createSessionClipboard } from '../../../main/desktop/clipboard/session-clipboard.ts';
import { loadWatch } from '../../../main/desktop/clipboard/watch.ts';
import { sessionOf } from '../../../main/desktop/session.ts';
import { thumbnailOf } from '../../../main/desktop/window/thumbnail.ts';
import { openX11Selection } from '../../../main/desktop/x11/selection.ts';
import { ownX11Clipboard } from '../../../main/desktop/x11/selection-owner.ts';

// The app's clipboard alone, on a real Electron: takes one command a line, answers one line each.

const { app, clipboard, nativeImage } = electron;

const summary = ({ content, concealed }: Clip): object =>
  content.kind === 'image'
    ? {
        concealed,
        kind: 'image',
        mime: content.mime,
        size: [content.widthPx, content.heightPx],
        sha256: createHash('sha256').update(content.bytes).digest('hex'),
      }
    : { concealed, ...content };

const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

async function start(): Promise<void> {
  const {
    clipboard: system,
    access,
    handOver,
  } = createSessionClipboard({
    session: sessionOf(process.platform, process.env),
    env: process.env,
    clipboard,
    ...('ClipboardItem' in electron ? { ClipboardItem: electron.ClipboardItem } : {}),
    nativeImage,
    platform: process.platform,
    openX11: openX11Selection,
    ownX11: ownX11Clipboard,
    hasFocus: () => electron.BrowserWindow.getFocusedWindow() !== null,
    loadWatch: () => loadWatch(process.platform),
  });
  let kept: Content = { kind: 'empty' };
  system.onChange(() => say({ event: 'change', atMs: Date.now() }));
  const commands: Readonly<Record<string, (argument: string) => Promise<object>>> = {
    read: async () => summary(await system.read()),
    async keep() {
      kept = (await system.read()).content;
      return { kept: kept.kind };
    },
    async restore() {
      await system.write(kept);
      return { restored: kept.kind };
    },
    access: async () => ({ access: await access() }),
    handover: async () => ({ left: await handOver() }),
    async text(argument) {
      await system.writeText(argument);
      return { written: argument };
    },
    async thumbnail() {
      const { content } = await system.read();
      const picture = content.kind === 'image' ? thumbnailOf(content.bytes) : undefined;
      return picture === undefined ? {} : { thumbnail: Buffer.from(picture).toString('base64') };
    },
    ping: async () => ({ pong: true }),
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [, name = '', argument = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    void commands[name]?.(argument).then(
      (answer) => say({ to: name, answer }),
      (error: unknown) => say({ to: name, answer: { error: String(error) } }),
    );
  });
  say({ event: 'ready' });
}

void app.whenReady().then(start);
