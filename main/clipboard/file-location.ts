import { isUtf8 } from 'node:buffer';
import { hostname } from 'node:os';
import { basename, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Where a copied file is: an absolute path, or a URI when it names no file of this computer.
 * Unix file names are bytes. Bytes that aren't UTF-8 stand in a path as lone surrogates, U+DC80
 * for 0x80 to U+DCFF for 0xFF (PEP 383), so that a path stays one string and loses nothing.
 */
export type FileLocation = string;

const ESCAPED_BYTE = /[\uDC80-\uDCFF]/gu;

/** The path that these bytes name. */
export function pathOfBytes(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isUtf8(buffer)) return buffer.toString();
  const units = new Uint16Array(buffer.length);
  let length = 0;
  for (let at = 0; at < buffer.length; ) {
    const size = sequenceAt(buffer, at);
    const lead = buffer[at] ?? 0;
    if (size < 2) {
      units[length++] = size === 1 ? lead : 0xdc00 + lead;
      at += 1;
      continue;
    }
    let point = lead & (0x7f >> size);
    for (let next = at + 1; next < at + size; next++)
      point = (point << 6) | ((buffer[next] ?? 0) & 0x3f);
    if (point > 0xffff) {
      units[length++] = 0xd800 + ((point - 0x10000) >> 10);
      units[length++] = 0xdc00 + (point & 0x3ff);
    } else units[length++] = point;
    at += size;
  }
  return Buffer.from(units.buffer, 0, 2 * length).toString('utf16le');
}

/** How many bytes the UTF-8 sequence has that begins here (RFC 3629, section 4); 0: none does. */
function sequenceAt(buffer: Buffer, at: number): number {
  const lead = buffer[at] ?? 0;
  if (lead < 0x80) return 1;
  const size = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (size === 0) return 0;
  for (let next = at + 1; next < at + size; next++) {
    if (((buffer[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  // No longer forms than needed, no surrogates, nothing beyond U+10FFFF.
  const second = buffer[at + 1] ?? 0;
  if ((lead === 0xe0 && second < 0xa0) || (lead === 0xed && second > 0x9f)) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second > 0x8f)) return 0;
  return size;
}

/** The bytes of a path: the inverse of `pathOfBytes`. */
export function bytesOfPath(path: string): Buffer {
  if (path.isWellFormed()) return Buffer.from(path);
  const parts: Buffer[] = [];
  let from = 0;
  for (const { 0: unit, index } of path.matchAll(ESCAPED_BYTE)) {
    parts.push(Buffer.from(path.slice(from, index)), Buffer.of(unit.charCodeAt(0) - 0xdc00));
    from = index + 1;
  }
  parts.push(Buffer.from(path.slice(from)));
  return Buffer.concat(parts);
}

/** A path as `node:fs` takes it: bytes where it has escaped ones. */
export function fsPath(path: string): string | Buffer {
  // Names on Windows are UTF-16, and may hold lone surrogates of their own.
  return process.platform === 'win32' || path.isWellFormed() ? path : bytesOfPath(path);
}

/** Whether it is a URI. A drive letter of Windows is no scheme: schemes here have two letters or more. */
export function isUri(location: FileLocation): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(location);
}

/** The name to show: the last part, with a replacement character for what isn't text. */
export function nameOfLocation(location: FileLocation): string {
  if (!isUri(location)) return basename(location).toWellFormed() || location.toWellFormed();
  const last = basename(location.slice(-MAX_URI_CHARS));
  const bytes = percentDecoded(last);
  return (bytes === undefined ? last : pathOfBytes(bytes)).toWellFormed();
}

/** The longest path of Linux, 4,096 bytes, each of them percent-encoded. */
const MAX_URI_CHARS = 16 * 1024;

/**
 * The location that a URI stands for: a path for `file:` URIs of this computer (RFC 8089: without a
 * host, or with `localhost` or this computer's own name), else the URI as it is. Percent-encoded
 * bytes need not be UTF-8; a path with an encoded slash or NUL is none (as in GLib).
 */
export function locationOfUri(uri: string, ownHost: string = hostname()): FileLocation {
  if (uri.length > MAX_URI_CHARS) return uri;
  const match = /^file:(?:\/\/([^/]*))?(\/.*)$/is.exec(uri);
  if (match === null) return uri;
  if (process.platform === 'win32') return windowsPathOf(uri) ?? uri;
  const [, host = '', path = ''] = match;
  if (!isOwnHost(host, ownHost)) return uri;
  const bytes = percentDecoded(path);
  return bytes === undefined ? uri : posix.normalize(pathOfBytes(bytes));
}

function windowsPathOf(uri: string): string | undefined {
  try {
    const path = fileURLToPath(uri.replace(/^(file:\/\/)localhost(?=\/)/i, '$1'));
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function isOwnHost(host: string, ownHost: string): boolean {
  const asked = host.toLowerCase();
  const own = ownHost.toLowerCase();
  const short = own.split('.', 1)[0] ?? own;
  return ['', 'localhost', own, short, `${short}.local`].includes(asked);
}

/** `smb://nas`: where a file of another computer or device is, without user and path. */
export function addressOf(uri: string): string {
  const [, scheme = '', host = ''] = /^([^:]*:)\/\/(?:[^/@]*@)?([^/]*)/.exec(uri) ?? [];
  return scheme === '' ? uri.slice(0, 100) : `${scheme}//${host}`;
}

/** Bytes of a percent-encoded path; `undefined` when an escape is broken, or stands for `/` or NUL. */
export function percentDecoded(text: string): Buffer | undefined {
  if (/%(?![\da-f]{2})|%2f|%00|\0/i.test(text)) return undefined;
  const bytes = bytesOfPath(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const isEscape = bytes[at] === PERCENT;
    bytes[length++] = isEscape
      ? 16 * hexDigit(bytes[at + 1]) + hexDigit(bytes[at + 2])
      : (bytes[at] ?? 0);
    if (isEscape) at += 2;
  }
  return bytes.subarray(0, length);
}

const PERCENT = 0x25;

/** The value of an ASCII digit, or of a letter in either case. */
const hexDigit = (byte = 0): number => (byte < 0x40 ? byte - 0x30 : (byte & 0x1f) + 9);

/** The URI of a location, for file lists that other programs read. */
export function uriOf(location: FileLocation): string {
  if (isUri(location)) return location;
  if (process.platform === 'win32' || location.isWellFormed()) return pathToFileURL(location).href;
  const encoded = Array.from(bytesOfPath(location), (byte) =>
    /[\w/.~-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `file://${encoded.join('')}`;
}
