import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import {
  type RowGeometry,
  rowsToDraw,
  scrollTopToShow,
  totalHeight,
  type Viewport,
} from '../view/window-rows.ts';

/** Heights in px as they are on screen now. */
interface Measured {
  readonly viewport: number;
  readonly row: number;
  readonly panel: number;
}

interface RowWindowOptions {
  readonly count: number;
  readonly active: number;
  readonly expanded: number | null;
  /** Changes when the active row shall be brought into sight. */
  readonly revealKey: unknown;
}

/** Draws only the rows in sight: a history of ten thousand links stays smooth. */
export function useRowWindow({ count, active, expanded, revealKey }: RowWindowOptions) {
  const scroller = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [measured, setMeasured] = useState<Measured>({ viewport: 0, row: 0, panel: 0 });

  useLayoutEffect(() => {
    const measure = (): void => {
      const viewport = scroller.current?.clientHeight ?? 0;
      const row = probe.current?.offsetHeight ?? 0;
      setMeasured((last) =>
        last.viewport === viewport && last.row === row ? last : { ...last, viewport, row },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (scroller.current) observer.observe(scroller.current);
    if (probe.current) observer.observe(probe.current);
    return () => observer.disconnect();
  }, []);

  const panelObserver = useRef<ResizeObserver | null>(null);
  const panelRef = useCallback((element: HTMLElement | null) => {
    panelObserver.current?.disconnect();
    const measure = (): void =>
      setMeasured((last) => ({ ...last, panel: element?.offsetHeight ?? 0 }));
    measure();
    if (element === null) return;
    panelObserver.current = new ResizeObserver(measure);
    panelObserver.current.observe(element);
  }, []);
  useEffect(() => () => panelObserver.current?.disconnect(), []);

  const geometry: RowGeometry = {
    count,
    rowHeight: measured.row,
    expanded: expanded === null ? null : { index: expanded, height: measured.panel },
  };
  const viewport: Viewport = { scrollTop, height: measured.viewport };

  // Only when asked: scrolling by hand must not be undone.
  useLayoutEffect(() => {
    if (scroller.current === null || active < 0 || measured.row === 0) return;
    const now = { scrollTop: scroller.current.scrollTop, height: measured.viewport };
    scroller.current.scrollTop = scrollTopToShow(geometry, now, active);
  }, [revealKey, measured]);

  return {
    scroller,
    probe,
    panelRef,
    geometry,
    rows: rowsToDraw(geometry, viewport, [active, expanded ?? -1]),
    height: totalHeight(geometry),
    pageRows: measured.row > 0 ? Math.floor(measured.viewport / measured.row) - 1 : 1,
    onScroll: (): void => setScrollTop(scroller.current?.scrollTop ?? 0),
  };
}
