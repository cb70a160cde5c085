import { Readable } from 'node:stream';
import { uniqueName } from '../../../files/file-names.ts';
import type { ByteRange } from '../../store/blobs/blobs.ts';
import type { AssetRecord } from '../../store/model.ts';
import type { ShareStore } from '../../store/share-store.ts';
import { createTaskQueue } from '../../task-queue.ts';
import { fileNameOf } from '../content/names.ts';
import { entityTag, type Validators } from './conditions.ts';

/** All of a collection as one archive. */
export interface Archive {
  readonly sizeBytes: number;
  readonly validators: Validators;
  /** @param reader whoever it is for; once it is destroyed nothing more is read */
  open(reader: { readonly destroyed: boolean }, range?: ByteRange): Promise<Readable>;
}

/** Archives of which a part is skipped, one at a time: it is read at the disk's pace, not the reader's. */
const skipping = createTaskQueue();

/** Beyond it the library expects a longer record at the end (ZIP64) than it writes unasked. In bytes. */
const PLAIN_DIRECTORY_BYTES = 0xffff;
/** Of an entry in the directory at the end, besides its name; in bytes, at most. */
const DIRECTORY_ENTRY_BYTES = 46 + 9 + 28;

/**
 * All of a collection as one archive, made while it is sent. Names are cleaned and made unique;
 * contents are stored as they are, so that it costs no time and its size is known before.
 */
export async function zipOf(
  assets: readonly AssetRecord[],
  store: Pick<ShareStore, 'open'>,
): Promise<Archive> {
  const { default: yazl } = await import('yazl');
  const names = new Map<string, number>();
  const entries = assets.map((asset) => ({ name: uniqueName(fileNameOf(asset), names), asset }));
  const directoryBytes = entries.reduce(
    (sum, { name }) => sum + DIRECTORY_ENTRY_BYTES + Buffer.byteLength(name),
    0,
  );

  /** An archive whose contents come from `provide`, and its size in bytes. */
  function build(provide: (asset: AssetRecord, zip: ZipFile, give: Give) => void) {
    const zip = new yazl.ZipFile();
    for (const { name, asset } of entries) {
      const mtime = new Date(asset.createdAtMs);
      const options = { compress: false, mtime, size: asset.sizeBytes };
      zip.addReadStreamLazy(name, options, (give) => provide(asset, zip, give));
    }
    let sizeBytes = 0;
    const known = (size: number): void => {
      sizeBytes = size;
    };
    // Called within `end`, for all sizes are known; its type leaves the argument out.
    const forceZip64Format = directoryBytes >= PLAIN_DIRECTORY_BYTES;
    zip.end({ forceZip64Format, comment: '' }, known as () => void);
    return { zip, sizeBytes };
  }

  function stream(): Readable {
    let underWay: Readable | undefined;
    const { zip } = build((asset, archive, give) => {
      store.open(asset).then(
        (content) => {
          underWay = content;
          // The library does not pass on that reading failed.
          content.once('error', (error) => archive.emit('error', error));
          // Whoever asked left while it was being opened.
          if (bytes.destroyed) content.destroy();
          else give(null, content);
        },
        (error: unknown) => archive.emit('error', error),
      );
    });
    // yazl types its output as the older interface; it is a PassThrough.
    const bytes = zip.outputStream as Readable;
    zip.on('error', (error: Error) => bytes.destroy(error));
    // A visitor who leaves: the library would keep the file open that it was reading.
    bytes.once('close', () => underWay?.destroy());
    return bytes;
  }

  return {
    sizeBytes: build(() => {}).sizeBytes,
    validators: {
      etag: entityTag(
        // Times within are local ones.
        ...entries.map(({ name, asset }) => `${asset.id} ${name} ${new Date(asset.createdAtMs)}`),
      ),
    },
    async open(reader, range) {
      const whole = stream();
      return range === undefined ? whole : await partOf(whole, range, reader);
    },
  };
}

type ZipFile = InstanceType<typeof import('yazl').ZipFile>;

type Give = (error: null, content: Readable) => void;

/** A range of a stream: what comes before it is read and dropped. */
async function partOf(
  whole: Readable,
  { start, end }: ByteRange,
  reader: { readonly destroyed: boolean },
): Promise<Readable> {
  const chunks = whole.iterator() as AsyncIterableIterator<Buffer>;
  let at = 0;
  const next = async (): Promise<Buffer | undefined> => {
    const { done, value } = await chunks.next();
    if (done) return undefined;
    const from = Math.max(0, start - at);
    const to = end + 1 - at;
    at += value.length;
    return value.subarray(from, Math.max(0, to));
  };
  const first = await skipping(async () => {
    let piece = await next();
    while (piece?.length === 0 && !reader.destroyed) piece = await next();
    return piece;
  });
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let piece = first; piece !== undefined; piece = at > end ? undefined : await next()) {
      if (piece.length > 0) yield piece;
    }
  }
  const part = Readable.from(pieces(), { objectMode: false });
  part.once('close', () => whole.destroy());
  return part;
}
