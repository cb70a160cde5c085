export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlaceNeeds {
  /** Width and height of the popover, in DIP. */
  readonly size: { readonly width: number; readonly height: number };
  /** The tray icon's place; all zeros where the platform does not tell (most of Linux). */
  readonly tray: Rectangle;
  readonly cursor: { readonly x: number; readonly y: number };
  readonly display: { readonly bounds: Rectangle; readonly workArea: Rectangle };
}

const GAP = 8;

/**
 * Where the popover goes: beside the tray icon where its place is known; else by the pointer
 * when that is on the panel (outside the work area), else in the work area's corner that is
 * nearest to the panel. It always lies within the work area.
 */
export function popoverPlace({ size, tray, cursor, display }: PlaceNeeds): {
  readonly x: number;
  readonly y: number;
} {
  const { workArea, bounds } = display;
  const anchor = tray.width > 0 ? centre(tray) : onPanel(cursor, display) ? cursor : undefined;
  const panelOnTop = workArea.y > bounds.y;
  const x = anchor === undefined ? workArea.x + workArea.width : anchor.x - size.width / 2;
  const top = anchor === undefined ? panelOnTop : anchor.y < bounds.y + bounds.height / 2;
  const y = top ? workArea.y + GAP : workArea.y + workArea.height - size.height - GAP;
  return {
    x: Math.round(clamp(x, workArea.x + GAP, workArea.x + workArea.width - size.width - GAP)),
    y: Math.round(clamp(y, workArea.y, workArea.y + workArea.height - size.height)),
  };
}

function centre({ x, y, width, height }: Rectangle): { readonly x: number; readonly y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function onPanel(
  point: { readonly x: number; readonly y: number },
  { bounds, workArea }: PlaceNeeds['display'],
): boolean {
  return contains(bounds, point) && !contains(workArea, point);
}

function contains(area: Rectangle, { x, y }: { readonly x: number; readonly y: number }): boolean {
  return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
