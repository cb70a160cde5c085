/** HTML that is safe to send: made by `html` alone. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | SafeHtml | readonly SafeHtml[] | undefined;

/** Builds HTML; every value is escaped unless it was built the same way. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): SafeHtml {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    text += shown(part) + (strings[index + 1] ?? '');
  });
  return new SafeHtml(text);
}

function shown(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof SafeHtml) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A name in one line: no control characters, no direction marks (UAX #9), 200 characters at most. */
export function cleanName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu, '')
    .trim();
  const characters = [...clean];
  return characters.length > 200 ? `${characters.slice(0, 199).join('')}…` : clean;
}
