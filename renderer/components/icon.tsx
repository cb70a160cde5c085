/** Line icons on a 16 px grid; they take the colour of the text around them. */
const PATHS = {
  text: 'M3 4h10M3 8h10M3 12h6',
  code: 'M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5',
  image: 'M2.5 3.5h11v9h-11zM2.5 11l3.2-3.2 2.6 2.6 1.8-1.8 3.4 3.2M10.4 6.2v.01',
  file: 'M9 1.8H4v12.4h8V4.8zM9 1.8v3h3',
  collection: 'M2.5 6.5h11v7h-11zM4 4.2h8M5.5 2h5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  open: 'M6.5 3H3v10h10V9.5M9 2.8h4.2V7M13 3 7.5 8.5',
  revoke:
    'M7 4.6l1.2-1.2a3.1 3.1 0 0 1 4.4 4.4L11.4 9M9 11.4l-1.2 1.2a3.1 3.1 0 0 1-4.4-4.4L4.6 7M2.5 2.5l11 11',
  undo: 'M5.8 3 2.6 6.2l3.2 3.2M3 6.2h6.2a3.6 3.6 0 0 1 0 7.2H6',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.6 9h5.8l.6-9',
  more: 'M3.5 8v.01M8 8v.01M12.5 8v.01',
  gear: 'M8 5.8a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4M6.8 1.8h2.4l.4 1.8 1.2.7 1.8-.5 1.2 2-1.3 1.3v1.8l1.3 1.3-1.2 2-1.8-.5-1.2.7-.4 1.8H6.8l-.4-1.8-1.2-.7-1.8.5-1.2-2 1.3-1.3V7.1L2.2 5.8l1.2-2 1.8.5 1.2-.7z',
  sliders:
    'M2 4.5h5M11 4.5h3M2 11.5h3M9 11.5h5M9 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M7 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4',
  keyboard: 'M1.5 4h13v8.5h-13zM4 6.7v.01M6.7 6.7v.01M9.4 6.7v.01M12 6.7v.01M5 9.8h6',
  clipboard: 'M5.5 3.2h-2v10.6h9V3.2h-2M5.5 2.2h5v2.2h-5z',
  details: 'M4 6l4 4 4-4',
  lock: 'M4 7.2h8v6.3H4zM5.6 7V5.2a2.4 2.4 0 0 1 4.8 0V7',
  next: 'M6.5 3.5 11 8l-4.5 4.5',
  search: 'M7 2.6a4.4 4.4 0 1 1 0 8.8 4.4 4.4 0 0 1 0-8.8M10.3 10.3l3.2 3.2',
  warning: 'M8 2.2 14.4 13.4H1.6zM8 6.4v3.2M8 11.5v.01',
  check: 'M3 8.5 6.5 12 13 4.5',
  pin: 'M6 2.2h4M6.8 2.2v4.2L4.6 9h6.8L9.2 6.4V2.2M8 9v4.8',
  close: 'M4 4l8 8M12 4l-8 8',
  share: 'M8 10V2.5M5 5.2l3-2.9 3 2.9M5 7H3v6.5h10V7h-2',
  colour: 'M8 2.2c2.6 3 4.2 5.2 4.2 7.2a4.2 4.2 0 0 1-8.4 0c0-2 1.6-4.2 4.2-7.2',
  eye: 'M1.5 8S3.8 3.5 8 3.5 14.5 8 14.5 8 12.2 12.5 8 12.5 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6',
  chevron: 'M4 6.2 8 10.2l4-4',
  link: 'M6.2 9.8l3.6-3.6M7 4.6l1.2-1.2a3.1 3.1 0 0 1 4.4 4.4L11.4 9M9 11.4l-1.2 1.2a3.1 3.1 0 0 1-4.4-4.4L4.6 7',
  qr: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.6v1.6H9.5zM13.4 9.6v.01M13.4 13.4v.01M9.6 13.4v.01',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the words beside it, or its button's label, say the same. */
export function Icon({ name }: { readonly name: IconName }) {
  const dotted = name === 'more';
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} stroke-width={dotted ? 2 : 1.4} />
    </svg>
  );
}
