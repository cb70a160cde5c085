/** Names that Windows gives to devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])[. ]*(\.|$)/i;

/** Longest name that file systems take, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;

/**
 * A file name that every system can use: no character or device name that Windows refuses, no dot
 * or space at its end, and at most `maxBytes` bytes with the extension left whole. Names that begin
 * with a dot stay. `desktop.ini` gets a prefix, since Windows obeys a file of that name.
 * Source: "Naming Files, Paths, and Namespaces" (Win32).
 */
export function safeFileName(name: string, maxBytes = MAX_NAME_BYTES): string {
  const clean = withoutEnd(
    name
      .toWellFormed()
      // Steps of a path (`../../x`): what is left must not look like a hidden file.
      .replace(/^(?:\.{0,2}[/\\])+/, '_')
      .replace(/[/\\:*?"<>|\p{Cc}]/gu, '_'),
  );
  if (clean === '') return name === '' ? 'file' : '_';
  // Cutting can bring a reserved name about (`desktop`, many spaces, `.ini`), so it comes first.
  const short = withoutEnd(cut(clean, maxBytes));
  return isReserved(short) ? withoutEnd(cut(`_${short}`, maxBytes)) : short;
}

function isReserved(name: string): boolean {
  return DEVICES.test(name) || /^desktop\.ini$/i.test(name);
}

/** Windows drops dots and spaces at the end of a name. */
function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end--;
  return name.slice(0, end);
}

/** Not the whole of `.gitignore`. */
const EXTENSION = /(?<=.)\.[A-Za-z0-9]{1,12}$/s;

/** The longest start that fits, with the extension kept where there is one. */
function cut(name: string, maxBytes: number, suffix = ''): string {
  const ext = EXTENSION.exec(name)?.[0] ?? '';
  const end = suffix + ext;
  const stem = name.slice(0, name.length - ext.length);
  if (Buffer.byteLength(stem) + Buffer.byteLength(end) <= maxBytes) return stem + end;
  let left = maxBytes - Buffer.byteLength(end);
  let kept = '';
  for (const character of stem) {
    left -= Buffer.byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return (withoutEnd(kept) || '_') + end;
}

/**
 * `name`, else `name (2)` and so on: neither letter case nor Unicode normalization tells two names
 * apart on every system.
 * @param taken the names in use, by their keys, with the number to try next; the answer is added
 */
export function uniqueName(name: string, taken: Map<string, number>): string {
  const first = keyOf(name);
  for (let copy = taken.get(first) ?? 1; ; copy++) {
    const candidate = copy === 1 ? name : cut(name, MAX_NAME_BYTES, ` (${copy})`);
    const key = keyOf(candidate);
    if (taken.has(key) && copy > 1) continue;
    taken.set(first, copy + 1);
    if (key !== first) taken.set(key, 2);
    return candidate;
  }
}

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();
