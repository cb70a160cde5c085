import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RowGeometry,
  rowsToDraw,
  rowTop,
  scrollTopToShow,
  totalHeight,
} from '../../../../renderer/view/window-rows.ts';

const plain: RowGeometry = { count: 10_000, rowHeight: 50, expanded: null };
const opened: RowGeometry = { ...plain, expanded: { index: 100, height: 120 } };

const geometries = fc.record({
  count: fc.integer({ min: 1, max: 20_000 }),
  rowHeight: fc.integer({ min: 20, max: 120 }),
  expanded: fc.option(
    fc.record({
      index: fc.integer({ min: 0, max: 19_999 }),
      height: fc.integer({ min: 0, max: 500 }),
    }),
  ),
});

describe('a windowed list', () => {
  it('draws a screenful of ten thousand rows, not all', () => {
    const rows = rowsToDraw(plain, { scrollTop: 250_000, height: 400 });
    expect(rows.length).toBeLessThan(30);
    expect(rows).toContain(5000);
    expect(rows).toContain(5008);
  });

  it('keeps the focused row, however far away it is', () => {
    expect(rowsToDraw(plain, { scrollTop: 250_000, height: 400 }, [3])[0]).toBe(3);
    expect(rowsToDraw(plain, { scrollTop: 0, height: 400 }, [-1, 10_000])).not.toContain(-1);
  });

  it('moves the rows below an open panel down, and only those', () => {
    expect(rowTop(opened, 100)).toBe(5000);
    expect(rowTop(opened, 101)).toBe(5170);
    expect(totalHeight(opened)).toBe(500_120);
  });

  it('leaves no hole in sight, wherever one scrolls', () => {
    fc.assert(
      fc.property(
        geometries,
        fc.nat(2_000_000),
        fc.integer({ min: 50, max: 900 }),
        (geometry, top, height) => {
          const { count } = geometry;
          const expanded =
            geometry.expanded && geometry.expanded.index < count ? geometry.expanded : null;
          const sane = { ...geometry, expanded };
          const scrollTop = Math.min(top, Math.max(0, totalHeight(sane) - height));
          const rows = new Set(rowsToDraw(sane, { scrollTop, height }));
          for (let row = 0; row < count; row += 1) {
            const rowStart = rowTop(sane, row);
            const rowEnd =
              rowStart + sane.rowHeight + (expanded?.index === row ? expanded.height : 0);
            if (rowEnd > scrollTop && rowStart < scrollTop + height) expect(rows).toContain(row);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('scrolls as little as it must to show a row with its panel', () => {
    const viewport = { scrollTop: 1000, height: 400 };
    expect(scrollTopToShow(plain, viewport, 22)).toBe(1000);
    expect(scrollTopToShow(plain, viewport, 10)).toBe(500);
    expect(scrollTopToShow(plain, viewport, 30)).toBe(1150);
    expect(scrollTopToShow(opened, { scrollTop: 4700, height: 400 }, 100)).toBe(4770);
  });

  it('shows the top of a row whose panel is taller than the window', () => {
    const tall: RowGeometry = { ...plain, expanded: { index: 10, height: 900 } };
    expect(scrollTopToShow(tall, { scrollTop: 0, height: 400 }, 10)).toBe(500);
  });
});
