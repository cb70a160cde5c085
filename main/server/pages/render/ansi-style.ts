/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number];

/** A color of the palette of 256, or an exact one. */
type Color = number | Rgb;

/** How a terminal shows a piece of text; what is absent is as usual. */
export interface TextStyle {
  readonly fg?: Color;
  readonly bg?: Color;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly overline?: true;
  readonly strike?: true;
  readonly inverse?: true;
  readonly hidden?: true;
}

/** The backgrounds of our pages in both color schemes, as in the style sheet. */
const LIGHT: Rgb = [255, 255, 255];
const DARK: Rgb = [0x17, 0x1d, 0x1f];
const BLACK: Rgb = [0, 0, 0];

/** WCAG 2.2, success criterion 1.4.3. */
const MIN_CONTRAST = 4.5;

/** The first 16 colors, as xterm has them. */
const FIRST: readonly Rgb[] = [
  ...[0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5],
  ...[0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff],
].map((hex) => [hex >> 16, (hex >> 8) & 255, hex & 255]);

/** Rules for classes: readable in both color schemes, whatever the colors were made for. */
export function styleRules(
  classes: readonly { readonly name: string; readonly style: TextStyle }[],
): string {
  const light = classes.map(({ name, style }) => rule(name, style, LIGHT)).join('');
  // Where there is a background of its own, both schemes show the same.
  const dark = classes
    .filter(({ style }) => style.fg !== undefined && style.bg === undefined)
    .map(({ name, style }) => rule(name, style, DARK))
    .join('');
  return dark === '' ? light : `${light}@media(prefers-color-scheme:dark){${dark}}`;
}

function rule(name: string, style: TextStyle, page: Rgb): string {
  const lines = [
    ...(style.underline ? ['underline'] : []),
    ...(style.overline ? ['overline'] : []),
    ...(style.strike ? ['line-through'] : []),
  ];
  const declarations = [
    ...colors(style, page),
    ...(style.bold ? ['font-weight:700'] : []),
    ...(style.italic ? ['font-style:italic'] : []),
    ...(lines.length > 0 ? [`text-decoration:${lines.join(' ')}`] : []),
    ...(style.hidden ? ['visibility:hidden'] : []),
  ];
  return `.${name}{${declarations.join(';')}}\n`;
}

function colors({ fg, bg, inverse, dim }: TextStyle, page: Rgb): readonly string[] {
  const [front, back] = inverse ? [bg, fg] : [fg, bg];
  if (inverse && fg === undefined) {
    // The page's own colors, the other way round.
    return front === undefined
      ? ['color:var(--card)', 'background:var(--fg)']
      : [`color:${hex(readable(rgb(front), LIGHT))}`, `background:${hex(LIGHT)}`];
  }
  if (back !== undefined) {
    const ground = rgb(back);
    const wanted = front === undefined ? (contrast(BLACK, ground) > 7 ? BLACK : LIGHT) : rgb(front);
    return [`color:${hex(readable(wanted, ground))}`, `background:${hex(ground)}`];
  }
  if (front !== undefined) return [`color:${hex(readable(rgb(front), page))}`];
  return dim ? ['color:var(--dim)'] : [];
}

function rgb(color: Color): Rgb {
  if (typeof color !== 'number') return color;
  const first = FIRST[color];
  if (first !== undefined) return first;
  if (color >= 232) {
    const grey = 8 + 10 * (color - 232);
    return [grey, grey, grey];
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + 40 * step);
  const index = color - 16;
  return [level(Math.floor(index / 36)), level(Math.floor(index / 6) % 6), level(index % 6)];
}

/** The color itself where it can be read, else the nearest one towards black or white that can. */
function readable(color: Rgb, ground: Rgb): Rgb {
  const end = contrast(BLACK, ground) > contrast(LIGHT, ground) ? BLACK : LIGHT;
  for (let tenth = 0; tenth < 10; tenth++) {
    const mixed = mix(color, end, tenth / 10);
    if (contrast(mixed, ground) >= MIN_CONTRAST) return mixed;
  }
  return end;
}

const mix = ([r, g, b]: Rgb, [r2, g2, b2]: Rgb, share: number): Rgb => [
  Math.round(r + (r2 - r) * share),
  Math.round(g + (g2 - g) * share),
  Math.round(b + (b2 - b) * share),
];

/** WCAG 2.2: contrast ratio of two colors. */
function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const hex = (color: Rgb): string =>
  `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
