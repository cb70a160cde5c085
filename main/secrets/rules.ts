import { isBasicAuth, isLikelyValue, isRandomToken, looksRandom } from './likely-values.ts';

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
    pattern: /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{16,2000}/g,
    accept: isSignedToken,
  },
  {
    kind: 'password',
    label: 'password',
    pattern:
      /^[ \t]*(?:export[ \t]+|set[ \t]+|-[ \t]+)?(?:[A-Z\d_]{0,60}?(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)(?:_[A-Z\d_]{1,30})?|[A-Z\d_]{1,60}_PASS)[ \t]*[=:][ \t]*(?<quote>["'`]?)(?<secret>[^\s"'`]{6,200})\k<quote>[ \t]*(?:[#;,].*)?$/gm,
    accept: isLikelyValue,
  },
  {
    kind: 'password',
    label: 'password',
    pattern:
      /(?<![\w-])(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|(?:db|user|admin|root|client|smtp)[_.-]pass|(?:db|user|admin|root|client|smtp)?[_.-]?(?:pass(?:word|wort|wd|phrase)|pwd|kennwort|contraseña|mot de passe))["'`]?[ \t]{0,4}[=:][ \t]{0,4}(?<quote>["'`]?)(?<secret>[^\s"'`]{8,200})\k<quote>/gi,
    accept: (secret) => isLikelyValue(secret) && looksRandom(secret),
  },
  {
    kind: 'password',
    label: 'password',
    // With blanks in it: in quotes, or as an element of XML.
    pattern:
      /^[ \t]*(?:export[ \t]{1,4})?[A-Z\d_]{0,60}?(?:PASSWORD|PASSWD|PASSPHRASE|PWD)[ \t]*[=:][ \t]*(?<quote>["'])(?<secret>[^"'\n]{6,200})\k<quote>|(?<=<(?:password|passphrase|privateKey|apiKey|secret)>)[^<\n]{6,200}(?=<\/)|(?<=["'][\w.-]{0,40}(?:password|passphrase)["'][ \t]{1,4}value=["'])[^"'\n]{6,200}/gim,
    accept: (secret) => isLikelyValue(secret) && looksRandom(secret),
  },
  {
    kind: 'password',
    label: 'password',
    // `PGPASSWORD=… psql`, `sshpass -p …`, `mysql -p…`, `--password …`: in the middle of a command.
    pattern:
      /(?:(?<![\w-])(?:[A-Z]{1,20}_?)?(?:PASSWORD|PASSWD|PASSPHRASE)=|\bsshpass[ \t]{1,4}-p[ \t]{0,4}|\bmysql(?:dump|admin)?[ \t][^\n]{0,200}?[ \t]-p|[ \t]--(?:http-|ftp-|proxy-)?pass(?:word|wd)?(?:=|[ \t]{1,4}))(?<quote>["']?)(?<secret>[^\s"']{8,200})\k<quote>/g,
    accept: (secret) => isLikelyValue(secret) && looksRandom(secret),
  },
  {
    kind: 'password',
    label: 'password',
    // curl(1), -u and --user; wget and httpie (-a) alike.
    pattern:
      /\b(?:curl|wget|https?|xh)(?=[ \t])[^\n]{0,200}?[ \t](?:-[a-zA-Z]{0,6}[uUa]|--user|--proxy-user|--auth)(?:=|[ \t]{0,4})["']?[^\s"':]{1,80}:(?<secret>[^\s"']{4,200})/g,
    accept: isLikelyValue,
  },
  {
    kind: 'password',
    label: 'password',
    // .netrc: `machine host login name password …`, on one line or several.
    pattern:
      /(?<![\w-])machine[ \t\n]{1,4}[^\s]{1,200}[ \t\n]{1,8}login[ \t]{1,4}[^\s]{1,200}[ \t\n]{1,8}password[ \t]{1,4}(?<secret>[^\s]{4,200})/g,
    accept: isLikelyValue,
  },
  {
    kind: 'database-password',
    label: 'database password',
    // .pgpass: host:port:database:user:password.
    pattern:
      /^(?:[\w.-]{1,200}|\*):(?:\d{2,5}|\*):(?:[\w-]{1,60}|\*):[\w-]{1,60}:(?<secret>[^\s:]{4,200})$/gm,
    accept: isLikelyValue,
  },
  {
    kind: 'authorization-header',
    label: 'authorization header',
    // RFC 6750 and what services made of it; GitLab's, Amazon's and others' own names.
    pattern:
      /(?<![\w-])(?:(?:Proxy-)?Authorization["']?[ \t]{0,3}[:=,][ \t]{0,3}["'`]?(?:Bearer|Token|ApiKey|Api-Key|Key|OAuth|JWT|GenieKey|SSWS|PVEAPIToken=\S{1,80}=)[ \t]{0,3}|(?:X-)?(?:Api|Auth|Access|Private|Admin|Session|Vault|Amz-Security|Goog-Api)-?(?:Key|Token|Secret)["']?[ \t]{0,3}[:=,][ \t]{0,3})["'`]?(?<secret>[\w.~+/=-]{16,4000})/gi,
    accept: isRandomToken,
  },
  {
    kind: 'authorization-header',
    label: 'authorization header',
    // RFC 7617: name and password in Base64.
    pattern:
      /(?<![\w-])(?:Proxy-)?Authorization["']?[ \t]{0,3}[:=,][ \t]{0,3}["'`]?Basic[ \t]{1,3}(?<secret>[A-Za-z\d+/_-]{8,2000}={0,2})/gi,
    accept: isBasicAuth,
  },
  {
    kind: 'authorization-header',
    label: 'authorization header',
    // Docker's config.json, and .npmrc.
    pattern:
      /(?:"auth"[ \t]{0,3}:[ \t]{0,3}"|\b_auth[ \t]{0,3}=[ \t]{0,3}"?)(?<secret>[A-Za-z\d+/]{8,2000}={0,2})/g,
    accept: isBasicAuth,
  },
  {
    kind: 'api-key',
    label: 'API key',
    pattern:
      /(?<![\w-])(?:[a-z\d]{0,30}[_.-])?(?:(?:api|access|auth|secret|private|session|bearer|client|refresh|encryption|signing)[_.-]?)?(?:key|token|secret)["'`]?[ \t]{0,4}[=:][ \t]{0,4}["'`]?(?<secret>[\w.~+/-]{16,1000}={0,2})/gi,
    accept: isRandomToken,
  },
  {
    kind: 'url-password',
    label: 'password in a web address',
    pattern:
      /\b(?:ssh|sftp|ftps?|smb|rediss?|amqps?|mqtts?|ldaps?|smtps?|imaps?|socks5h?):\/\/[^\s:/@"']{0,80}:(?<secret>[^\s/@"']{4,200})@/gi,
    accept: isLikelyValue,
  },
  {
    kind: 'url-token',
    label: 'token in a web address',
    pattern:
      /[?&#](?:api_?key|access_token|auth_token|refresh_token|id_token|client_secret|private_token|sig|sas)=(?<secret>[\w.~%+/=-]{20,2000})/gi,
    accept: isRandomToken,
  },
  {
    kind: 'private-key',
    label: 'private key',
    // PuTTY's files, age's, kubeconfig's and WireGuard's keys.
    pattern:
      /^PuTTY-User-Key-File-\d: [^\n]{1,60}\n[\s\S]{40,8000}?^Private-MAC: [\da-f]{40,64}|\bAGE-SECRET-KEY-1[A-Z\d]{58}\b|\bclient-key-data: [A-Za-z\d+/]{60,8000}={0,2}|^[ \t]{0,8}PrivateKey[ \t]{0,3}=[ \t]{0,3}[A-Za-z\d+/]{43}=/gm,
  },
  {
    kind: 'private-key',
    label: 'private key',
    pattern:
      /-----BEGIN (?:[A-Z\d]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:(?!-----BEGIN )[\s\S]){40,20000}?(?:-----END (?:[A-Z\d]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|$(?![\s\S]))/g,
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
