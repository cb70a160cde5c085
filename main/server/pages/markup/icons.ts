import { SafeHtml } from './html.ts';

/* Line drawings of 24 by 24, in the colour of the text around them. */

const drawn = (paths: string): SafeHtml =>
  new SafeHtml(
    `<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${paths}</svg>`,
  );

const SHEET =
  '<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8z"/><path d="M14 3v5h5"/>';

export const ICONS = {
  text: drawn(`${SHEET}<path d="M9 13h6M9 17h4"/>`),
  code: drawn('<path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15"/>'),
  image: drawn(
    '<rect x="3" y="4" width="18" height="16" rx="2.5"/><circle cx="8.5" cy="9.5" r="1.5"/><path d="m4 18 5.5-5 3.5 3 3-2.5 4.5 4"/>',
  ),
  audio: drawn(
    '<path d="M9 18V6l11-2v12"/><circle cx="6.5" cy="18" r="2.5"/><circle cx="17.5" cy="16" r="2.5"/>',
  ),
  video: drawn(
    '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m10.5 9.2 4.5 2.8-4.5 2.8z"/>',
  ),
  pdf: drawn(`${SHEET}<path d="M8.5 11.5h3M8.5 14.5h7M8.5 17.5h7"/>`),
  file: drawn(SHEET),
  collection: drawn('<path d="M3 8.5 12 4l9 4.5-9 4.5z"/><path d="m3 13 9 4.5 9-4.5"/>'),
  gone: drawn(
    '<path d="M9.5 14.5 8 16a4 4 0 0 1-5.7-5.6l2.5-2.5M14.5 9.5 16 8a4 4 0 0 1 5.7 5.6l-2.5 2.5M3 3l18 18"/>',
  ),
  unknown: drawn('<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>'),
  trouble: drawn('<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.2v.1"/>'),
  wait: drawn('<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>'),
  once: drawn(
    '<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m3.5 7 8.5 6.5L20.5 7"/>',
  ),
  locked: drawn(
    '<rect x="5" y="11" width="14" height="9.5" rx="2.5"/><path d="M8 11V8a4 4 0 0 1 8 0v3M12 15v2"/>',
  ),
  /** Struck out while the password is shown. */
  eye: drawn(
    '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.75"/><path class="strike" d="m4 4 16 16"/>',
  ),
  link: drawn('<path d="M10 7H8a5 5 0 0 0 0 10h2M14 7h2a5 5 0 0 1 0 10h-2M9 12h6"/>'),
} as const;

export type IconName = keyof typeof ICONS;
