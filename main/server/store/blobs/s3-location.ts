import { readFileSync } from 'node:fs';

/** Where the contents are, and with which access key. */
export interface S3Location {
  /** `http` or `https`, without the bucket and without a slash at the end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** What all keys begin with: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * The size of a part of an upload, in bytes: the least that S3 allows. An upload holds two of them,
 * the one that is being sent and the one that is being received.
 */
export const PART_BYTES = 5 * 1024 * 1024;

/** The largest content: 10,000 parts (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
export const MAX_S3_BYTES = 10_000 * PART_BYTES;

/** What is wrong with a location or its access key, in words. Never quotes a key. */
export class InvalidS3LocationError extends Error {
  override readonly name = 'InvalidS3LocationError';
}

type Env = Readonly<Record<string, string | undefined>>;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^[\w.-]+(?:\/[\w.-]+)*$/;
const REGION = /^[\w-]{1,64}$/;
const DEFAULT_REGION = 'us-east-1';

/**
 * Reads `s3://bucket/prefix?endpoint=https://s3.example.com&region=eu-central-1`. Without an endpoint
 * it is Amazon's of the region. The access key is in `AWS_ACCESS_KEY_ID` and
 * `AWS_SECRET_ACCESS_KEY`, or in files that are named by the same variables with `_FILE` at the end.
 * @throws InvalidS3LocationError
 */
export function s3LocationFrom(text: string, env: Env): S3Location {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 's3:' || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw new InvalidS3LocationError(
      'It must be like s3://BUCKET/PREFIX?endpoint=https://HOST&region=REGION, without access keys.',
    );
  }
  const unknown = [...url.searchParams.keys()].find((name) => !/^(endpoint|region)$/.test(name));
  if (unknown !== undefined) throw new InvalidS3LocationError(`Unknown parameter: "${unknown}".`);
  const bucket = url.host;
  if (!BUCKET.test(bucket)) throw new InvalidS3LocationError(`Invalid bucket name: "${bucket}".`);
  const prefix = url.pathname.replace(/^\/|\/$/g, '');
  if (prefix !== '' && (!PREFIX.test(prefix) || prefix.length > 200)) {
    throw new InvalidS3LocationError(`Invalid prefix: "${prefix}".`);
  }
  const region = url.searchParams.get('region') ?? DEFAULT_REGION;
  if (!REGION.test(region)) throw new InvalidS3LocationError(`Invalid region: "${region}".`);
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`;
  if (env.AWS_SESSION_TOKEN) {
    throw new InvalidS3LocationError(
      'Temporary access keys (AWS_SESSION_TOKEN) are not supported. Create a permanent one.',
    );
  }
  return {
    endpoint: httpUrl(endpoint),
    region,
    bucket,
    prefix: prefix === '' ? '' : `${prefix}/`,
    accessKeyId: secret('AWS_ACCESS_KEY_ID', env),
    secretAccessKey: secret('AWS_SECRET_ACCESS_KEY', env),
  };
}

/** Whether content crosses a network unencrypted on its way to the store. */
export function isPlainOverNetwork({ endpoint }: Pick<S3Location, 'endpoint'>): boolean {
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'http:' && !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function httpUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && !url.search && !url.hash && !url.username && !url.password;
  if (!isPlain || !/^https?:$/.test(url.protocol)) {
    throw new InvalidS3LocationError('The endpoint must be an http or https URL.');
  }
  return url.href.replace(/\/$/, '');
}

function secret(name: string, env: Env): string {
  const path = env[`${name}_FILE`];
  const value = env[name] ?? (path ? readSecret(name, path) : '');
  if (!/^[\x21-\x7e]{1,512}$/.test(value)) {
    throw new InvalidS3LocationError(`${name} or ${name}_FILE must be set.`);
  }
  return value;
}

function readSecret(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new InvalidS3LocationError(`Can't read the file of ${name}_FILE: ${path}`, { cause });
  }
}
