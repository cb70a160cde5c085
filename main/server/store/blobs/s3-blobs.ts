import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3mini } from 's3mini';
import * as v from 'valibot';
import { type BlobInfo, type Blobs, BlobsUnavailableError, type ByteRange } from './blobs.ts';
import { BrokenResponseError, S3Client, s3ErrorCode } from './s3-client.ts';
import { PART_BYTES, type S3Location } from './s3-location.ts';

/** A server that sends nothing of a content for this long is asked again for the rest, in ms. */
const IDLE_MS = 30_000;

/** So often in a row a content's rest is asked for without a byte of it. */
const RESUMES = 3;

/** A sweep leaves younger blobs alone, in ms: their upload may not be in the catalog yet. */
const SPARED_MS = 60 * 60 * 1_000;
/** A blob without a row is looked up again after this, in ms. */
const SWEEP_DELAY_MS = 10 * 60 * 1_000;
/** An upload that began so long ago is aborted, in ms: none takes a day. */
const UNFINISHED_MS = 24 * 60 * 60 * 1_000;

const LIST_SIZE = 1_000;
const KEY = /^[0-9a-f]{32}$/;

type Part = Awaited<ReturnType<S3mini['uploadPart']>>;

/** The bucket and prefix belong to another installation, whose contents a sweep would remove. */
export class ForeignBucketError extends Error {
  override readonly name = 'ForeignBucketError';
}

interface S3BlobsOptions {
  /** The id of this installation. */
  readonly installation: string;
  readonly sparedMs?: number;
  readonly sweepDelayMs?: number;
  readonly unfinishedMs?: number;
}

/**
 * Blobs in a bucket: `PREFIXblobs/KEY`, each under a random key of its own. Objects appear whole or
 * not at all, so there is no temporary name. Needs of the server: PUT, GET with a range, HEAD,
 * DELETE, ListObjectsV2 and multipart uploads; no conditional writes, because servers differ there.
 */
export class S3Blobs implements Blobs {
  /** Some servers end a download when its object is deleted. */
  readonly readsAfterRemoval = false;
  readonly sweepDelayMs: number;
  readonly #s3: S3Client;
  readonly #installation: string;
  readonly #sparedMs: number;
  readonly #unfinishedMs: number;
  #owned: Promise<void> | undefined;

  constructor(location: S3Location, options: S3BlobsOptions) {
    this.#s3 = new S3Client(location);
    this.#installation = options.installation;
    this.#sparedMs = options.sparedMs ?? SPARED_MS;
    this.sweepDelayMs = options.sweepDelayMs ?? SWEEP_DELAY_MS;
    this.#unfinishedMs = options.unfinishedMs ?? UNFINISHED_MS;
  }

