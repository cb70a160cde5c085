import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../support/desktop/processes.ts';
import { round } from '../statistics.ts';
import { type Driven, drive } from './node-generator.ts';

/** What is requested again and again. */
export interface LoadRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** One of them at random. In these and in the body `UNIQUE` is replaced in each request. */
  readonly paths: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Replaced by 16 characters that no other request has. */
export const UNIQUE = '{sixteen-digits}';

export interface LoadPlan {
  readonly port: number;
  readonly connections: number;
  readonly forMs: number;
  readonly request: LoadRequest;
}

/** What one load did. */
export interface Load {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const hasWrk = spawnSync('wrk', ['-v']).error === undefined;

/** What sends the requests: wrk where it is installed. */
export const GENERATOR = hasWrk ? 'wrk' : 'node';

/** No two runs of this benchmark send the same text to a server. */
let series = Date.now() % 9_000_000;

/** Requests for some time, and measures. @throws for a response that is not 2xx */
export async function load(plan: LoadPlan): Promise<Load> {
  series += 1;
  return hasWrk ? await loadByWrk(plan) : await loadByNode(plan);
}

/** Sends each request once. @throws as `load` does */
export async function requestEach(
  port: number,
  connections: number,
  requests: readonly LoadRequest[],
): Promise<Load> {
  let count = 0;
  return summarize(
    await drive({
      port,
      connections,
      next: () => {
        const request = requests[count++];
        return request && Buffer.from(textOf(request, request.paths[0] ?? '/', port));
      },
    }),
  );
}

async function loadByNode({ port, connections, forMs, request }: LoadPlan): Promise<Load> {
  // A connection writes the unique characters into a copy of its own, which may still be in use.
  const copies = Array.from({ length: connections }, () =>
    request.paths.map((path) => withPlaces(Buffer.from(textOf(request, path, port)))),
  );
  const end = performance.now() + forMs;
  let count = 0;
  return summarize(
    await drive({
      port,
      connections,
      next(connection) {
        if (performance.now() >= end) return undefined;
        const choice = copies[connection] ?? [];
        const chosen = choice[Math.floor(Math.random() * choice.length)];
        if (chosen === undefined) return undefined;
        if (chosen.places.length === 0) return chosen.bytes;
        const digits = uniqueDigits(count++);
        for (const place of chosen.places) chosen.bytes.write(digits, place, 'latin1');
        return chosen.bytes;
      },
    }),
  );
}

function uniqueDigits(count: number): string {
  return String(series).padStart(7, '0') + String(count).padStart(UNIQUE.length - 7, '0');
}

function withPlaces(bytes: Buffer): { readonly bytes: Buffer; readonly places: readonly number[] } {
  const places: number[] = [];
  for (let at = bytes.indexOf(UNIQUE); at >= 0; at = bytes.indexOf(UNIQUE, at + 1)) places.push(at);
  return { bytes, places };
}

/** A request as it is sent. */
function textOf({ method, headers, body = '' }: LoadRequest, path: string, port: number): string {
  const length = Buffer.byteLength(body);
  // The API rejects any other name: a page of another origin could have sent it.
  const all = { host: `127.0.0.1:${port}`, ...headers, 'content-length': length };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

function summarize({ timesMs, seconds }: Driven): Load {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
  return {
    requests: sorted.length,
    perSecond: round(sorted.length / seconds),
    p50Ms: round(at(0.5)),
    p99Ms: round(at(0.99)),
  };
}

/** wrk takes the request from a script, and the results come from it, too. */
async function loadByWrk({ port, connections, forMs, request }: LoadPlan): Promise<Load> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-wrk-'));
  try {
    const script = join(folder, 'load.lua');
    await writeFile(script, scriptOf(request));
    const args = ['-t1', `-c${connections}`, `-d${Math.ceil(forMs / 1_000)}s`, '-s', script];
    const out = await runProgram('wrk', [...args, `http://127.0.0.1:${port}`], {
      limitMs: forMs + 30_000,
    });
    const line = /^result (.*)$/m.exec(out.toString())?.[1] ?? '';
    const [requests = 0, us = 0, failed = 0, p50 = 0, p99 = 0] = line.split(' ').map(Number);
    if (requests === 0 || failed > 0) throw new Error(`${failed} requests failed: ${out}`);
    return {
      requests,
      perSecond: round(requests / (us / 1e6)),
      p50Ms: round(p50 / 1_000),
      p99Ms: round(p99 / 1_000),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function scriptOf({ method, paths, headers, body }: LoadRequest): string {
  // In ASCII without control characters but line ends, JSON's strings are Lua's.
  const lua = (text: string): string => JSON.stringify(text);
  const unique = (text: string): string => text.split(UNIQUE).map(lua).join('..n..');
  const isUnique = [body ?? '', ...paths].some((text) => text.includes(UNIQUE));
  return `
wrk.method = ${lua(method)}
${Object.entries(headers)
  .map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`)
  .join('\n')}
local count = 0
${
  isUnique
    ? `request = function()
  local n = string.format("%07d%09d", ${series}, count)
  count = count + 1
  return wrk.format(nil, ${unique(paths[0] ?? '/')}, nil, ${body === undefined ? 'nil' : unique(body)})
end`
    : `local all = {}
init = function()
  math.randomseed(${series})
  for _, path in ipairs({${paths.map(lua).join(',')}}) do
    all[#all + 1] = wrk.format(nil, path, nil, ${body === undefined ? 'nil' : lua(body)})
  end
end
request = function() return all[math.random(#all)] end`
}
done = function(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("result %d %d %d %d %d", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99)))
end
`;
}
