/** Longest name of a collection, in characters. */
const MAX_CHARS = 200;

/**
 * The name to try after one that is taken: "Notes" gives "Notes 2", and that "Notes 3". No call of
 * the API tells which names are free: a next one that is taken too leads to the one after it.
 */
export function nextFreeName(name: string): string {
  const [, base = name, number = '1'] = /^(.*\S) ([1-9]\d{0,5})$/su.exec(name) ?? [];
  const ending = ` ${Number(number) + 1}`;
  return `${cut(base, MAX_CHARS - ending.length)}${ending}`;
}

/** Never half of a character that is two units long. */
function cut(text: string, units: number): string {
  const short = text.slice(0, units);
  return /[\uD800-\uDBFF]$/.test(short) ? short.slice(0, -1) : short;
}
