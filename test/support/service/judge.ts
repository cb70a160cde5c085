import {
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';

/** Keys of objects and of unfinished uploads below a prefix, as Amazon's own client sees them. */
export async function listKeys(
  judge: S3Client,
  bucket: string,
  prefix: string,
): Promise<readonly string[]> {
  const names = { Bucket: bucket, Prefix: prefix };
  const keys: string[] = [];
  // At most 1,000 come at once.
  for await (const { Contents = [] } of paginateListObjectsV2({ client: judge }, names)) {
    keys.push(...Contents.map(({ Key = '' }) => Key));
  }
  const uploads = await judge.send(new ListMultipartUploadsCommand(names));
  return [...keys, ...(uploads.Uploads ?? []).map(({ Key = '' }) => Key)];
}
