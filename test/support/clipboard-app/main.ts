import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import * as electron from 'electron';
import type { Clip, Content } from '../../../main/clipboard/content.ts';
import { createSystemClipboard } from '../../../main/desktop/system-clipboard.ts';
import { loadWatch } from '../../../main/desktop/system-clipboard-watch.ts';
import { thumbnailOf } from '../../../main/desktop/thumbnail.ts';

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
  const system = createSystemClipboard({
    clipboard,
    ...('ClipboardItem' in electron ? { ClipboardItem: electron.ClipboardItem } : {}),
    nativeImage,
    platform: process.platform,
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
    async text(argument) {
      await system.writeText(argument);
      return { written: argument };
    },
    async thumbnail() {
      const { content } = await system.read();
      const picture = content.kind === 'image' ? thumbnailOf(content.bytes) : undefined;
      return picture === undefined ? {} : { thumbnail: Buffer.from(picture).toString('base64') };
    },
    // Main-process time of one read, best of ten: the others of this machine do not count.
    async time() {
      const times: number[] = [];
      for (let round = 0; round < 10; round++) {
        const start = process.cpuUsage();
        await system.read();
        const used = process.cpuUsage(start);
        times.push((used.user + used.system) / 1000);
      }
      return { cpuMs: Math.min(...times) };
    },
  };
  createInterface({ input: process.stdin }).on('line', (line) => {
    const [, name = '', argument = ''] = /^(\w+) ?(.*)$/.exec(line) ?? [];
    void commands[name]?.(argument).then(
      (answer) => say({ answer }),
      (error: unknown) => say({ answer: { error: String(error) } }),
    );
  });
  say({ event: 'ready' });
}

void app.whenReady().then(start);