  /**
   * Marks the prefix as this installation's, unless it is marked already.
   * @throws ForeignBucketError when it is another one's; BlobsUnavailableError
   */
  async own(): Promise<void> {
    this.#owned ??= this.#markOwner();
    this.#owned.catch(() => {
      this.#owned = undefined;
    });
    await this.#owned;
  }

  async put(...[content, claim]: Parameters<Blobs['put']>): Promise<BlobInfo> {
    await this.own();
    const key = randomBytes(16).toString('hex');
    await claim?.(key);
    return { key, sizeBytes: await this.#upload(this.#pathOf(key), content) };
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    const path = this.#pathOf(key);
    const download = await this.#download(path, range);
    const reading = { reader: download.reader, isStopped: false };
    const stream = Readable.from(this.#resuming(path, download, reading), { objectMode: false });
    stream.once('close', () => {
      reading.isStopped = true;
      void reading.reader.cancel().catch(() => undefined);
    });
    return stream;
  }

  async remove(key: string): Promise<void> {
    await this.#s3.call((s3) => s3.deleteObject(this.#pathOf(key))).catch(unlessMissing);
  }

  async *list() {
    await this.own();
    const folder = this.#pathOf('');
    let token: string | undefined;
    do {
      const page = await this.#s3.call((s3) => s3.listObjectsPaged('/', folder, LIST_SIZE, token));
      if (page == null) throw new BlobsUnavailableError('NoSuchBucket');
      // By the server's clock: ours may be wrong.
      const before = this.#s3.nowMs() - this.#sparedMs;
      for (const object of v.parse(objectsSchema, page.objects ?? [])) {
        const key = object.Key.slice(folder.length);
        if (KEY.test(key) && object.LastModified.getTime() <= before) yield key;
      }
      token = page.nextContinuationToken;
    } while (token !== undefined);
  }

  async removeUnfinished(): Promise<void> {
    await this.own();
    const prefix = this.#pathOf('');
    // Those that were aborted are not listed again; what is left after a page is for the next sweep.
    const listed = await this.#s3.call((s3) =>
      s3.listMultipartUploads('/', prefix, 'GET', { prefix }),
    );
    const before = this.#s3.nowMs() - this.#unfinishedMs;
    for (const { Key, UploadId, Initiated } of uploadsIn(listed)) {
      if (Key.startsWith(prefix) && Date.parse(Initiated) <= before)
        await this.#abort(Key, UploadId);
    }
  }

  #pathOf(key: string): string {
    return `${this.#s3.prefix}blobs/${key}`;
  }

  async #markOwner(): Promise<void> {
    const path = `${this.#s3.prefix}installation`;
    const read = (): Promise<string | undefined> =>
      this.#s3.call(async (s3) => (await s3.getObjectRaw(path)).text()).catch(unlessMissing);
    let owner = await read();
    if (owner === undefined) {
      const bytes = Buffer.from(this.#installation);
      await this.#s3.call((s3) => s3.putObject(path, bytes, 'text/plain'));
      // Another installation may have done the same.
      owner = await read();
    }
    if (owner === this.#installation) return;
    throw new ForeignBucketError(
      'The bucket has contents of another installation. Choose another bucket or prefix.',
    );
  }

  /** @returns its size, in bytes */
  async #upload(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<number> {
    const parts = partsOf(content);
    const first = (await parts.next()).value ?? Buffer.alloc(0);
    if (first.byteLength < PART_BYTES) {
      await this.#s3.call((s3) => s3.putObject(path, first));
      return first.byteLength;
    }
    const uploadId = await this.#s3.call((s3) => s3.getMultipartUploadId(path));
    try {
      return await this.#uploadParts(path, uploadId, first, parts);
    } catch (error) {
      // What can't be aborted now is aborted by a sweep, or by the bucket's lifecycle rule.
      await this.#abort(path, uploadId).catch(() => undefined);
      throw error;
    }
  }

  async #uploadParts(
    path: string,
    uploadId: string,
    first: Buffer,
    rest: AsyncIterable<Buffer>,
  ): Promise<number> {
    const done: Part[] = [];
    let sizeBytes = first.byteLength;
    const send = (bytes: Buffer, number: number): Promise<Part> => {
      const sending = this.#s3.call((s3) => s3.uploadPart(path, uploadId, bytes, number));
      // A failure is thrown where it is waited for, which may be much later.
      sending.catch(() => undefined);
      return sending;
    };
    let sending = send(first, 1);
    try {
      for await (const bytes of rest) {
        done.push(await sending);
        sizeBytes += bytes.byteLength;
        sending = send(bytes, done.length + 1);
      }
    } finally {
      // A part that arrived after an abort would stay.
      await sending.catch(() => undefined);
    }
    done.push(await sending);
    await this.#complete(path, uploadId, done, sizeBytes);
    return sizeBytes;
  }

  async #complete(path: string, uploadId: string, parts: Part[], sizeBytes: number): Promise<void> {
    try {
      await this.#s3.call(async (s3) => {
        const { etag } = await s3.completeMultipartUpload(path, uploadId, parts);
        // S3 begins its response before it knows whether it succeeds.
        if (!etag) throw new BrokenResponseError('not completed');
      });
    } catch (error) {
      // A repeated call finds no upload if the first one succeeded, and its response was lost.
      if (s3ErrorCode(error) !== 'NoSuchUpload') throw error;
      const stored = await this.#s3.call((s3) => s3.getContentLength(path)).catch(() => undefined);
      if (stored !== sizeBytes) throw error;
    }
  }

  async #abort(path: string, uploadId: string): Promise<void> {
    await this.#s3
      .call((s3) => s3.abortMultipartUpload(path, uploadId))
      .catch((error: unknown) => {
        if (s3ErrorCode(error) !== 'NoSuchUpload') throw error;
      });
  }

  /** Begins a download. */
  async #download(path: string, range?: ByteRange): Promise<Download> {
    return await this.#s3.call(async (s3) => {
      const response =
        range === undefined
          ? await s3.getObjectRaw(path)
          : await s3.getObjectRaw(path, false, range.start, range.end + 1);
      const sizeBytes = Number(response.headers.get('content-length'));
      const expected = range === undefined ? sizeBytes : range.end - range.start + 1;
      const isAsAsked =
        response.headers.has('content-length') &&
        sizeBytes === expected &&
        response.status === (range === undefined ? 200 : 206);
      if (response.body === null || !isAsAsked) {
        await response.body?.cancel();
        throw new BrokenResponseError('another range than was asked for');
      }
      return { reader: response.body.getReader(), start: range?.start ?? 0, sizeBytes };
    });
  }

  /** The bytes of a download; when it breaks off, the rest is asked for. */
  async *#resuming(
    path: string,
    { start, sizeBytes }: Download,
    reading: { reader: Download['reader']; isStopped: boolean },
  ): AsyncGenerator<Uint8Array> {
    let received = 0;
    let failures = 0;
    while (received < sizeBytes) {
      const chunk = await readWithin(reading.reader, IDLE_MS).catch(() => undefined);
      if (reading.isStopped) return;
      if (chunk !== undefined) {
        received += chunk.byteLength;
        failures = 0;
        yield chunk;
        continue;
      }
      void reading.reader.cancel().catch(() => undefined);
      if (++failures > RESUMES) throw new BlobsUnavailableError('download broke off');
      const range = { start: start + received, end: start + sizeBytes - 1 };
      reading.reader = (await this.#download(path, range)).reader;
    }
  }
}

