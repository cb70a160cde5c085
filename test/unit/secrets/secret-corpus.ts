import { generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small generator of its own, so that every run sees the same samples (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

type Random = () => number;

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const ALNUM = DIGITS + LOWER + UPPER;
const URLSAFE = `${ALNUM}-_`;
const HEX = '0123456789abcdef';

const pick = <T>(random: Random, from: readonly T[]): T =>
  from[Math.floor(random() * from.length)] as T;
const chars = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');

const words = ['river', 'stone', 'cloud', 'maple', 'tiger', 'amber', 'falcon', 'ocean'];
/** As people and generators of passwords make them. */
const password = (random: Random): string =>
  pick(random, [
    () => `${chars(random, UPPER, 1)}${pick(random, words)}${chars(random, DIGITS, 2)}!`,
    () => chars(random, ALNUM, 15) + chars(random, DIGITS, 1),
    () =>
      `${chars(random, ALNUM, 6)}${pick(random, ['#', '%', '&', '+'])}${chars(random, ALNUM, 6)}7a`,
    () => `${pick(random, words)}-${pick(random, words)}-${chars(random, DIGITS, 4)}`,
  ])();

const keyPairs = {
  ed25519: () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }),
  ec: () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
      type: 'sec1',
      format: 'pem',
    }),
  rsa: () =>
    generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({
      type: 'pkcs1',
      format: 'pem',
    }),
};

