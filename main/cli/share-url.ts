/**
 * The longest text of a share URL, in UTF-16 code units. Windows allows 32,767 for a whole command
 * line, of which percent-encoding may take three for one.
 */
export const MAX_URL_TEXT = 10_000;

/** The longest URL that is parsed: each code unit of the text takes up to nine characters. */
const MAX_URL = 9 * MAX_URL_TEXT + 100;

export type ShareUrl =
  | { readonly ok: true; readonly text: string }
  /** What is wrong with it, in a sentence for a person. */
  | { readonly ok: false; readonly sentence: string };

/** Whether an argument is a URL of ours, valid or not. */
export const isShareUrl = (argument: string): boolean => /^linkify:/i.test(argument);

/**
 * Reads `linkify://share?text=TEXT`, which any web page and any app can open: the text is shared only
 * after the user confirms it. Nothing else is accepted, so that no URL can do anything else. `+`
 * stands for a space, as in forms.
 */
export function readShareUrl(url: string): ShareUrl {
  const [, query] =
    url.length <= MAX_URL ? (/^linkify:\/\/share\/?\?text=([^&#]*)$/i.exec(url) ?? []) : [];
  if (query === undefined)
    return wrong('A link to Linkify Tray must be linkify://share?text=TEXT.');
  let text: string;
  try {
    text = decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return wrong("The text of the link isn't percent-encoded UTF-8.");
  }
  if (text.trim() === '') return wrong('The link has no text.');
  if (text.length > MAX_URL_TEXT) {
    return wrong(`The text of the link is longer than ${MAX_URL_TEXT} characters.`);
  }
  if (/[^\P{Cc}\t\r\n]/u.test(text)) return wrong('The text of the link has control characters.');
  return { ok: true, text };
}

function wrong(sentence: string): ShareUrl {
  return { ok: false, sentence };
}
