import { randomBytes, randomUUID } from 'node:crypto';
import { S3Client as AwsClient, CreateBucketCommand } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import type { S3Location } from '../../../main/server/store/blobs/s3-location.ts';

/** What a test of S3 needs, or why it is skipped. */
export type TestCeph =
  | { readonly kind: 'running'; newBucket(): Promise<TestBucket> }
  | { readonly kind: 'missing'; readonly reason: string };

export interface TestBucket {
  readonly location: S3Location;
  /** Amazon's own client: what we write it reads, and the other way round. */
  readonly judge: AwsClient;
}

/** The Ceph of this test run; waits for its start. */
export async function cephForTests(): Promise<TestCeph> {
  const response = await fetch(inject('cephUrl'));
  const text = await response.text();
  if (response.status === 501) return { kind: 'missing', reason: text };
  if (!response.ok) throw new Error(text);
  const access = JSON.parse(text) as Pick<
    S3Location,
    'endpoint' | 'accessKeyId' | 'secretAccessKey'
  >;
  return {
    kind: 'running',
    async newBucket() {
      const bucket = `test-${randomBytes(6).toString('hex')}`;
      const judge = new AwsClient({
        endpoint: access.endpoint,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: access,
        // Ceph 16 rejects the trailing checksums of streams.
        requestChecksumCalculation: 'WHEN_REQUIRED',
      });
      await judge.send(new CreateBucketCommand({ Bucket: bucket }));
      return { judge, location: { ...access, region: 'us-east-1', bucket, prefix: 'team/' } };
    },
  };
}

/** An id of an installation. */
export const newInstallation = (): string => randomUUID();
