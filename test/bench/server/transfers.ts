import { createHash, randomBytes } from 'node:crypto';
import { peakBytes, resetPeak } from '../../support/process-use.ts';
import { round } from '../statistics.ts';
import { compare, interleave, type Measured, type Row } from './interleave.ts';
import { type Bare, type Ours, pagesOf, startBare, startOurs, withFolder } from './subjects.ts';
import { type Transferred, transfer } from './transfer.ts';

export interface TransferPlan {
  readonly sizeBytes: number;
  readonly rounds: number;
}

const MB = 1_000_000;
const BLOCK_BYTES = 1024 * 1024;
/** Files of the collection that is downloaded as one archive. */
const COLLECTION = 4;
const RANGES = 16;

interface Sample {
  readonly mbPerSecond: number;
  /** Resident memory at most, over that at rest, in MB. */
  readonly peakMb: number;
}

/** Uploads and downloads of one large file, its ranges, and a collection as an archive. */
export async function measureTransfers({ sizeBytes, rounds }: TransferPlan): Promise<Measured> {
  return withFolder(async (folder) => {
    const ours = await startOurs();
    const bare = await startBare(folder);
    try {
      return { rows: await measure({ ours, bare, sizeBytes, rounds }) };
    } finally {
      await bare.end();
      await ours.end();
    }
  });
}

async function measure(
  setup: TransferPlan & { readonly ours: Ours; readonly bare: Bare },
): Promise<readonly Row[]> {
  const { ours, bare, sizeBytes, rounds } = setup;
  const { port } = await pagesOf(ours);
  const rest = { ours: restOf(ours.pid), bare: restOf(bare.pid) };
  const large = await shareFile(ours, sizeBytes, port);
  const collection = await shareCollection(ours, sizeBytes / COLLECTION);
  await transfer(bare.port, upload('/upload/large', sizeBytes));
  await transfer(bare.port, upload('/upload/part', sizeBytes / COLLECTION));
  const pages = Number(port);
  const length = Math.floor(sizeBytes / RANGES / 2);
  const ranges = (path: string) =>
    Array.from({ length: RANGES }, (_, index) => {
      const start = Math.floor((index * sizeBytes) / RANGES);
      return get(path, { range: `bytes=${start}-${start + length - 1}` });
    });
  const pairs = {
    upload: {
      against: 'bare handler: 1 MiB written and hashed at once, fsync, rename',
      ours: () => timedUpload(ours, rest.ours, sizeBytes),
      bare: () =>
        sample(rest.bare, sizeBytes, () => transfer(bare.port, upload('/upload/large', sizeBytes))),
    },
    download: {
      against: 'bare handler: 256 KiB read at once',
      ours: () => sample(rest.ours, sizeBytes, () => transfer(pages, get(`${large}/download`))),
      bare: () => sample(rest.bare, sizeBytes, () => transfer(bare.port, get('/file/large'))),
    },
    ranges: {
      against: 'bare handler: 256 KiB read at once',
      ours: () =>
        sample(rest.ours, length * RANGES, () => each(pages, ranges(`${large}/download`))),
      bare: () => sample(rest.bare, length * RANGES, () => each(bare.port, ranges('/file/large'))),
    },
    'zip of a collection': {
      against: 'bare handler: 256 KiB read at once, CRC-32',
      ours: () => sample(rest.ours, sizeBytes, () => transfer(pages, get(`${collection}/zip`))),
      bare: () =>
        sample(rest.bare, sizeBytes, () =>
          transfer(bare.port, get('/archive/part', { 'x-copies': String(COLLECTION) })),
        ),
    },
  };
  const rows: Row[] = [];
  for (const [name, pair] of Object.entries(pairs)) {
    const samples = await interleave(rounds, { bare: pair.bare, ours: pair.ours });
    const row = (what: string, of: (sample: Sample) => number, better: Row['better']): Row =>
      compare(
        { what: `${name} of ${sizeBytes / MB} MB, ${what}`, against: pair.against, better },
        samples.ours.map(of),
        samples.bare.map(of),
      );
    rows.push(row('MB/s', ({ mbPerSecond }) => mbPerSecond, 'higher'));
    rows.push(row('peak memory over rest, MB', ({ peakMb }) => peakMb, 'lower'));
  }
  return rows;
}

