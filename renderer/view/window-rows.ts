/** Where the rows of a long list are, when all are equally high but one may carry a panel. */
export interface RowGeometry {
  readonly count: number;
  /** In px, the same for each row. */
  readonly rowHeight: number;
  /** The row that carries a panel under it, if any. */
  readonly expanded: { readonly index: number; readonly height: number } | null;
}

export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

/** How far beyond the edges rows are still drawn, so that quick scrolling shows no holes. */
const OVERSCAN_ROWS = 4;

export function rowTop({ rowHeight, expanded }: RowGeometry, index: number): number {
  const extra = expanded !== null && index > expanded.index ? expanded.height : 0;
  return index * rowHeight + extra;
}

export function totalHeight({ count, rowHeight, expanded }: RowGeometry): number {
  return count * rowHeight + (expanded?.height ?? 0);
}

/**
 * The rows to draw: those in sight with some beyond, and those that must stay
 * (the focused one, or focus would be lost when it scrolls away). Ascending.
 */
export function rowsToDraw(
  geometry: RowGeometry,
  viewport: Viewport,
  keep: readonly number[] = [],
): readonly number[] {
  const { count, rowHeight, expanded } = geometry;
  if (count === 0 || rowHeight <= 0) return [];
  const panel = expanded?.height ?? 0;
  const first = Math.floor((viewport.scrollTop - panel) / rowHeight) - OVERSCAN_ROWS;
  const last = Math.ceil((viewport.scrollTop + viewport.height) / rowHeight) + OVERSCAN_ROWS;
  const rows = new Set<number>();
  for (let row = Math.max(0, first); row < Math.min(count, last); row += 1) rows.add(row);
  for (const row of keep) if (row >= 0 && row < count) rows.add(row);
  return [...rows].sort((a, b) => a - b);
}

/** The scroll position that brings a row (with its panel) into sight, moving as little as possible. */
export function scrollTopToShow(geometry: RowGeometry, viewport: Viewport, index: number): number {
  const top = rowTop(geometry, index);
  const panel = geometry.expanded?.index === index ? geometry.expanded.height : 0;
  const bottom = top + geometry.rowHeight + panel;
  if (top < viewport.scrollTop) return top;
  if (bottom > viewport.scrollTop + viewport.height) return Math.min(top, bottom - viewport.height);
  return viewport.scrollTop;
}
