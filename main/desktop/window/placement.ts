import type { Session } from '../session.ts';

/**
 * Who knows where the window goes. `pointer`: the app, from the place of tray icon and pointer;
 * `centre`: the app, without them; `compositor`: a program can't place its windows.
 */
export type Placing = 'pointer' | 'centre' | 'compositor';

/**
 * On Wayland no program learns where the pointer is, and an X server beside it knows of its own
 * windows only: what it reports over a panel is an old place.
 * @param ozone what Electron draws with
 */
export function placingOf(session: Session, ozone: 'x11' | 'wayland'): Placing {
  if (session.kind !== 'wayland') return 'pointer';
  return ozone === 'wayland' ? 'compositor' : 'centre';
}

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacementOptions {
  /** Width and height of the window, in DIP. */
  readonly size: { readonly width: number; readonly height: number };
  /** The tray icon's place; all zeros where the platform does not tell (most of Linux). */
  readonly tray: Rectangle;
  readonly cursor: { readonly x: number; readonly y: number };
  readonly display: { readonly bounds: Rectangle; readonly workArea: Rectangle };
}

const GAP = 8;

/**
 * Where the window goes: beside the tray icon where its place is known, else by the pointer:
 * at the panel when the pointer is on it (outside the work area), else below the pointer, or above
 * it where there is more room. It always lies within the work area.
 */
export function windowPlace({ size, tray, cursor, display }: PlacementOptions): {
  readonly x: number;
  readonly y: number;
} {
  const { workArea, bounds } = display;
  const anchor = tray.width > 0 ? centre(tray) : cursor;
  const inUpperHalf = anchor.y < bounds.y + bounds.height / 2;
  const byPanel = tray.width > 0 || !contains(workArea, cursor);
  const y = byPanel
    ? inUpperHalf
      ? workArea.y + GAP
      : workArea.y + workArea.height - size.height - GAP
    : inUpperHalf
      ? cursor.y + GAP
      : cursor.y - size.height - GAP;
  return {
    x: Math.round(
      clamp(
        anchor.x - size.width / 2,
        workArea.x + GAP,
        workArea.x + workArea.width - size.width - GAP,
      ),
    ),
    y: Math.round(clamp(y, workArea.y, workArea.y + workArea.height - size.height)),
  };
}

function centre({ x, y, width, height }: Rectangle): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function contains(area: Rectangle, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

/** In the middle of the work area: where a window goes that nobody pointed at. */
export function centredPlace(
  size: PlacementOptions['size'],
  workArea: Rectangle,
): { readonly x: number; readonly y: number } {
  const centreOf = (start: number, length: number, own: number): number =>
    Math.round(start + Math.max(0, (length - own) / 2));
  return {
    x: centreOf(workArea.x, workArea.width, size.width),
    y: centreOf(workArea.y, workArea.height, size.height),
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
