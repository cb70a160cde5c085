import { randomBytes } from 'node:crypto';
import { S3Client as AwsClient, CreateBucketCommand } from '@aws-sdk/client-s3';
import type { S3Location } from '../../../main/server/store/blobs/s3-location.ts';
import type { Ceph } from './ceph.ts';

/** What is known of a running Ceph. */
export type CephAccess = Pick<Ceph, 'endpoint' | 'accessKeyId' | 'secretAccessKey' | 'config'>;

export interface TestBucket {
  readonly location: S3Location;
  /** Amazon's own client: what we write it reads, and the other way round. */
  readonly judge: AwsClient;
}

/** Creates a bucket. */
export async function newBucket({
  endpoint,
  accessKeyId,
  secretAccessKey,
}: CephAccess): Promise<TestBucket> {
  const credentials = { accessKeyId, secretAccessKey };
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  const region = 'us-east-1';
  const judge = new AwsClient({
    endpoint,
    region,
    forcePathStyle: true,
    credentials,
    // Ceph 16 rejects the trailing checksums of streams.
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  await judge.send(new CreateBucketCommand({ Bucket: bucket }));
  return { judge, location: { endpoint, ...credentials, region, bucket, prefix: 'team/' } };
}
