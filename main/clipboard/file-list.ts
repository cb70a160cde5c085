import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The local files of a `text/uri-list` (RFC 2483, section 5): one URI a line, CRLF or LF,
 * lines that begin with `#` are remarks. URIs that name no file of this machine are left out.
 */
export function pathsOfUriList(list: string): readonly string[] {
  return urisOf(list).flatMap((uri) => pathOfUri(uri) ?? []);
}

/** All URIs of a `text/uri-list`, in order, without remarks. */
export function urisOf(list: string): readonly string[] {
  return list
    .split(/[\r\n\0]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * The files that a GNOME file manager copied: the first line is `copy` or `cut`, the others
 * are URIs. Older ones write the same into the plain text, below a line that names the format.
 */
export function pathsOfGnomeFiles(value: string): readonly string[] {
  const [verb, ...lines] = value.replace(/^x-special\/nautilus-clipboard\r?\n/, '').split(/\r?\n/);
  if (verb !== 'copy' && verb !== 'cut') return [];
  return pathsOfUriList(lines.join('\n'));
}

/** The form that file managers and we ourselves read back. */
export function uriListOf(paths: readonly string[]): string {
  return paths.map((path) => `${pathToFileURL(path).href}\r\n`).join('');
}

export function gnomeFilesOf(paths: readonly string[]): string {
  return ['copy', ...paths.map((path) => pathToFileURL(path).href)].join('\n');
}

function pathOfUri(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    // Another machine's file, or no proper URI: nothing that could be opened here.
    return undefined;
  }
}
