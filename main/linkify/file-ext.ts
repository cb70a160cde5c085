import { knownExtensions } from './extensions.ts';

/** `ext` as the API takes it, or nothing: a value outside its closed list is never sent. */
export function knownExt(ext: string, known = knownExtensions()): string | undefined {
  if (known.has(ext)) return ext;
  const lower = ext.toLowerCase();
  return known.has(lower) ? lower : undefined;
}

/**
 * What the API calls a file of this name: `png`, `py`, `Cargo.lock`, `dockerfile`.
 * `undefined` where its list has no word for it.
 */
export function extOfName(fileName: string, known = knownExtensions()): string | undefined {
  if (WHOLE_NAME.test(fileName) && known.has(fileName)) return fileName;
  if (/^Dockerfile$/i.test(fileName)) return 'dockerfile';
  const parts = fileName.split('.');
  // `.bashrc` is listed without its dot.
  for (const from of parts.length > 2 ? [-2, -1] : [-1]) {
    const ext = parts.slice(from).join('.');
    if (parts.length > 1 && ext !== '') {
      const found = knownExt(ext, known);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Names listed whole have a dot or a capital (`.zshrc`, `Gemfile`); a file named `list` is no `.list`. */
const WHOLE_NAME = /[.A-Z]/;