/** The new OpenSSH form: a header, and 70 characters a line. */
function opensshKey(random: Random): string {
  const body = `b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW${chars(random, `${ALNUM}+/`, 300)}`;
  const lines = body.match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}==\n-----END OPENSSH PRIVATE KEY-----\n`;
}

function jwt(random: Random): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const { privateKey } = generateKeyPairSync('ed25519');
  const unsigned = `${part({ alg: 'EdDSA', typ: 'JWT' })}.${part({ sub: chars(random, DIGITS, 8), iat: 1_700_000_000 })}`;
  return `${unsigned}.${sign(null, Buffer.from(unsigned), privateKey).toString('base64url')}`;
}

/** One generator a kind, shaped after what the services' own documents say of them. */
export const SECRET_KINDS: Readonly<Record<string, (random: Random) => string>> = {
  'AWS access key id': (r) => `${pick(r, ['AKIA', 'ASIA'])}${chars(r, `${UPPER}234567`, 16)}`,
  'AWS secret key': (r) => `aws_secret_access_key = ${chars(r, `${ALNUM}/+`, 40)}`,
  'GitHub classic token': (r) => `${pick(r, ['ghp', 'gho', 'ghu', 'ghs'])}_${chars(r, ALNUM, 36)}`,
  'GitHub fine-grained token': (r) => `github_pat_${chars(r, ALNUM, 22)}_${chars(r, ALNUM, 59)}`,
  'GitLab token': (r) => `glpat-${chars(r, URLSAFE, 20)}`,
  'Slack bot token': (r) =>
    `xoxb-${chars(r, DIGITS, 12)}-${chars(r, DIGITS, 13)}-${chars(r, ALNUM, 24)}`,
  'Slack webhook': (r) =>
    `https://hooks.slack.com/services/T${chars(r, UPPER + DIGITS, 8)}/B${chars(r, UPPER + DIGITS, 10)}/${chars(r, ALNUM, 24)}`,
  'Stripe key': (r) =>
    `${pick(r, ['sk', 'rk'])}_live_${chars(r, ALNUM, 24 + Math.floor(r() * 70))}`,
  'SendGrid key': (r) => `SG.${chars(r, URLSAFE, 22)}.${chars(r, URLSAFE, 43)}`,
  'OpenAI key': (r) => `sk-proj-${chars(r, URLSAFE, 74)}T3BlbkFJ${chars(r, ALNUM, 74)}`,
  'Anthropic key': (r) => `sk-ant-api03-${chars(r, URLSAFE, 93)}AA`,
  'npm token': (r) => `npm_${chars(r, ALNUM, 36)}`,
  'Hugging Face token': (r) => `hf_${chars(r, LOWER + UPPER, 34)}`,
  'Shopify key': (r) => `shpat_${chars(r, HEX, 32)}`,
  'Google API key': (r) => `AIza${chars(r, URLSAFE, 35)}`,
  'web token': jwt,
  '.env password': (r) =>
    `${pick(r, ['DB_PASSWORD', 'POSTGRES_PASSWORD', 'export SMTP_PASSWORD', 'SECRET_KEY', 'API_TOKEN', 'APP_SECRET'])}=${pick(r, ['', '"', "'"])}`.replace(
      /["']?$/,
      (quote) => `${quote}${password(r)}${quote}`,
    ),
  'password in words': (r) =>
    `${pick(r, ['password', 'Password', 'Passwort', 'pwd'])}: ${chars(r, UPPER, 1)}${pick(r, words)}${chars(r, DIGITS, 3)}${pick(r, ['!', '#', '%'])}`,
  'RSA key': () => keyPairs.rsa().toString(),
  'EC key': () => keyPairs.ec().toString(),
  'Ed25519 key': () => keyPairs.ed25519().toString(),
  'OpenSSH key': opensshKey,
  'Google service account': () =>
    JSON.stringify(
      { type: 'service_account', private_key: keyPairs.ed25519().toString() },
      null,
      2,
    ),
  'PostgreSQL address': (r) => `postgres://app:${chars(r, ALNUM, 16)}@db.internal.example:5432/app`,
  'MongoDB address': (r) =>
    `mongodb+srv://app:${chars(r, ALNUM, 14)}@cluster0.abcde.mongodb.net/app`,
  'password in a web address': (r) =>
    `https://deploy:${chars(r, ALNUM, 20)}@git.example.com/app.git`,
  'Azure storage key': (r) =>
    `DefaultEndpointsProtocol=https;AccountName=app;AccountKey=${chars(r, `${ALNUM}+/`, 86)}==;EndpointSuffix=core.windows.net`,
  'password with signs of code': (r) =>
    `${pick(r, ['DB_PASSWORD=', 'password: ', 'Passwort: '])}${pick(r, [
      `Pa$$${pick(r, words)}${chars(r, DIGITS, 2)}`,
      `${chars(r, UPPER, 1)}${pick(r, words)}(${chars(r, ALNUM, 3)}${chars(r, DIGITS, 2)}`,
      `${chars(r, ALNUM, 4)}7{${chars(r, ALNUM, 4)}>a9`,
      `${pick(r, words)}${chars(r, DIGITS, 2)}$${chars(r, ALNUM, 4)}!`,
    ])}`,
  'password that begins like a placeholder': (r) =>
    `${pick(r, ['DB_PASSWORD=', 'password: '])}${pick(r, ['Test', 'MyS3cret', 'Admin', 'Change', 'Secret'])}${chars(r, DIGITS, 4)}${pick(r, ['!', '#', '%'])}${chars(r, LOWER, 3)}`,
  'curl with a password': (r) =>
    `curl ${pick(r, ['-s ', '-X POST ', ''])}${pick(r, ['-u ', '--user ', '-su ', '-u '])}${pick(r, words)}:${password(r)} https://api.example.net/v1/items`,
  'bearer header': (r) =>
    `${pick(r, ['Authorization: Bearer ', 'authorization: token ', '"Authorization": "Bearer '])}${chars(r, HEX, 32)}`,
  'basic header': (r) =>
    `Authorization: Basic ${Buffer.from(`${pick(r, words)}:${password(r)}`).toString('base64')}`,
  'key header': (r) =>
    `${pick(r, ['X-Api-Key', 'x-auth-token', 'PRIVATE-TOKEN'])}: ${chars(r, ALNUM, 32)}7a`,
  'token in a query': (r) =>
    `https://api.example.net/v1?${pick(r, ['api_key', 'access_token', 'sig'])}=${chars(r, ALNUM, 30)}7a9B`,
  '.netrc': (r) => `machine git.example.net login ${pick(r, words)} password ${password(r)}`,
  '.pgpass': (r) => `db.example.net:5432:app:${pick(r, words)}:${password(r)}`,
  'password in a command': (r) =>
    `${pick(r, ['PGPASSWORD=', 'sshpass -p ', 'mysql -h db -u app -p', 'tool --password '])}${pick(r, words)}-${chars(r, UPPER, 2)}${chars(r, DIGITS, 3)} ls`,
  'Docker login': (r) =>
    `{"auths":{"ghcr.io":{"auth": "${Buffer.from(`${pick(r, words)}:${password(r)}`).toString('base64')}"}}}`,
  'age key': (r) => `AGE-SECRET-KEY-1${chars(r, UPPER + DIGITS, 58)}`,
  'WireGuard key': (r) =>
    `[Interface]\nPrivateKey = ${chars(r, `${ALNUM}+/`, 43)}=\nAddress = 10.0.0.2/32`,
  'PuTTY key': (r) =>
    `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 2\n${chars(r, ALNUM, 64)}\n${chars(r, ALNUM, 20)}\nPrivate-Lines: 1\n${chars(r, ALNUM, 44)}\nPrivate-MAC: ${chars(r, HEX, 64)}`,
  'kubeconfig key': (r) => `    client-key-data: ${chars(r, `${ALNUM}+/`, 200)}=`,
  'Telegram bot token': (r) => `${chars(r, DIGITS.slice(1), 10)}:AA${chars(r, URLSAFE, 33)}`,
};

/** As it may lie on a clipboard: alone, in a file, in a message, in a command. */
export function inContext(random: Random, secret: string): string {
  if (/\n/.test(secret)) return pick(random, [secret, `Here is the key:\n\n${secret}\nBye`]);
  if (/^(export )?[\w.]+ ?[=:]/.test(secret)) {
    return pick(random, [secret, `# settings\nPORT=3000\n${secret}\nDEBUG=false\n`]);
  }
  return pick(random, [
    secret,
    `${secret}\n`,
    `Hi Ada, use this one: ${secret} (until Friday)`,
    `const client = connect('${secret}');\n`,
    `curl -H "Authorization: Bearer ${secret}" https://api.example.com/v1/items`,
    `{"name": "prod", "value": "${secret}"}`,
    `# deployment\n- url: ${secret}\n- retries: 3\n`,
  ]);
}

const ROOT = join(import.meta.dirname, '..', '..', '..');

/**
 * What people copy all day: pieces of source, documentation and data (from the packages that
 * are installed anyway, but for the scanner's own), and generated ids, hashes, logs and letters.
 */
export function ordinarySnippets(count: number): readonly string[] {
  const random = seeded(7);
  const packages = [
    'preact',
    'vite',
    'valibot',
    'got',
    'typescript',
    'electron',
    'conf',
    'semver',
    'ajv',
    'fast-check',
    'knip',
    'playwright-core',
    'highlight.js',
    'vitest',
    'x11',
    'electron-builder',
    'app-builder-lib',
    'dbus-native',
  ];
  const files = packages.flatMap((name) => {
    const folder = join(ROOT, 'node_modules', name);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(md|js|mjs|ts|json|css|html|yml)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .slice(0, 60);
  });
  const generated: readonly ((r: Random) => string)[] = [
    (r) => [8, 4, 4, 4, 12].map((n) => chars(r, HEX, n)).join('-'),
    (r) => chars(r, HEX, 40),
    (r) => `sha512-${chars(r, `${ALNUM}+/`, 86)}==`,
    (r) => `data:image/png;base64,${chars(r, `${ALNUM}+/`, 400)}=`,
    (r) => `https://example.com/watch?v=${chars(r, URLSAFE, 11)}&list=${chars(r, URLSAFE, 34)}`,
    (r) =>
      `2026-11-23T10:00:0${chars(r, DIGITS, 1)}Z INFO request id=${chars(r, HEX, 16)} took ${chars(r, DIGITS, 2)} ms`,
    (r) => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5${chars(r, `${ALNUM}+/`, 48)} ada@example`,
    (r) =>
      `Please choose a password with at least ${chars(r, '89', 1)} characters. Password: required.`,
    (r) =>
      `<input type="password" name="password" placeholder="Password" minlength="${chars(r, '89', 1)}">`,
    () => 'DB_PASSWORD=changeme\nAPI_KEY=<your key>\nSECRET_KEY=%(secret)s\nTOKEN=xxxxxxxx\n',
    () =>
      'const password = await prompt("Password:");\nif (password !== confirm) throw new Error("differs");',
    () =>
      'curl -u user:password https://api.example.com\ncurl -u "$USER:$PASS" https://example.com\n',
    () =>
      'Authorization: Bearer <token>\nAuthorization: Bearer $TOKEN\nAuthorization: Basic dXNlcjpwYXNzd29yZA==\n',
    () => "headers: { Authorization: `Bearer \x24{token}`, 'X-Api-Key': process.env.API_KEY },",
    () => 'headers: { Authorization: "Bearer " + accessToken, "x-api-key": config.apiKey }',
    () =>
      'password = hash(input("x1"));\npassword: args[0],\nPASSWORD=$(pass show db1)\nPASSWORD="\x24{DB1:-}"\n',
    () =>
      'password: Promise<string2>;\n$password = $_POST["p1"];\nPASSWORD=%DB_PASS1%\npwd: {{ vault.pass1 }}\n',
    () =>
      'machine example.com login user password yourpassword\nlocalhost:5432:app:user:password\n',
    (r) => `https://example.com/?sig=${chars(r, DIGITS, 24)}&api_key=YOUR_API_KEY_GOES_HERE_NOW`,
    (r) => `12:30:05.123:INFO:main:started-${chars(r, DIGITS, 4)}`,
    (r) =>
      `Order ${chars(r, DIGITS, 10)}, tracking ${chars(r, UPPER, 2)}${chars(r, DIGITS, 9)}DE, total ${chars(r, DIGITS, 2)}.90 EUR`,
    (r) => `IBAN DE${chars(r, DIGITS, 20)}`,
    (r) => `${chars(r, HEX, 7)} client: refuse links that are not http(s)`,
    (r) => `docker pull registry.example.com/app@sha256:${chars(r, HEX, 64)}`,
  ];
  return Array.from({ length: count }, (_, index) => {
    if (index % 4 === 0) return pick(random, generated)(random);
    const lines = readFileSync(pick(random, files), 'utf8').split('\n');
    const from = Math.floor(random() * Math.max(1, lines.length - 30));
    return lines
      .slice(from, from + 5 + Math.floor(random() * 40))
      .join('\n')
      .slice(0, 8000);
  });
}
