import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import {
  InvalidS3LocationError,
  isPlainOverNetwork,
  s3LocationFrom,
} from '../../../../../main/server/store/blobs/s3-location.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'an-id', AWS_SECRET_ACCESS_KEY: 'a-secret' };

test('a bucket, with prefix, endpoint and region', () => {
  const url = 's3://my-bucket/a/b?endpoint=https://s3.example.com:8443/x/&region=eu-central-1';
  expect(s3LocationFrom(url, KEYS)).toEqual({
    endpoint: 'https://s3.example.com:8443/x',
    region: 'eu-central-1',
    bucket: 'my-bucket',
    prefix: 'a/b/',
    accessKeyId: 'an-id',
    secretAccessKey: 'a-secret',
  });
});

test("without an endpoint it is Amazon's of the region", () => {
  expect(s3LocationFrom('s3://bucket?region=eu-west-1', KEYS)).toMatchObject({
    endpoint: 'https://s3.eu-west-1.amazonaws.com',
    prefix: '',
  });
});

test('the access key can be in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linkify-keys-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'id'), 'from-file\n');
  writeFileSync(join(folder, 'secret'), 'also-from-file');
  const env = {
    AWS_ACCESS_KEY_ID_FILE: join(folder, 'id'),
    AWS_SECRET_ACCESS_KEY_FILE: join(folder, 'secret'),
  };
  expect(s3LocationFrom('s3://bucket', env)).toMatchObject({
    accessKeyId: 'from-file',
    secretAccessKey: 'also-from-file',
  });
  expect(() =>
    s3LocationFrom('s3://bucket', { ...env, AWS_ACCESS_KEY_ID_FILE: join(folder, 'none') }),
  ).toThrow(InvalidS3LocationError);
});

test.each([
  's3://',
  's3://UPPER',
  's3://bucket/../other',
  's3://bucket/a//b',
  's3://user:secret@bucket',
  's3://bucket?endpoint=ftp://host',
  's3://bucket?endpoint=https://user:secret@host',
  's3://bucket?region=a b',
  's3://bucket?token=x',
  'https://bucket',
  'bucket',
])('no bucket: %s', (url) => {
  // A URL's `..` is resolved before: it stays below the bucket.
  if (url.includes('..')) expect(s3LocationFrom(url, KEYS).prefix).toBe('other/');
  else expect(() => s3LocationFrom(url, KEYS)).toThrow(InvalidS3LocationError);
});

test('a temporary or missing access key is refused', () => {
  const temporary = { ...KEYS, AWS_SESSION_TOKEN: 'x' };
  expect(() => s3LocationFrom('s3://bucket', temporary)).toThrow(InvalidS3LocationError);
  expect(() => s3LocationFrom('s3://bucket', {})).toThrow(InvalidS3LocationError);
});

test('no text makes another error, or quotes the secret', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.webUrl(),
        fc.string().map((text) => `s3://${text}`),
      ),
      (url) => {
        try {
          expect(s3LocationFrom(url, KEYS).bucket).toMatch(/^[a-z0-9.-]+$/);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidS3LocationError);
          expect(String(error)).not.toContain('a-secret');
        }
      },
    ),
  );
});

test.each([
  ['https://host', false],
  ['http://127.0.0.1:7480', false],
  ['http://localhost', false],
  ['http://10.0.0.1', true],
  ['http://127.0.0.1.example.com', true],
])('%s sends contents over a network as they are: %s', (endpoint, isPlain) => {
  expect(isPlainOverNetwork({ endpoint })).toBe(isPlain);
});
