import type { ResponseCounts } from '../counts.ts';
import type { ShareStore } from '../store/share-store.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * The figures in Prometheus' text format. The library is loaded at the first scrape: an app without monitoring
 * does not pay for it. Its registry reads our own counts, so none are missed.
 */
export function createMetrics({
  counts,
  store,
  quotaBytes,
}: {
  readonly counts: ResponseCounts;
  readonly store: ShareStore;
  readonly quotaBytes: () => number;
}) {
  let loaded: Promise<{ readonly contentType: string; metrics(): Promise<string> }> | undefined;

  async function load() {
    const { Counter, Gauge, Registry, collectDefaultMetrics } = await import('prom-client');
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    new Counter({
      name: 'linkify_answers_total',
      help: 'Answers since the start, by listener and status',
      labelNames: ['listener', 'status'],
      registers: [registry],
      collect() {
        this.reset();
        for (const { listener, status, count } of counts.answers()) {
          this.inc({ listener, status: String(status) }, count);
        }
      },
    });
    new Gauge({
      name: 'linkify_used_bytes',
      help: 'What all shares take together',
      registers: [registry],
      async collect() {
        this.set(await store.readUsedBytes());
      },
    });
    new Gauge({
      name: 'linkify_quota_bytes',
      help: 'What all shares may take together',
      registers: [registry],
      collect() {
        this.set(quotaBytes());
      },
    });
    return registry;
  }

  return async (): Promise<{ readonly contentType: string; readonly text: string }> => {
    loaded ??= load();
    const registry = await loaded;
    return { contentType: registry.contentType, text: await registry.metrics() };
  };
}
