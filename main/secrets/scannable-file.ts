/** How much is scanned of each end of a file, in bytes; a file of up to twice as much is scanned whole. */
export const SCANNED_END_BYTES = 8 * 1024 * 1024;

/** The part of a file that tells whether it is text, in bytes. */
export const SAMPLE_BYTES = 64 * 1024;

/** What a scan reads of a file. */
export interface ScannableText {
  readonly text: string;
  /** Whether `text` as UTF-8 is the file, so that it can take the file's place. */
  readonly exact: boolean;
}

/**
 * A file's bytes as text for the scan: by their byte order mark, else as UTF-8, else as Latin-1,
 * whose ASCII is what rules look for. NULs are dropped: that reads UTF-16 and UTF-32 without a mark.
 */
export function scannableText(bytes: Uint8Array): ScannableText {
  const [first, second, third, fourth] = bytes;
  const isUtf32 = first === 0xff && second === 0xfe && third === 0 && fourth === 0;
  if (first === 0xff && second === 0xfe && !isUtf32) return decoded('utf-16le', bytes);
  if (first === 0xfe && second === 0xff) return decoded('utf-16be', bytes);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0')
      ? { text: text.replaceAll('\0', ''), exact: false }
      : { text, exact: true };
  } catch {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    return { text: text.replaceAll('\0', ''), exact: false };
  }
}

function decoded(encoding: 'utf-16le' | 'utf-16be', bytes: Uint8Array): ScannableText {
  return { text: new TextDecoder(encoding).decode(bytes).replaceAll('\0', ''), exact: false };
}

/** Of a hundred bytes that aren't NUL, more control characters than this are no text. */
const MAX_CONTROLS = 5;

/**
 * Whether a file's first bytes are of no text in any encoding: pictures, films, programs, archives.
 * Those are not scanned, unless their name says what they hold.
 */
export function isBinary(sample: Uint8Array): boolean {
  const [first, second] = sample;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return false;
  let controls = 0;
  let others = 0;
  for (const byte of sample.subarray(0, SAMPLE_BYTES)) {
    // Tab, line feed, form feed, carriage return and escape are part of texts.
    if (byte === 0) continue;
    const isControl = (byte < 32 && ![8, 9, 10, 12, 13, 27].includes(byte)) || byte === 127;
    if (isControl) controls++;
    else others++;
  }
  return controls * 100 > (controls + others) * MAX_CONTROLS;
}

/** Names of files that hold keys or passwords, in a form that may be no text. */
const SECRET_FILE_NAMES: readonly RegExp[] = [
  /^id_(?!.*\.pub$)[a-z\d_-]+/i,
  /^\.env(\.|$)/i,
  /\.(pem|key|p12|pfx|p8|pkcs12|jks|keystore|kdbx?|ppk|ovpn|agekey|keychain(-db)?)$/i,
  /^[._](npmrc|netrc|pgpass|pypirc|htpasswd|git-credentials|dockercfg|my\.cnf|s3cfg|vault-token)$/i,
  /^(credentials|kubeconfig|htpasswd|secring\.gpg|wallet\.dat|key[34]\.db|logins\.json|login data)$/i,
  /^(service[-_]?account|client[-_]?secret)[\w.-]*\.json$/i,
];

/** Whether a file's name says that it holds keys or passwords, whatever is in it. */
export function hasSecretFileName(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1).slice(0, 255);
  return SECRET_FILE_NAMES.some((pattern) => pattern.test(base));
}

/** Keynote documents end in `.key` too, and are archives. */
export function isKeynote(name: string, sample: Uint8Array): boolean {
  return /\.key$/i.test(name) && sample[0] === 0x50 && sample[1] === 0x4b;
}