interface Download {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Of its first byte in the object. */
  readonly start: number;
  readonly sizeBytes: number;
}

const objectsSchema = v.array(v.object({ Key: v.string(), LastModified: v.date() }));

const uploadSchema = v.object({ Key: v.string(), UploadId: v.string(), Initiated: v.string() });
const uploadsSchema = v.object({
  ListMultipartUploadsResult: v.object({
    Upload: v.optional(v.union([v.array(uploadSchema), uploadSchema]), []),
  }),
});

function uploadsIn(listed: unknown): readonly v.InferOutput<typeof uploadSchema>[] {
  const { Upload } = v.parse(uploadsSchema, listed).ListMultipartUploadsResult;
  return [Upload].flat();
}

function unlessMissing(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

/** The next chunk; `undefined` at the end. Rejects after this time without one, in ms. */
async function readWithin(reader: Download['reader'], ms: number): Promise<Uint8Array | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('idle')), ms);
  });
  try {
    return (await Promise.race([reader.read(), idle])).value;
  } finally {
    clearTimeout(timer);
  }
}

/** The content in parts of `PART_BYTES`; the last one may be smaller. */
async function* partsOf(
  content: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer, undefined> {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    let rest = chunk;
    while (bytes + rest.byteLength >= PART_BYTES) {
      const end = PART_BYTES - bytes;
      yield Buffer.concat([...chunks, rest.subarray(0, end)], PART_BYTES);
      chunks = [];
      bytes = 0;
      rest = rest.subarray(end);
    }
    chunks.push(rest);
    bytes += rest.byteLength;
  }
  if (bytes > 0) yield Buffer.concat(chunks, bytes);
  return undefined;
}
