import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { StorageUsage } from '../../../main/links/storage-usage.ts';
import { linksInMemory } from '../../support/links-in-memory.ts';

const opens = () => ({ events: new EventEmitter<{ changed: [] }>() });

test('is read again after each change of the links, and a new limit counts at once', async () => {
  const links = linksInMemory();
  const counts = opens();
  let usedBytes = 10;
  let quotaBytes = 100;
  const storage = new StorageUsage({
    links,
    opens: counts,
    thisComputer: {
      usage: async () => ({ usedBytes, quotaBytes }),
      applyQuota: async () => {
        quotaBytes = 500;
      },
    },
  });
  usedBytes = 40;
  links.add({ id: 'a', state: 'active' } as never);
  await vi.waitFor(() => expect(storage.usage()).toEqual({ usedBytes: 40, quotaBytes: 100 }));
  usedBytes = 0;
  counts.events.emit('changed');
  await vi.waitFor(() => expect(storage.usage()).toEqual({ usedBytes: 0, quotaBytes: 100 }));
  await storage.apply();
  expect(storage.usage()).toEqual({ usedBytes: 0, quotaBytes: 500 });
});

test('nothing is known of a server that does not run', async () => {
  const storage = new StorageUsage({
    links: linksInMemory(),
    opens: opens(),
    thisComputer: { usage: async () => undefined, applyQuota: async () => {} },
  });
  await storage.apply();
  expect(storage.usage()).toBeUndefined();
});
