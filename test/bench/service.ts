import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { Agent, createServer, type RequestListener, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import hljs from 'highlight.js/lib/common';
import { startTestService, textSeed } from '../support/service/run.ts';
import { round } from './statistics.ts';

/** What one load did: answers a second, and the time that 99 of 100 stay below, in ms. */
interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Connections at once, as in the promise that is measured. */
const CONNECTIONS = 32;

/** Asks over connections that stay open, until the time is over. @throws for an answer that is no 200 */
async function load(port: number, forMs: number, ask: () => Ask, connections = CONNECTIONS) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const end = performance.now() + forMs;
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const { body, ...rest } = ask();
      const begin = performance.now();
      const sent = request({ host: '127.0.0.1', port, agent, ...rest }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume();
        response.once('end', () => {
          times.push(performance.now() - begin);
          resolve();
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const worker = async (): Promise<void> => {
    while (performance.now() < end) await once();
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  const seconds = (performance.now() - begin) / 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  const p99Ms = times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN;
  return { perSecond: round(times.length / seconds), p99Ms: round(p99Ms) } satisfies Load;
}

async function serve(handle: RequestListener) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

/** A handler that reads a body, appends it to a file, syncs it, and answers the same bytes as asked. */
async function durableReference(folder: string, answer: string) {
  const file = await open(join(folder, 'reference'), 'a');
  const served = await serve(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    await file.write(Buffer.concat(chunks));
    await file.datasync();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(answer);
  });
  return {
    port: served.port,
    async stop() {
      await served.stop();
      await file.close();
    },
  };
}

const ratio = (ours: number, reference: number) => round(ours / reference);

/** The middle of several rounds, ours and the reference in turn, so that both meet the same machine. */
async function sideBySide(
  rounds: number,
  ours: () => Promise<Load>,
  reference: () => Promise<Load>,
) {
  const pairs: { ours: Load; reference: Load }[] = [];
  for (let i = 0; i < rounds; i++) pairs.push({ reference: await reference(), ours: await ours() });
  const middle = (pick: (pair: { ours: Load; reference: Load }) => number) => {
    const sorted = pairs.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    ours: { perSecond: middle((p) => p.ours.perSecond), p99Ms: middle((p) => p.ours.p99Ms) },
    reference: {
      perSecond: middle((p) => p.reference.perSecond),
      p99Ms: middle((p) => p.reference.p99Ms),
    },
    throughputRatio: middle((p) => ratio(p.ours.perSecond, p.reference.perSecond)),
    p99Ratio: middle((p) => ratio(p.ours.p99Ms, p.reference.p99Ms)),
  };
}

export interface ServicePlan {
  readonly rounds: number;
  readonly loadMs: number;
}

/** Creating and opening shares beside plain handlers, and the first view of a large source file. */
export async function measureService({ rounds, loadMs }: ServicePlan) {
  const running = await startTestService();
  const folder = await mkdtemp(join(tmpdir(), 'linkify-bench-'));
  const apiPort = Number(new URL(running.service.apiBaseUrl).port);
  try {
    const headers = {
      authorization: `Bearer ${running.service.token}`,
      'content-type': 'application/json',
    };
    const body = () =>
      JSON.stringify({
        access: 'PUBLIC',
        seed: textSeed(randomBytes(512).toString('hex'), 'bench'),
      });
    const create = (): Ask => ({ method: 'POST', path: '/linkify', headers, body: body() });
    const answer = JSON.stringify({ iterable: [await running.api.share(textSeed('x'))] });
    const durable = await durableReference(folder, answer);
    const creating = await sideBySide(
      rounds,
      () => load(apiPort, loadMs, create),
      () => load(durable.port, loadMs, create),
    );
    await durable.stop();

    const share = await running.api.share(textSeed('A line of text.\n'.repeat(64), 'bench', 'txt'));
    const page = new URL(share.link);
    const browser = { accept: 'text/html', 'user-agent': 'Mozilla/5.0' };
    const html = await (await fetch(page, { headers: browser })).text();
    const fromMemory = await serve((_incoming, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(html);
    });
    const see = (): Ask => ({ method: 'GET', path: page.pathname, headers: browser });
    const opening = await sideBySide(
      rounds,
      () => load(Number(page.port), loadMs, see),
      () => load(fromMemory.port, loadMs, see),
    );
    await fromMemory.stop();

    return { creating, opening, highlighting: await measureHighlighting(running.api, browser) };
  } finally {
    await running.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** First and second view of 50 KB of TypeScript beside the highlighter alone. In ms. */
async function measureHighlighting(
  api: Awaited<ReturnType<typeof startTestService>>['api'],
  headers: Readonly<Record<string, string>>,
) {
  const line = (i: number) =>
    `export const value${i}: readonly string[] = items.map(({ name }) => \`\${name} ${i}\`);\n`;
  const source = Array.from({ length: 640 }, (_, i) => line(i))
    .join('')
    .slice(0, 49_900);
  const timed = async (task: () => unknown): Promise<number> => {
    const begin = performance.now();
    await task();
    return performance.now() - begin;
  };
  const view = async (link: string) => (await fetch(link, { headers })).text();
  const highlight = (text: string) => hljs.highlight(text, { language: 'typescript' }).value;
  const first: number[] = [];
  const again: number[] = [];
  const alone: number[] = [];
  highlight(source);
  for (let i = 0; i < 7; i++) {
    const own = `${source}// ${i}\n`;
    const share = await api.share(textSeed(own, 'bench', 'ts'));
    alone.push(await timed(() => highlight(own)));
    first.push(await timed(() => view(share.link)));
    again.push(await timed(() => view(share.link)));
  }
  const median = (values: readonly number[]) =>
    round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN);
  return {
    firstViewMs: median(first),
    secondViewMs: median(again),
    highlighterMs: median(alone),
    ratio: ratio(median(first), median(alone)),
  };
}

// Alone: node test/bench/service.ts [--quick]
if (import.meta.main) {
  const quick = process.argv.includes('--quick');
  const plan = quick ? { rounds: 3, loadMs: 1_000 } : { rounds: 5, loadMs: 4_000 };
  console.log(JSON.stringify(await measureService(plan), null, 2));
}
