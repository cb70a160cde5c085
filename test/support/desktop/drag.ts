import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Desktop } from '../desktop.ts';
import { endChild, spawnBound } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** What another program offers when something is dragged out of it: format and text. */
export type Dragged = Readonly<Record<string, string>>;

const SOURCE = join(import.meta.dirname, '..', 'drag-source', 'drag-source.py');

/** Where the other program's window is, in pixels, and how large. */
const WINDOW = { x: 20, y: 600, size: 120 };

/** As a file manager offers files that are dragged. */
export const draggedFiles = (paths: readonly string[]): Dragged => ({
  'text/uri-list': paths.map((path) => `${pathToFileURL(path).href}\r\n`).join(''),
});

/** As an editor offers a text that is dragged. */
export const draggedText = (text: string): Dragged => ({
  'text/plain;charset=utf-8': text,
  UTF8_STRING: text,
});

/**
 * Drags something with the mouse from another program's window and lets go of it at a place.
 * @param held called when that place would take it, before the mouse's button is let go
 * @returns what the other program saw, as `drag-source.py` tells it
 */
export async function dragFromProgram(
  desktop: Desktop,
  dragged: Dragged,
  to: { readonly x: number; readonly y: number },
  held: () => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const { x, y, size } = WINDOW;
  const child = spawnBound(
    '/usr/bin/python3',
    [SOURCE, ...[x, y, size].map(String), JSON.stringify(dragged)],
    { env: { ...desktop.env }, cwd: desktop.dir, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk;
  });
  const lines = (): readonly string[] => printed.split('\n').filter(Boolean);
  const told = (line: string) =>
    waitFor(`"${line}" of the other program (${lines().join(', ')})`, () => lines().includes(line));
  const mouse = (...args: readonly string[]) => desktop.run('xdotool', args);
  const move = (atX: number, atY: number) => mouse('mousemove', String(atX), String(atY));
  try {
    await told('ready');
    const from = { x: x + size / 2, y: y + size / 2 };
    await move(from.x, from.y);
    await mouse('mousedown', '1');
    // A drag begins when the mouse has moved far enough; then it goes on in steps, as a hand does.
    await waitFor('the drag to begin', async () => {
      await move(from.x + 30, from.y - 30);
      await move(from.x + 20, from.y - 20);
      return lines().includes('begun');
    });
    for (let step = 1; step <= 10; step += 1) {
      await move(
        Math.round(from.x + ((to.x - from.x) * step) / 10),
        Math.round(from.y + ((to.y - from.y) * step) / 10),
      );
    }
    // The place answers each move with whether it would take what is dragged, a little later.
    let moves = 0;
    await waitFor(`the place to take it (${lines().join(', ')})`, async () => {
      moves += 1;
      await move(to.x + (moves % 2), to.y);
      return lines().includes('taken');
    });
    await held();
    await mouse('mouseup', '1');
    await waitFor('the drag to end', () => lines().includes('done'));
    return lines();
  } finally {
    await mouse('mouseup', '1');
    await endChild(child);
  }
}
