/** How a language writes sizes. */
export interface SizeWords {
  /** Between whole and tenths. */
  readonly point: string;
  readonly one: string;
  readonly many: string;
}

const ENGLISH: SizeWords = { point: '.', one: 'byte', many: 'bytes' };

/** "1.2 MB": decimal units, as file managers show them. */
export function sizeText(bytes: number, { point, one, many }: SizeWords = ENGLISH): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? one : many}`;
  let value = bytes;
  let unit = '';
  for (const next of ['kB', 'MB', 'GB']) {
    if (value < 999.5 && unit !== '') break;
    value /= 1000;
    unit = next;
  }
  const shown = value < 9.95 ? value.toFixed(1).replace('.', point) : Math.round(value);
  return `${shown} ${unit}`;
}
