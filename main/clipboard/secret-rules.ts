/** A rule of ours, for what the maintained rule set does not look for. */
export interface SecretRule {
  readonly kind: string;
  readonly label: string;
  /** Global; a group named `secret` is the find, else the whole match. */
  readonly pattern: RegExp;
  /** A last look at a match. */
  readonly accept?: (secret: string) => boolean;
}

/**
 * What secretlint's recommended preset misses by default or by its patterns (13.0.7): AWS key
 * ids without their secret, secrets that end in a sign, Google's keys, web tokens, passwords in `.env` files and alike,
 * short private keys (Ed25519), SendGrid keys with dashes, and bots' and cloud storage keys.
 */
export const OWN_RULES: readonly SecretRule[] = [
  {
    kind: 'aws-key-id',
    label: 'AWS access key id',
    pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
  },
  {
    kind: 'aws-secret',
    label: 'AWS secret key',
    pattern:
      /aws_?secret_?(?:access_?)?key["']?[ \t]{0,3}[=:][ \t]{0,3}["']?(?<secret>[A-Za-z\d/+]{40})(?![A-Za-z\d/+=])/gi,
  },
  {
    kind: 'google-key',
    label: 'Google API key',
    pattern: /\bAIza[\w-]{35}(?![\w-])|\bGOCSPX-[\w-]{28}(?![\w-])|\bya29\.[\w-]{60,}/g,
  },
  {
    kind: 'web-token',
    label: 'JSON web token',
    pattern: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{16,2000}/g,
    accept: isSignedToken,
  },
  {
    kind: 'password',
    label: 'password',
    pattern:
      /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?[A-Z\d_]{0,60}?(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(?:_[A-Z\d_]{1,30})?[ \t]*[=:][ \t]*(?<quote>["'`]?)(?<secret>[^\s"'`]{6,200})\k<quote>[ \t]*(?:[#;,].*)?$/gm,
    accept: isLikelyValue,
  },
  {
    kind: 'password',
    label: 'password',
    pattern:
      /(?<![\w-])(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|(?:db|user|admin|root|client|smtp)?[_.-]?(?:pass(?:word|wort|wd|phrase)|pwd|kennwort|contraseña|mot de passe))["'`]?[ \t]{0,4}[=:][ \t]{0,4}(?<quote>["'`]?)(?<secret>[^\s"'`]{8,200})\k<quote>/gi,
    accept: (secret) => isLikelyValue(secret) && looksMadeUp(secret),
  },
  {
    kind: 'private-key',
    label: 'private key',
    pattern:
      /-----BEGIN (?:[A-Z\d]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----[\s\S]{40,20000}?(?:-----END (?:[A-Z\d]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$(?![\s\S]))/g,
  },
  {
    kind: 'sendgrid-key',
    label: 'SendGrid key',
    pattern: /\bSG\.[\w-]{22}\.[\w-]{43}(?![\w-])/g,
  },
  {
    kind: 'azure-key',
    label: 'Azure storage key',
    pattern: /\bAccountKey=(?<secret>[A-Za-z\d+/]{86}==)/g,
  },
  {
    kind: 'bot-token',
    label: 'bot token',
    // Telegram's, and Discord's.
    pattern:
      /(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])|\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/g,
  },
];

/** Its first part must be a JSON header that names an algorithm (RFC 7519, 5). */
function isSignedToken(token: string): boolean {
  try {
    const header: unknown = JSON.parse(
      Buffer.from(token.split('.')[0] ?? '', 'base64url').toString(),
    );
    return typeof header === 'object' && header !== null && 'alg' in header;
  } catch {
    return false;
  }
}

/** Words that stand where a value will be put, and code that computes one. */
function isLikelyValue(value: string): boolean {
  if (/[(){}<>$]|\[|^(?:\*+|x+|\.+|-+|_+)$/i.test(value)) return false;
  if (
    /^(?:your|my|the|some|enter|insert|change|replace|example|sample|dummy|fake|test|todo|none|null|undefined|true|false|secret|password|passwd|placeholder|redacted|process\.|os\.|env\.|config\.|https?:\/\/[^@]*$)/i.test(
      value,
    )
  ) {
    return false;
  }
  return !/(?:example|placeholder|changeme|redacted|\*{3,}|x{5,}|\.{3})/i.test(value);
}

/** Three kinds of characters, a digit among them: people's words have not that. */
function looksMadeUp(value: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[^A-Za-z\d\s]/].filter((kind) => kind.test(value)).length;
  return /\d/.test(value) && kinds >= 2;
}
