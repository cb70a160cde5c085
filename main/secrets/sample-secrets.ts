import type { Secret } from './masking.ts';

/**
 * Keys and tokens that their makers publish as examples, word for word. They open nothing, and
 * whoever copies documentation copies them.
 */
const SAMPLES: ReadonlySet<string> = new Set([
  // docs.stripe.com: the key of its code samples, now and before.
  'sk_test_4eC39HqLyjWDarjtT1zdp7dc',
  'sk_test_BQokikJOvBiI2HlWgH4olfQ2',
  // docs.github.com: authorizing OAuth apps, refreshing user access tokens.
  'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
  'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  'ghu_16C7e42F292c6912E7710c838347Ae178B4a',
  // api.slack.com: oauth.v2.access.
  'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy',
  // developers.google.com: the charts' map samples.
  'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY',
  // docs.sendgrid.com: API keys.
  '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',
  // learn.microsoft.com: the storage emulator's account, which is the same everywhere.
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  // core.telegram.org: bots.
  '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw',
  // discord.com/developers: reference.
  'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs',
  // RFC 6749, 4.1.4, and RFC 6750, 2.1.
  '2YotnFZFEjr1zCsicMWpAA',
  'tGzv3JOkF0XG5Qx2TlKWIA',
  'mF_9.B5f-4.1JqM',
  // RFC 7519, 3.1.
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
]);

/** Parts, in base64 without line ends, of private keys that are published for tests. */
const SAMPLE_PRIVATE_KEYS: readonly string[] = [
  // RFC 8410, 10.3.
  'MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC',
  // RFC 9421, B.1: Ed25519 and P-256.
  'MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF',
  'MHcCAQEEIFKbhfNZfpDsW43+0+JjUr9K+bTeuxopu653+hBaXGA7oAoGCCqGSM49',
  // RFC 9500, 2: RSA of 1024, 2048 and 4096 bits, and P-256.
  'MIICXQIBAAKBgQCw0YNSqI9T1VFvRsIOejZ9feiKz1SgGfbe9Xq5tEzt2yJCsbyg',
  'MIIEowIBAAKCAQEAsPnoGUOnrpiSqt4XynxA+HRP7S+BSObI6qJ7fQAVSPtRkqso',
  'MIIJKAIBAAKCAgEAs4tJYOY75qjbqJqCl47x9jJE5Vd9jPWGFtXKV1nUnMjZNsM4',
  'MHcCAQEEIObLW92AqkWunJXowVR2Z5/+yVPBaFHnEedDk5WJxk/BoAoGCCqGSM49',
  // jwt.io: RS256 and ES256.
  '7VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu',
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2OF/2NxApJCzGCEDdfSp6V',
  // Vagrant's insecure key.
  'MIIEogIBAAKCAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzI',
];

/** AWS ends the key ids of its documentation like this, and the secrets. */
const AWS_KEY_ID = /^(?:AKIA|ASIA)[A-Z2-7]{9}EXAMPLE$/;
/** From where a find begins: secretlint 13 counts the name in, and so ends it too early. */
const AWS_SECRET =
  /^(?:[\w"' \t-]{0,40}[=:]["' \t]{0,4})?[A-Za-z\d/+]{30}EXAMPLEKEY(?![A-Za-z\d/+=])/;

/** A place for a key, such as `ghp_xxxxxxxx`: made keys do not repeat a character so often. */
const PLACEHOLDER = /([A-Za-z\d])\1{15}/;

/** Kinds that people make up themselves, where a repeated character may well be the secret. */
const USER_CHOSEN_KINDS: ReadonlySet<string> = new Set([
  'password',
  'url-password',
  'database-password',
]);

/** Whether a find in a text is a published example and not anyone's secret. */
export function isSampleSecret(text: string, { kind, start, end }: Secret): boolean {
  const secret = text.slice(start, end);
  if (SAMPLES.has(secret) || AWS_KEY_ID.test(secret)) return true;
  if (kind === 'aws-secret') return AWS_SECRET.test(text.slice(start, start + 120));
  if (kind === 'private-key') {
    // In JSON and source a line end is two characters.
    const body = secret.replace(/\\[nr]|\s/g, '');
    return SAMPLE_PRIVATE_KEYS.some((sample) => body.includes(sample));
  }
  if (secret.startsWith('eyJ')) return isJohnDoe(secret);
  return !USER_CHOSEN_KINDS.has(kind) && PLACEHOLDER.test(secret);
}

/** jwt.io begins with a token for this person, whatever the algorithm; signed by keys on its page. */
function isJohnDoe(token: string): boolean {
  try {
    const payload: unknown = JSON.parse(
      Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
    );
    return (
      typeof payload === 'object' &&
      payload !== null &&
      'sub' in payload &&
      payload.sub === '1234567890' &&
      'name' in payload &&
      payload.name === 'John Doe'
    );
  } catch {
    return false;
  }
}
