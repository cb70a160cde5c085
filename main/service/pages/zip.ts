import type { Readable } from 'node:stream';
import { uniqueName } from '../../file-names.ts';
import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { fileNameOf } from './names.ts';

/**
 * All of a collection as one archive, made while it is sent. Names are cleaned and made unique;
 * contents are stored as they are, so that it costs no time.
 */
export async function zipOf(
  assets: readonly AssetRecord[],
  store: Pick<ShareStore, 'open'>,
): Promise<Readable> {
  const { default: yazl } = await import('yazl');
  const zip = new yazl.ZipFile();
  const names = new Map<string, number>();
  // yazl types its output as the older interface; it is a PassThrough.
  const stream = zip.outputStream as Readable;
  let underWay: Readable | undefined;
  for (const asset of assets) {
    const name = uniqueName(fileNameOf(asset), names);
    zip.addReadStreamLazy(
      name,
      { compress: false, mtime: new Date(asset.createdAtMs), size: asset.sizeBytes },
      (give) => {
        store.open(asset).then(
          (content) => {
            underWay = content;
            // Whoever asked left while it was being opened.
            if (stream.destroyed) content.destroy();
            else give(null, content);
          },
          (error: unknown) => zip.emit('error', error),
        );
      },
    );
  }
  zip.end();
  zip.on('error', (error: Error) => stream.destroy(error));
  // A visitor who leaves: the library would keep the file open that it was reading.
  stream.once('close', () => underWay?.destroy());
  return stream;
}
