import type { Counts, Durations } from '../counts.ts';
import type { ShareStore } from '../store/share-store.ts';
import { StoreUnavailableError } from '../store/store-error.ts';

export type Metrics = ReturnType<typeof createMetrics>;

interface MetricsOptions {
  readonly counts: Counts;
  readonly store: ShareStore;
  readonly quotaBytes: () => number;
}

/** A value with its labels. */
type Sample = readonly [Readonly<Record<string, string>>, number];

/**
 * The figures in Prometheus' text format (version 0.0.4). `prom-client`, which reports those of the
 * process, is loaded at the first scrape: an app without monitoring does not pay for it.
 */
export function createMetrics(options: MetricsOptions) {
  let loaded: ReturnType<typeof loadProcessMetrics> | undefined;

  return async (): Promise<{ readonly contentType: string; readonly text: string }> => {
    loaded ??= loadProcessMetrics();
    const registry = await loaded;
    const own = await ownMetrics(options);
    const text = [...own, await registry.metrics()].join('\n');
    return { contentType: registry.contentType, text };
  };
}

async function loadProcessMetrics() {
  const { Registry, collectDefaultMetrics } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

async function ownMetrics({
  counts,
  store,
  quotaBytes,
}: MetricsOptions): Promise<readonly string[]> {
  const { requests, database, blobs } = counts;
  const used = await usedBytes(store);
  return [
    metric(
      'counter',
      'linkify_http_requests_total',
      'Responses, by listener and status',
      Object.entries(requests).flatMap(([listener, each]) =>
        [...each.byStatus()].map(
          ([status, count]): Sample => [{ listener, status: String(status) }, count],
        ),
      ),
    ),
    metric(
      'gauge',
      'linkify_http_requests_in_flight',
      'Requests without a complete response',
      samples('listener', requests, ({ inFlight }) => inFlight),
    ),
    histogram(
      'linkify_http_request_duration_seconds',
      'From the headers of a request to the end of its response',
      'listener',
      requests,
    ),
    metric('counter', 'linkify_shares_created_total', 'Shares created', [
      [{}, counts.sharesCreated],
    ]),
    metric('counter', 'linkify_opens_total', 'Opens of shares', [[{}, counts.opens]]),
    metric(
      'counter',
      'linkify_shares_ended_total',
      'Shares that have ended, by reason',
      samples('reason', counts.sharesEnded, (count) => count),
    ),
    ...callMetrics('database', 'Calls to the database', database),
    ...callMetrics('blobs', 'Calls to the store of contents', blobs),
    metric(
      'gauge',
      'linkify_storage_used_bytes',
      'Storage used by all shares',
      used === undefined ? [] : [[{}, used]],
    ),
    metric('gauge', 'linkify_storage_quota_bytes', 'Storage limit', [[{}, quotaBytes()]]),
  ];
}

/** `undefined` while the database is away: then the other figures are needed most. */
async function usedBytes(store: ShareStore): Promise<number | undefined> {
  try {
    return await store.readUsedBytes();
  } catch (error) {
    if (error instanceof StoreUnavailableError) return undefined;
    throw error;
  }
}

function callMetrics(
  name: string,
  help: string,
  calls: Readonly<Record<string, { readonly durations: Durations; readonly errors: number }>>,
): readonly string[] {
  return [
    histogram(`linkify_${name}_operation_duration_seconds`, help, 'operation', calls),
    metric(
      'counter',
      `linkify_${name}_errors_total`,
      `${help} that failed`,
      samples('operation', calls, ({ errors }) => errors),
    ),
  ];
}

/** One sample for each member. */
function samples<T>(
  label: string,
  of: Readonly<Record<string, T>>,
  valueIn: (member: T) => number,
): readonly Sample[] {
  return Object.entries(of).map(([name, member]) => [{ [label]: name }, valueIn(member)]);
}

function metric(
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  values: readonly Sample[],
): string {
  return [...head(type, name, help), ...values.map((sample) => line(name, sample)), ''].join('\n');
}

function histogram(
  name: string,
  help: string,
  label: string,
  of: Readonly<Record<string, { readonly durations: Durations }>>,
): string {
  const lines = Object.entries(of).flatMap(([member, { durations }]) => {
    const { buckets, sumS } = durations.read();
    const labels = { [label]: member };
    return [
      ...buckets.map(({ upToS, count }) => {
        const le = upToS === Number.POSITIVE_INFINITY ? '+Inf' : String(upToS);
        return line(`${name}_bucket`, [{ ...labels, le }, count]);
      }),
      line(`${name}_sum`, [labels, sumS]),
      line(`${name}_count`, [labels, buckets.at(-1)?.count ?? 0]),
    ];
  });
  return [...head('histogram', name, help), ...lines, ''].join('\n');
}

const head = (type: string, name: string, help: string): readonly string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
];

/** Labels come from this program and need no escaping. */
function line(name: string, [labels, value]: Sample): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}
