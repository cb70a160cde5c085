import { safeFileName } from '../../../files/file-names.ts';
import type { AssetRecord } from '../../store/model.ts';
import { english, type PageMessages } from '../i18n.ts';
import { cleanName } from '../markup/html.ts';

export function titleOf(asset: AssetRecord, messages: PageMessages = english): string {
  return cleanName(asset.name) || messages.t(asset.form);
}

/** The extension of an asset: what was said, else what its name ends with; lower case. */
export function extensionOf(asset: AssetRecord): string | undefined {
  if (asset.ext !== undefined) return asset.ext;
  const match = /\.([A-Za-z0-9]{1,12})$/.exec(asset.name);
  if (match?.[1] !== undefined) return match[1].toLowerCase();
  return /^makefile$/i.test(asset.name) ? 'makefile' : undefined;
}

/** Longest name in a header, in bytes, and of a text's title in it, before its extension. */
export const MAX_NAME_BYTES = 200;
const MAX_TITLE_BYTES = 80;

/**
 * A file name without a path, at most 200 bytes, for a download; texts get an extension. Names like
 * `.gitignore` stay as they are: browsers drop the dot by rules of their own, other clients keep it.
 */
export function fileNameOf(asset: AssetRecord): string {
  const title = titleOf(asset);
  const isDotfile = /^\.[\w-]+$/.test(title) && asset.ext === undefined;
  if (asset.form === 'file' || isDotfile) return safeFileName(title, MAX_NAME_BYTES);
  const ext = /^[a-z0-9]{1,12}$/.test(asset.ext ?? '') ? asset.ext : 'txt';
  return title.toLowerCase().endsWith(`.${ext}`)
    ? safeFileName(title, MAX_NAME_BYTES)
    : `${safeFileName(title, MAX_TITLE_BYTES)}.${ext}`;
}
