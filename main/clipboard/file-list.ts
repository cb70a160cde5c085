import { type FileLocation, locationOfUri, uriOf } from './file-location.ts';

/** Formats of file managers beside `text/uri-list`: GNOME's, and KDE's, which is `1` for files that were cut. */
export const GNOME_FILES = 'x-special/gnome-copied-files';
export const KDE_CUT = 'application/x-kde-cutselection';

/** The longest list that is read, in UTF-16 units, and in lines: files, a first line and an empty last one. */
export const MAX_LIST_CHARS = 1024 * 1024;
const MAX_LINES = 10_000 + 2;

/** Whether a list is longer than is read: a part of it would be restored in place of the whole. */
export function isLongList(list: string): boolean {
  return list.length > MAX_LIST_CHARS || list.split(LINE_END, MAX_LINES + 1).length > MAX_LINES;
}

const LINE_END = /[\r\n\0]+/;

/**
 * The URIs of a `text/uri-list` (RFC 2483, section 5): one a line, without `#` remarks. Of a list
 * that is too long only the start is read.
 */
export function urisOf(list: string): readonly string[] {
  return list
    .slice(0, MAX_LIST_CHARS)
    .split(LINE_END, MAX_LINES)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Schemes that file managers give to places of files (GVfs, KIO), and web pages to nothing. */
const FILE_SCHEMES: ReadonlySet<string> = new Set(
  `file smb cifs sftp ssh fish scp nfs afp dav davs webdav webdavs ftps mtp gphoto2 camera afc obex
  kdeconnect google-drive gdrive onedrive trash recent recentlyused archive zip tar admin network
  computer burn cdda remote desktop starred tags timeline baloosearch x-nautilus-desktop`.split(
    /\s+/,
  ),
);

/** `ftp:` and `http:` are places of files only where a file manager says so. */
export function isFileUri(uri: string): boolean {
  const scheme = /^([a-z][a-z0-9+.-]+):\//i.exec(uri)?.[1];
  return scheme !== undefined && FILE_SCHEMES.has(scheme.toLowerCase());
}

/**
 * The files of a `text/uri-list`, in order; none when it is a list of links. Where one entry is a
 * file every entry is, so that none is left out without a word.
 * @param byFileManager a file manager made the list: each entry is a file, whatever its scheme
 */
export function filesOfUriList(list: string, byFileManager = false): readonly FileLocation[] {
  const uris = urisOf(list);
  return byFileManager || uris.some(isFileUri) ? uris.map((uri) => locationOfUri(uri)) : [];
}

/**
 * The files that a GNOME file manager copied: the first line is `copy` or `cut`, the others
 * are URIs. Older ones write the same into the plain text, below a line that names the format.
 */
export function filesOfGnomeList(value: string): readonly FileLocation[] {
  const [head = ''] =
    /^(?:x-special\/nautilus-clipboard\r?\n)?(?:copy|cut)(?:\r?\n|$)/.exec(value) ?? [];
  return head === '' ? [] : filesOfUriList(value.slice(head.length), true);
}

/** Whether these files were cut rather than copied. */
export function isGnomeCut(value: string): boolean {
  return /^(?:x-special\/nautilus-clipboard\r?\n)?cut\r?\n/.test(value);
}

/** The form that file managers and we ourselves read back. */
export function uriListOf(files: readonly FileLocation[]): string {
  return files.map((file) => `${uriOf(file)}\r\n`).join('');
}

export function gnomeFilesOf(files: readonly FileLocation[], cut = false): string {
  return [cut ? 'cut' : 'copy', ...files.map(uriOf)].join('\n');
}
