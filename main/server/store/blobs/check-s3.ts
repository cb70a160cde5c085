import { randomBytes } from 'node:crypto';
import { type Check, CheckError } from '../../check.ts';
import { S3Client, s3ErrorCode } from './s3-client.ts';
import type { S3Location } from './s3-location.ts';

const SIZE = 1_000;

/** Checks of a bucket: what the server does with contents, with a small object that is removed again. */
export function s3Checks(location: S3Location): readonly Check[] {
  const s3 = new S3Client(location);
  const path = `${location.prefix}check/${randomBytes(8).toString('hex')}`;
  const bytes = randomBytes(SIZE);
  const remove = (): Promise<unknown> => s3.call((client) => client.deleteObject(path));
  let isWritten = false;
  const check = (name: string, run: () => Promise<void>): Check => ({
    name: `contents: ${name}`,
    run: () =>
      run().catch(async (error: unknown) => {
        // The checks end here.
        if (isWritten) await remove().catch(() => undefined);
        if (error instanceof CheckError) throw error;
        throw new CheckError(explain(error, location), { cause: error });
      }),
  });
  return [
    check(`write to ${location.bucket} at ${location.endpoint}`, async () => {
      await s3.call((client) => client.putObject(path, bytes));
      isWritten = true;
    }),
    check('read a range', async () => {
      const response = await s3.call((client) => client.getObjectRaw(path, false, 10, 20));
      const part = Buffer.from(await response.arrayBuffer());
      if (response.status === 206 && part.equals(bytes.subarray(10, 20))) return;
      throw new CheckError('The server ignores the Range header. Downloads could not be resumed.');
    }),
    check('upload in parts, and abort', async () => {
      const id = await s3.call((client) => client.getMultipartUploadId(path));
      await s3.call((client) => client.abortMultipartUpload(path, id));
    }),
    check('list', async () => {
      const page = await s3.call((client) => client.listObjectsPaged('/', path, 10));
      if (page?.objects?.some(({ Key }) => Key === path)) return;
      throw new CheckError('The list lacks an object that was written.');
    }),
    check('delete', async () => {
      await remove();
      const listed = await s3.call((client) => client.listObjectsPaged('/', path, 10));
      if (listed?.objects?.length) throw new CheckError('The object is still there.');
    }),
    check('clock', async () => {
      const seconds = Math.round(Math.abs(s3.nowMs() - Date.now()) / 1_000);
      if (seconds < 300) return;
      throw new CheckError(`The clocks differ by ${seconds} s. Set both by NTP.`);
    }),
  ];
}

/** What helps, by the code of S3 or of the connection. Never quotes an access key. */
function explain(error: unknown, { endpoint, bucket, region }: S3Location): string {
  const code = s3ErrorCode(error) ?? 'unknown';
  const help = EXPLANATIONS.find(([codes]) => codes.test(code))?.[1];
  if (help === undefined) return `The server responded with ${code}.`;
  return `${help({ host: new URL(endpoint).host, bucket, region })} (${code})`;
}

type Place = Readonly<Record<'host' | 'bucket' | 'region', string>>;

const EXPLANATIONS: readonly (readonly [codes: RegExp, help: (place: Place) => string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, ({ host }) => `The name of ${host} is unknown. Check "endpoint".`],
  [
    /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|UND_ERR_SOCKET)$/,
    ({ host }) => `Nothing accepts connections at ${host}. Check "endpoint", and that it runs.`,
  ],
  [
    /^(ETIMEDOUT|UND_ERR_\w*TIMEOUT)$/,
    ({ host }) => `${host} doesn't respond. Check "endpoint", and firewalls in between.`,
  ],
  [
    /CERT|SELF_SIGNED|^ERR_TLS|^ERR_SSL|UNABLE_TO_VERIFY/,
    ({ host }) =>
      `The certificate of ${host} isn't trusted. Set NODE_EXTRA_CA_CERTS to its authority's file.`,
  ],
  [/^InvalidAccessKeyId$/, () => 'The access key is unknown. Check AWS_ACCESS_KEY_ID.'],
  [
    /^SignatureDoesNotMatch$/,
    ({ region }) =>
      `The secret doesn't belong to the access key, or the region isn't ${region}. Check AWS_SECRET_ACCESS_KEY and "region".`,
  ],
  [/^RequestTimeTooSkewed$/, () => 'The clocks differ too much. Set both by NTP.'],
  [/^NoSuchBucket$/, ({ bucket }) => `There is no bucket "${bucket}". Create it.`],
  [
    /^(AccessDenied|HTTP 403)$/,
    ({ bucket }) =>
      `The access key lacks a permission. It needs to read, write, delete, and list objects of "${bucket}".`,
  ],
  [
    /^(PermanentRedirect|AuthorizationHeaderMalformed|HTTP 30\d|TemporaryRedirect)$/,
    ({ bucket }) => `The bucket "${bucket}" is in another region. Check "endpoint" and "region".`,
  ],
];
