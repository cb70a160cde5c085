/** What a value must not be so that a rule takes it for a secret. All of it is short: 4,000 units. */

/** Words that stand where a value will be put, with what people put behind them. */
const PLACEHOLDER_WORDS =
  /^(?:your|my|the|some|enter|insert|change|replace|example|sample|dummy|fake|test|todo|none|null|undefined|true|false|secret|password|passwort|passwd|passphrase|pass|pwd|pw|user|admin|root|token|key|string|placeholder|redacted|hunter)[a-z_.-]*\d*[;,]?$/i;

const PLACEHOLDERS =
  /example|placeholder|changeme|change[_-]me|redacted|your[_-]|\*{3,}|x{5,}|\.{3}|^(?:\*+|x+|\.+|-+|_+)$/i;

/** What other programs put a value in for: `${NAME}`, `$(command)`, `{{ name }}`, `%NAME%`, `<name>`. */
const TEMPLATE = /\$\{|\$\(|#\{|\{\{|\}\}|<%|%>|%\(|^%\w+%$|^<.*>?$|^\$\w+[;,)]*$|^\{\w*\}?$/;

/** `name`, `object.name`, `list[0]`, `call(x)`; cut where a blank or a quote comes. */
const CODE =
  /^[!&*]?[$@A-Za-z_][\w$]*(?:(?:\?\.|\.|::|->)[\w$]+|\[[^[\]]*\]|\[$|\([^()]*\)|\((?:[^()]*,)?$|<[\w,|]*>?)+[!?]?[;,)}\]]*$/;

/** Objects that values are read from. */
const LOOKED_UP = /^(?:process|os|env|config|settings|secrets|vars|var|local|data|self|this)\./i;

/**
 * Whether a value may be a password: no placeholder, no reference, and no code that computes one.
 * With signs that code is full of, it must also look made up.
 */
export function isLikelyValue(value: string): boolean {
  if (PLACEHOLDER_WORDS.test(value) || PLACEHOLDERS.test(value) || LOOKED_UP.test(value)) {
    return false;
  }
  if (/^https?:\/\/[^@]*$/i.test(value)) return false;
  if (TEMPLATE.test(value)) return false;
  return !/[(){}<>$[\]]/.test(value) || (!CODE.test(value) && looksRandom(value));
}

/** Three kinds of characters including a digit don't occur in ordinary words. */
export function looksRandom(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[^A-Za-z\d\s]/].filter((kind) => kind.test(value)).length;
  return /\d/.test(value) && kinds >= 2;
}

/** A token as machines make them: digits and letters in disorder, no words. */
export function isRandomToken(value: string): boolean {
  if (!isLikelyValue(value)) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const letters = value.match(/[A-Za-z]/g)?.length ?? 0;
  const changes = value.match(/\d[A-Za-z]|[A-Za-z](?=\d)|[a-z](?=[A-Z])/g)?.length ?? 0;
  return digits >= 2 && letters >= 2 && changes >= 3;
}

/** Base64 of `name:password` (RFC 7617), and the password no placeholder. */
export function isBasicAuth(value: string): boolean {
  const text = Buffer.from(value, 'base64').toString('latin1');
  const match = /^[\x20-\x7e\x80-\xff]{0,200}?:([\x20-\x7e\x80-\xff]{3,200})$/.exec(text);
  // The example of RFC 7617.
  return match?.[1] !== undefined && text !== 'Aladdin:open sesame' && isLikelyValue(match[1]);
}
