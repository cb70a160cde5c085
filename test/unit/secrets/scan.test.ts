import { expect, test } from 'vitest';
import { maskSecrets } from '../../../main/secrets/masking.ts';
import { labelOfKind } from '../../../main/secrets/rule-names.ts';
import { scanSecrets } from '../../../main/secrets/scan.ts';
import { inContext, ordinarySnippets, SECRET_KINDS, seeded } from './secret-corpus.ts';

const SAMPLES = 50;

/** Answers the samples of a kind that were missed. */
async function missed(kind: string, make: (random: () => number) => string): Promise<string[]> {
  const random = seeded(kind.length * 1000 + kind.charCodeAt(0));
  const misses: string[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const text = inContext(random, make(random));
    if ((await scanSecrets(text)).length === 0) misses.push(text);
  }
  return misses;
}

test.each(Object.entries(SECRET_KINDS))('%s: 48 of 50 samples are found', async (kind, make) => {
  const misses = await missed(kind, make);
  expect(misses.length, misses.join('\n')).toBeLessThanOrEqual(2);
});

test('over all kinds 95 of 100 are found', async () => {
  let misses = 0;
  for (const [kind, make] of Object.entries(SECRET_KINDS))
    misses += (await missed(kind, make)).length;
  const total = Object.keys(SECRET_KINDS).length * SAMPLES;
  console.info(`secrets found: ${total - misses} of ${total}`);
  expect(misses / total).toBeLessThan(0.05);
});

test('of 1,000 ordinary snippets fewer than 10 are asked about', async () => {
  const asked: string[] = [];
  for (const text of ordinarySnippets(1000)) {
    const found = await scanSecrets(text);
    if (found.length > 0) {
      asked.push(
        ...found.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end).slice(0, 80)}`),
      );
    }
  }
  console.info(`ordinary snippets asked about: ${asked.length} of 1000`);
  expect(asked.length, asked.join('\n')).toBeLessThan(10);
});

test('once masked, nothing of a find is left, and the rest is', async () => {
  for (const [kind, make] of Object.entries(SECRET_KINDS)) {
    const random = seeded(kind.length);
    for (let sample = 0; sample < 10; sample++) {
      const text = `before\n${inContext(random, make(random))}\nafter`;
      const found = await scanSecrets(text);
      if (found.length === 0) continue;
      const masked = maskSecrets(text, found);
      expect(await scanSecrets(masked), `${kind}: ${masked}`).toEqual([]);
      expect(masked).toMatch(/^before\n[\s\S]*hidden\][\s\S]*\nafter$/);
      for (const { start, end } of found) expect(masked).not.toContain(text.slice(start, end));
    }
  }
});

test('a text cannot switch the scan off with a remark', async () => {
  const token = `ghp_${'aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0zAbCdE'}`;
  const text = `/* secretlint-disable */\n// secretlint-disable-next-line\n${token}\n`;
  expect(await scanSecrets(text)).toMatchObject([{ kind: 'github-token' }]);
});

test('finds are named and placed', async () => {
  const text = 'mine: AKIAQ4RXW2LHTZ7M5NPD, and DB\nDB_PASSWORD="Tiger-7-amber"\n';
  const found = await scanSecrets(text);
  expect(found.map(({ label, start, end }) => [label, text.slice(start, end)])).toEqual([
    ['AWS access key id', 'AKIAQ4RXW2LHTZ7M5NPD'],
    ['password', 'Tiger-7-amber'],
  ]);
});

test('a kind that was remembered has its name, also one that is new to us', () => {
  expect(labelOfKind('github-token')).toBe('GitHub token');
  expect(labelOfKind('aws-key-id')).toBe('AWS access key id');
  expect(labelOfKind('some-new-rule')).toBe('some new rule credential');
});

const JWT_IO =
  'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';
const RFC_8410 =
  '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n';

/** As the documentation of their makers prints them. */
const PUBLISHED = [
  'AKIAIOSFODNN7EXAMPLE',
  'AKIAI44QH8DHBEXAMPLE',
  'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  'export AWS_SECRET_ACCESS_KEY=je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  '{"SecretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}',
  'curl https://api.stripe.com/v1/charges -u sk_test_4eC39HqLyjWDarjtT1zdp7dc:',
  "const stripe = require('stripe')('sk_test_BQokikJOvBiI2HlWgH4olfQ2');",
  'gho_16C7e42F292c6912E7710c838347Ae178B4a',
  'GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
  'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgy',
  'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
  "'mapsApiKey': 'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY'",
  'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;',
  'https://api.telegram.org/bot110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/getMe',
  'Authorization: Bot MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs',
  `Authorization: Bearer ${JWT_IO}`,
  RFC_8410,
  JSON.stringify({ private_key: RFC_8410 }),
];

test.each(PUBLISHED)('the published sample %j is not asked about', async (text) => {
  expect(await scanSecrets(text)).toEqual([]);
});

test('a real key beside a sample is found, and only that one', async () => {
  const random = seeded(11);
  for (const [kind, make] of Object.entries(SECRET_KINDS)) {
    const secret = make(random);
    const alone = await scanSecrets(secret);
    for (const sample of PUBLISHED) {
      const found = await scanSecrets(`${sample}\n\n${secret}`);
      expect(found.length, `${kind} beside ${sample}`).toBe(alone.length);
    }
  }
});

test.each([
  // One character more, less, or other than in the sample.
  'AKIAIOSFODNN7EXAMPLF',
  'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEZ',
  'sk_test_4eC39HqLyjWDarjtT1zdp7dd',
  'gho_16C7e42F292c6912E7710c838347Ae178B4b',
  'xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcBrzbqgz',
  'AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWZ',
  RFC_8410.replace('INTuctv5', 'INTuctv6'),
  'DB_PASSWORD=aaaaaaaaaaaaaaaaaaaa1A',
])('%j is no sample: it is asked about', async (text) => {
  expect(await scanSecrets(text)).not.toEqual([]);
});
