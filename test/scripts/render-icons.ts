import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Renders assets/ from its SVG sources: `npx node test/scripts/render-icons.ts`. */

const assets = join(import.meta.dirname, '../../assets');

interface Tone {
  readonly suffix: string;
  readonly glyph: string;
  readonly sharing: string;
  readonly problem: string;
  /** Color of a line around the glyph, for a panel of unknown brightness. */
  readonly outline?: string;
}

/** macOS colours a template image itself, so it has shape and alpha only. */
const template: Tone = { suffix: 'Template', glyph: '#000', sharing: '#000', problem: '#000' };
const DARK: Tone = { suffix: '-dark', glyph: '#24292e', sharing: '#0b6a6c', problem: '#b3261e' };
const LIGHT: Tone = { suffix: '-light', glyph: '#f4f5f6', sharing: '#6fe0d2', problem: '#ff8a7a' };
/** Windows has dark and light taskbars. */
const windowsTones: readonly Tone[] = [DARK, LIGHT];
/** GNOME's bar is black; other panels on Linux don't say how bright they are. */
const linuxTones: readonly Tone[] = [
  LIGHT,
  { ...DARK, suffix: '-dark-outlined', outline: '#ffffff' },
  { ...LIGHT, suffix: '-light-outlined', outline: '#24292e' },
];

/** Scale factors that Electron picks by file name, for a 16 px icon on Windows. */
const windowsScales = [1, 1.25, 1.5, 2];

/** A sharp line: shadows of its width, one on the other until they are opaque. */
function outlineStyle({ outline }: Tone, sizePx: number): string {
  if (outline === undefined) return '';
  const shadow = `drop-shadow(0 0 ${sizePx / 28}px ${outline})`;
  return `filter:${Array.from({ length: 3 }, () => shadow).join(' ')}`;
}

async function render(browser: Browser, svg: string, tone: Tone, sizePx: number, to: string) {
  const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
  const colours = `color:${tone.glyph};--sharing:${tone.sharing};--problem:${tone.problem}`;
  const style = `html,body{margin:0}svg{display:block;width:${sizePx}px;height:${sizePx}px;${colours};${outlineStyle(tone, sizePx)}}`;
  await page.setContent(`<style>${style}</style>${svg}`);
  await writeFile(to, await page.screenshot({ omitBackground: true, type: 'png' }));
  await page.close();
}

/** Sizes of the icon theme specification that desktops use, in px. */
const LINUX_SIZES = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512];

/** `name`, `name@1.25x`, ...: what Electron looks for beside an image. */
const atScale = (name: string, scale: number): string =>
  scale === 1 ? `${name}.png` : `${name}@${scale}x.png`;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  for (const state of ['idle', 'sharing', 'problem']) {
    const svg = await readFile(join(assets, 'tray/source', `${state}.svg`), 'utf8');
    const draw = (tone: Tone, sizePx: number, file: string) =>
      render(browser, svg, tone, sizePx, join(assets, 'tray', file));
    for (const scale of [1, 2]) {
      await draw(template, 16 * scale, atScale(`${state}Template`, scale));
    }
    for (const tone of linuxTones) {
      for (const scale of [1, 2]) {
        await draw(tone, 24 * scale, atScale(`${state}${tone.suffix}`, scale));
      }
    }
    for (const tone of windowsTones) {
      for (const scale of windowsScales) {
        await draw(tone, 16 * scale, atScale(`${state}${tone.suffix}-16`, scale));
      }
    }
  }
  const icon = await readFile(join(assets, 'icon.svg'), 'utf8');
  await render(browser, icon, template, 512, join(assets, 'icon.png'));
  await render(browser, icon, template, 1024, join(assets, 'icon@2x.png'));
  await mkdir(join(assets, 'icons'), { recursive: true });
  for (const size of LINUX_SIZES) {
    await render(browser, icon, template, size, join(assets, `icons/${size}x${size}.png`));
  }
} finally {
  await browser.close();
}
