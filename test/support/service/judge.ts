import {
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';

/** Keys of objects and of unfinished uploads below a prefix, as Amazon's own client sees them. */
export async function listKeys(
  judge: S3Client,
  bucket: string,
  prefix: string,
): Promise<readonly string[]> {
  const names = { Bucket: bucket, Prefix: prefix };
  const objects = await judge.send(new ListObjectsV2Command(names));
  const uploads = await judge.send(new ListMultipartUploadsCommand(names));
  return [...(objects.Contents ?? []), ...(uploads.Uploads ?? [])].map(({ Key = '' }) => Key);
}
