import type { AssetRecord } from '../store/model.ts';
import { cleanName } from './html.ts';
import { en, type PageWords } from './words/en.ts';

export function titleOf(asset: AssetRecord, words: PageWords = en): string {
  return cleanName(asset.name) || words[asset.form];
}

/** The extension of an asset: what was said, else what its name ends with; lower case. */
export function extensionOf(asset: AssetRecord): string | undefined {
  if (asset.ext !== undefined) return asset.ext;
  const match = /\.([A-Za-z0-9]{1,12})$/.exec(asset.name);
  if (match?.[1] !== undefined) return match[1].toLowerCase();
  return /^makefile$/i.test(asset.name) ? 'makefile' : undefined;
}

/** Names that Windows gives to devices, with any extension. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
const MAX_NAME_BYTES = 200;

/** A file name without a path, at most 200 bytes, for a download; texts get an extension. */
export function fileNameOf(asset: AssetRecord): string {
  const clean = titleOf(asset)
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  const name = DEVICES.test(clean) ? `_${clean}` : clean || 'file';
  if (asset.form === 'file') return cut(name, MAX_NAME_BYTES);
  const ext = /^[a-z0-9]{1,12}$/.test(asset.ext ?? '') ? asset.ext : 'txt';
  return name.toLowerCase().endsWith(`.${ext}`)
    ? cut(name, MAX_NAME_BYTES)
    : `${cut(name, 80)}.${ext}`;
}

/** The longest start that fits, with the extension kept where there is one. */
function cut(name: string, maxBytes: number): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const ext = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character + ext) > maxBytes) break;
    kept += character;
  }
  return kept + ext;
}
