import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centredPlace, placingOf, windowPlace } from '../../../../main/desktop/window/placement.ts';

const size = { width: 400, height: 600 };
const noTray = { x: 0, y: 0, width: 0, height: 0 };
const bounds = { x: 0, y: 0, width: 1280, height: 800 };

describe('where the window goes', () => {
  it('under the tray icon when the panel is on top', () => {
    const place = windowPlace({
      size,
      tray: { x: 1000, y: 0, width: 24, height: 24 },
      cursor: { x: 5, y: 5 },
      display: { bounds, workArea: { x: 0, y: 24, width: 1280, height: 776 } },
    });
    expect(place).toEqual({ x: 812, y: 32 });
  });

  it('by the pointer when the tray icon does not tell', () => {
    const place = windowPlace({
      size,
      tray: noTray,
      cursor: { x: 640, y: 400 },
      display: { bounds, workArea: { x: 0, y: 0, width: 1280, height: 760 } },
    });
    expect(place).toEqual({ x: 440, y: 0 });
  });

  it('below the pointer where there is room, above it elsewhere', () => {
    const display = { bounds, workArea: { x: 0, y: 0, width: 1280, height: 1440 } };
    const high = { ...display, bounds: { ...bounds, height: 1440 } };
    const at = (y: number) =>
      windowPlace({ size, tray: noTray, cursor: { x: 640, y }, display: high }).y;
    expect(at(100)).toBe(108);
    expect(at(1300)).toBe(692);
  });

  it('in the middle of the screen as a window of its own', () => {
    expect(centredPlace(size, { x: 1280, y: 0, width: 1280, height: 800 })).toEqual({
      x: 1720,
      y: 100,
    });
  });

  it('by the pointer when that is on the panel', () => {
    const place = windowPlace({
      size,
      tray: noTray,
      cursor: { x: 700, y: 790 },
      display: { bounds, workArea: { x: 0, y: 0, width: 1280, height: 760 } },
    });
    expect(place.x).toBe(500);
  });

  it('always within the work area, on any display', () => {
    const coordinate = fc.integer({ min: -4000, max: 4000 });
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        fc.boolean(),
        (x, y, cx, cy, top) => {
          const display = {
            bounds: { x, y, width: 1280, height: 800 },
            workArea: { x, y: top ? y + 30 : y, width: 1280, height: 770 },
          };
          const place = windowPlace({ size, tray: noTray, cursor: { x: cx, y: cy }, display });
          expect(place.x).toBeGreaterThanOrEqual(x);
          expect(place.x + size.width).toBeLessThanOrEqual(x + 1280);
          expect(place.y).toBeGreaterThanOrEqual(display.workArea.y);
          expect(place.y + size.height).toBeLessThanOrEqual(display.workArea.y + 770);
        },
      ),
    );
  });
});

describe('who places the window', () => {
  it('the app, where it knows of tray and pointer', () => {
    expect(placingOf({ kind: 'x11' }, 'x11')).toBe('pointer');
    expect(placingOf({ kind: 'native' }, 'x11')).toBe('pointer');
  });

  it('nobody by an old place of the pointer on Wayland', () => {
    const sway = { kind: 'wayland', desktop: 'sway' } as const;
    expect(placingOf(sway, 'x11')).toBe('centre');
    expect(placingOf(sway, 'wayland')).toBe('compositor');
  });
});