interface Rest {
  readonly pid: number;
  /** Resident, before its first transfer. */
  readonly bytes: number;
}

function restOf(pid: number): Rest {
  resetPeak(pid);
  return { pid, bytes: peakBytes(pid) };
}

async function sample(
  { pid, bytes: restBytes }: Rest,
  bytes: number,
  task: () => Promise<{ readonly ms: number }>,
): Promise<Sample> {
  resetPeak(pid);
  const { ms } = await task();
  return {
    mbPerSecond: round(bytes / MB / (ms / 1_000)),
    // A process that shrank meanwhile has no peak; 0 would make a ratio of nothing.
    peakMb: Math.max(0.1, round((peakBytes(pid) - restBytes) / MB)),
  };
}

/** Its file is deleted afterwards, so that the disk does not fill up. */
async function timedUpload(ours: Ours, rest: Rest, sizeBytes: number): Promise<Sample> {
  let answered = '';
  const measured = await sample(rest, sizeBytes, async () => {
    const sent = await transfer(ours.apiPort, ownUpload(ours, sizeBytes));
    answered = sent.text;
    return sent;
  });
  await ours.api.call('POST', `/assets/${JSON.parse(answered).id}/delete`);
  return measured;
}

/** One after another, as players and download managers ask for them. */
async function each(
  port: number,
  requests: readonly ReturnType<typeof get>[],
): Promise<{ readonly ms: number }> {
  let ms = 0;
  for (const request of requests) ms += (await transfer(port, request)).ms;
  return { ms };
}

/** @returns the path of a link to a file, which was downloaded once and has the bytes that were sent */
async function shareFile(ours: Ours, sizeBytes: number, port: string): Promise<string> {
  const sent = createHash('sha256');
  const request = ownUpload(ours, sizeBytes);
  const body = [...request.body];
  for (const block of body) sent.update(block);
  const path = await link(ours, [await transfer(ours.apiPort, { ...request, body })]);
  const got = createHash('sha256');
  const response = await fetch(`http://127.0.0.1:${port}${path}/download`);
  for await (const chunk of response.body ?? []) got.update(chunk);
  if (got.digest('hex') !== sent.digest('hex')) throw new Error('The download has other bytes.');
  return path;
}

async function shareCollection(ours: Ours, sizeBytes: number): Promise<string> {
  const uploads: Transferred[] = [];
  for (let file = 0; file < COLLECTION; file += 1) {
    uploads.push(await transfer(ours.apiPort, ownUpload(ours, sizeBytes)));
  }
  return link(ours, uploads);
}

async function link({ api }: Ours, uploads: readonly Transferred[]): Promise<string> {
  const assets = uploads.map(({ text }) => JSON.parse(text) as { readonly id: string });
  const { status, json } =
    assets.length === 1
      ? await api.call('POST', '/linkify', { access: 'PUBLIC', asset: assets[0] })
      : await api.call('POST', '/linkify/multiple', {
          access: 'PUBLIC',
          assets: assets.map(({ id }) => id),
        });
  if (status !== 200) throw new Error(`The upload got no link: ${status}`);
  return new URL(json.iterable[0].link).pathname;
}

function ownUpload({ token }: Ours, sizeBytes: number) {
  const { headers, ...request } = upload('/x-linkify/assets?name=large.bin', sizeBytes);
  return { ...request, headers: { ...headers, authorization: `Bearer ${token}` } };
}

function upload(path: string, sizeBytes: number) {
  return {
    method: 'POST' as const,
    path,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(sizeBytes),
    },
    body: blocks(sizeBytes),
  };
}

const block = randomBytes(BLOCK_BYTES);

/** Bytes that no other file begins with. */
function* blocks(sizeBytes: number): Generator<Uint8Array> {
  yield randomBytes(Math.min(16, sizeBytes));
  for (let left = sizeBytes - 16; left > 0; left -= BLOCK_BYTES) {
    yield left < BLOCK_BYTES ? block.subarray(0, left) : block;
  }
}

function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  return { method: 'GET' as const, path, headers };
}
