import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { AS_BROWSER } from '../support/as-browser.ts';
import { openTestStore } from '../support/service/open-test-store.ts';
import { spawnService } from '../support/service/process.ts';
import { startTestService, type TestService, textSeed } from '../support/service/run.ts';
import { round } from './statistics.ts';

const MB = 1_000_000;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await task();
  return performance.now() - begin;
}

/** Fills a data folder through the store itself, many shares to one fsync; 1 of 100 has a blob. */
async function fill(dataDir: string, count: number): Promise<void> {
  const { store, close } = await openTestStore({ dataDir });
  const add = (i: number) =>
    store.shareNew(
      {
        name: `Share ${i}`,
        form: 'text',
        content: randomBytes(i % 100 === 0 ? 20_000 : 400),
      },
      {},
    );
  for (let i = 0; i < count; i += 500) {
    const size = Math.min(500, count - i);
    await Promise.all(Array.from({ length: size }, (_, n) => add(i + n)));
  }
  await close();
}

interface Sizes {
  readonly startMs: number;
  readonly createMs: number;
  readonly openMs: number;
  readonly listMs: number;
}

/** Starts, creates, opens and lists in two stores, in turns: what disturbs one disturbs both. */
async function measure(folders: readonly string[], rounds: number): Promise<readonly Sizes[]> {
  const start = (dataDir: string) =>
    startTestService({ dataDir, quotaBytes: Number.MAX_SAFE_INTEGER });
  const starts = folders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [which, dataDir] of folders.entries()) {
      const begin = performance.now();
      const running = await start(dataDir);
      starts[which]?.push(performance.now() - begin);
      await running.stop();
    }
  }
  const services = await Promise.all(folders.map(start));
  const samples = services.map(() => ({
    creates: [] as number[],
    opens: [] as number[],
    lists: [] as number[],
  }));
  const each = async (run: (running: TestService, of: (typeof samples)[number]) => unknown) => {
    for (const [which, running] of services.entries()) {
      const of = samples[which];
      if (of !== undefined) await run(running, of);
    }
  };
  try {
    for (let i = 0; i < 100; i++) {
      await each(async ({ api }, { creates, opens }) => {
        let link = '';
        creates.push(
          await timed(async () => {
            link = (await api.share(textSeed(`text ${i}`))).link;
          }),
        );
        opens.push(await timed(async () => (await fetch(link, AS_BROWSER)).text()));
      });
    }
    for (let i = 0; i < 20; i++) {
      await each(async ({ api }, { lists }) =>
        lists.push(await timed(() => api.call('GET', '/shares?limit=100'))),
      );
    }
  } finally {
    for (const running of services) await running.stop();
  }
  return samples.map(({ creates, opens, lists }, which) => ({
    startMs: round(median(starts[which] ?? [])),
    createMs: round(median(creates)),
    openMs: round(median(opens)),
    listMs: round(median(lists)),
  }));
}

/** The same service with few and with many shares. */
export async function measureScale(many: number) {
  const few = await mkdtemp(join(tmpdir(), 'linkify-few-'));
  const full = await mkdtemp(join(tmpdir(), 'linkify-full-'));
  const compared = async () => {
    const [a, b] = await measure([few, full], 11);
    if (a === undefined || b === undefined) throw new Error('two stores were measured');
    const ratioOf = (key: keyof Sizes) => round(b[key] / a[key]);
    return {
      few: a,
      many: b,
      ratio: {
        start: ratioOf('startMs'),
        create: ratioOf('createMs'),
        open: ratioOf('openMs'),
        list: ratioOf('listMs'),
      },
    };
  };
  try {
    await fill(few, 100);
    await fill(full, many);
    return { shares: { few: 100, many }, ...(await compared()) };
  } finally {
    await rm(few, { recursive: true, force: true });
    await rm(full, { recursive: true, force: true });
  }
}

/** Memory of a process, shared pages counted in part, in bytes. */
async function pssBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? Number.NaN) * 1_024;
}

/** Peak memory over idle while a large file goes up and comes down. */
export async function measureLargeFile(sizeBytes: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-large-'));
  const source = join(dataDir, 'source');
  const file = await open(source, 'w');
  const block = randomBytes(4 * 1024 * 1024);
  for (let at = 0; at < sizeBytes; at += block.byteLength) {
    await file.write(block, 0, Math.min(block.byteLength, sizeBytes - at));
  }
  await file.close();
  const service = await spawnService(join(dataDir, 'data'), ['--quota-mb', '8000']);
  let peak = 0;
  const look = async (): Promise<void> => {
    peak = Math.max(peak, await pssBytes(service.pid).catch(() => 0));
  };
  try {
    await service.api.share(textSeed('warm'));
    const idle = await pssBytes(service.pid);
    const timer = setInterval(() => void look(), 50);
    const sent = createHash('sha256');
    let asset: unknown;
    const upMs = await timed(async () => {
      asset = await upload(service.baseUrl, service.token, source, sizeBytes, sent);
    });
    const shared = await service.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    const got = createHash('sha256');
    const downMs = await timed(async () => {
      const response = await fetch(`${shared.json.iterable[0].link}/download`);
      for await (const chunk of response.body ?? []) got.update(chunk);
    });
    clearInterval(timer);
    return {
      sizeMb: round(sizeBytes / MB),
      idlePssMb: round(idle / MB),
      peakOverIdleMb: round((peak - idle) / MB),
      uploadMbPerSecond: round(sizeBytes / MB / (upMs / 1_000)),
      downloadMbPerSecond: round(sizeBytes / MB / (downMs / 1_000)),
      bytesEqual: sent.digest('hex') === got.digest('hex'),
    };
  } finally {
    await service.kill('SIGTERM');
    await rm(dataDir, { recursive: true, force: true });
  }
}

function upload(
  baseUrl: string,
  token: string,
  path: string,
  sizeBytes: number,
  hash: ReturnType<typeof createHash>,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${baseUrl}/x-linkify/assets?name=large.bin`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/octet-stream',
          'content-length': sizeBytes,
        },
      },
      async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`${response.statusCode} ${text}`));
      },
    );
    pipeline(
      createReadStream(path, { highWaterMark: 256 * 1024 }),
      async function* (chunks) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      sent,
    ).catch(reject);
  });
}

// Alone: node test/bench/service-scale.ts [--quick]
if (import.meta.main) {
  const quick = process.argv.includes('--quick');
  const scale = await measureScale(quick ? 10_000 : 100_000);
  const largeFile = process.argv.includes('--no-file')
    ? null
    : await measureLargeFile(quick ? 200 * MB : 2_000 * MB);
  console.log(JSON.stringify({ scale, largeFile }, null, 2));
}
