import { expect, test } from 'vitest';
import { cliOptions, UsageError } from '../../../main/server/cli-options.ts';

test('a flag wins over its variable, and the variable over the default', () => {
  const env = { LINKIFY_PORT: '4100', LINKIFY_DATA: '/srv/linkify', LINKIFY_DAYS: 'never' };
  expect(cliOptions(['--port', '4200'], env)).toEqual({
    dataDir: '/srv/linkify',
    apiPort: 4200,
    pagesPort: 0,
    reach: 'network',
    defaultLifeMs: null,
  });
  expect(cliOptions(['--data', 'x', '--days', '1', '--loopback', '--quota-mb', '5'], {})).toEqual({
    dataDir: 'x',
    apiPort: 0,
    pagesPort: 0,
    reach: 'loopback',
    defaultLifeMs: 86_400_000,
    quotaBytes: 5_000_000,
  });
});

test('proxies are addresses and networks', () => {
  const args = ['--data', 'x', '--public-url', 'https://a.test'];
  expect(cliOptions([...args, '--trust-proxy', '10.1.0.0/16, fd00::5'], {})).toMatchObject({
    publicBaseUrl: 'https://a.test',
    trustedProxies: ['10.1.0.0/16', 'fd00::5'],
  });
});

test('links can carry the address of another network, or a name', () => {
  expect(cliOptions(['--data', 'x', '--interface', 'eth0'], {})).toMatchObject({
    networkInterface: 'eth0',
  });
});

test('pages can be asked for by other names', () => {
  const args = ['--data', 'x', '--host', 'PC.example.com', '--host', 'a.test,b.test'];
  expect(cliOptions(args, { LINKIFY_HOSTS: 'c.test' })).toMatchObject({
    hostNames: ['pc.example.com', 'a.test', 'b.test'],
  });
  expect(cliOptions(['--data', 'x'], { LINKIFY_HOSTS: 'c.test, d.test' })).toMatchObject({
    hostNames: ['c.test', 'd.test'],
  });
});

test('larger contents can be in a bucket, if its access key is known', () => {
  const args = ['--data', 'x', '--check', '--blobs', 's3://bucket?region=eu-west-1'];
  const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(cliOptions(args, keys)).toMatchObject({ check: true, blobs: { bucket: 'bucket' } });
  expect(() => cliOptions(args, {})).toThrow(UsageError);
  // More than a bucket takes.
  expect(() => cliOptions([...args, '--max-file-mb', '60000'], keys)).toThrow(UsageError);
});

test('the API has a public URL only with TLS, behind proxies that are named', () => {
  const args = ['--data', 'x', '--public-url', 'https://a.test', '--trust-proxy', '10.0.0.1'];
  const url = 'https://a.test/api';
  expect(cliOptions([...args, '--api-public', url], {})).toMatchObject({
    publicApi: { baseUrl: url, proxies: ['10.0.0.1'] },
  });
  expect(() => cliOptions([...args, '--api-public', 'http://a.test'], {})).toThrow(UsageError);
  expect(() => cliOptions(['--data', 'x', '--api-public', url], {})).toThrow(UsageError);
});

test('help asks for nothing', () => {
  expect(cliOptions(['--help'], {})).toBeUndefined();
});

test.each([
  [[]],
  [['--data', 'x', '--port', 'http']],
  [['--data', 'x', '--port', '65536']],
  [['--data', 'x', '--token', 'short']],
  [['--data', 'x', '--days', '-1']],
  [['--data', 'x', '--quota-mb', 'much']],
  [['--data', 'x', '--public-url', 'ftp://a']],
  [['--data', 'x', '--public-url', 'javascript:alert(1)']],
  [['--data', 'x', '--public-url', 'https://somebody:secret@a.test']],
  [['--data', 'x', '--public-url', 'https://a.test/links?x']],
  [['--data', 'x', '--trust-proxy', '10.0.0.1']],
  [['--data', 'x', '--public-url', 'https://a.test', '--trust-proxy', 'proxy.test']],
  [['--data', 'x', '--public-url', 'https://a.test', '--trust-proxy', '10.0.0.0/40']],
  [['--data', 'x', '--host', '*']],
  [['--data', 'x', '--host', 'http://a.test']],
  [['--data', 'x', '--host', '']],
  [['--data', 'x', '--unknown']],
  [['--data', 'x', 'stray']],
])('%j is refused with a sentence', (args) => {
  expect(() => cliOptions(args, {})).toThrow(UsageError);
});
