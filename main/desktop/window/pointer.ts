import { screen } from 'electron';

/** Where the pointer is, in device-independent pixels. */
export async function pointerPlace(): Promise<{ readonly x: number; readonly y: number }> {
  if (process.platform !== 'linux') return screen.getCursorScreenPoint();
  const { pointerOnX11 } = await import('../x11/pointer.ts');
  const found = await pointerOnX11();
  if (found === undefined) return screen.getCursorScreenPoint();
  // X has one scale for all of its screens.
  const { scaleFactor } = screen.getPrimaryDisplay();
  return { x: Math.round(found.x / scaleFactor), y: Math.round(found.y / scaleFactor) };
}
