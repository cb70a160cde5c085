/** What browsers accept when they open a page; programs accept anything. */
export const BROWSER_ACCEPTS =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

/** For `fetch`: a page, and not the content that programs get. */
export const AS_BROWSER = { headers: { accept: BROWSER_ACCEPTS } } as const;
