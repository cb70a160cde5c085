import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { createNetworkWatch } from '../../../main/desktop/network-watch.ts';

const v4 = (address: string): NetworkInterfaceInfo => ({
  address,
  internal: false,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});

function network() {
  let addresses: Record<string, NetworkInterfaceInfo[]> = { wlan0: [v4('192.168.1.20')] };
  let looks = 0;
  let wake: (() => void) | undefined;
  const watch = createNetworkWatch({
    interfaces: () => {
      looks += 1;
      return addresses;
    },
    everyMs: 1,
    onEvents(look) {
      wake = look;
      return () => {
        wake = undefined;
      };
    },
  });
  return {
    watch,
    looks: () => looks,
    wake: () => wake?.(),
    isListening: () => wake !== undefined,
    moveTo: (next: typeof addresses) => {
      addresses = next;
    },
  };
}

test('everyone who asked hears of another address, once', async () => {
  const { watch, moveTo, looks } = network();
  let first = 0;
  let second = 0;
  const stopFirst = watch.subscribe(() => {
    first += 1;
  });
  const stopSecond = watch.subscribe(() => {
    second += 1;
  });
  moveTo({ wlan0: [v4('10.0.0.7')] });
  await expect.poll(() => [first, second]).toEqual([1, 1]);
  const before = looks();
  await expect.poll(looks).toBeGreaterThan(before + 3);
  expect([first, second]).toEqual([1, 1]);
  stopFirst();
  moveTo({});
  await expect.poll(() => second).toBe(2);
  expect(first).toBe(1);
  stopSecond();
});

test('the same address on another interface is another network', async () => {
  const { watch, moveTo } = network();
  let heard = 0;
  const stop = watch.subscribe(() => {
    heard += 1;
  });
  moveTo({ eth0: [v4('192.168.1.20')] });
  await expect.poll(() => heard).toBe(1);
  stop();
});

test('after sleep it looks at once; once nobody asks, it no longer looks', () => {
  const { watch, moveTo, wake, isListening } = network();
  let heard = 0;
  const stop = watch.subscribe(() => {
    heard += 1;
  });
  moveTo({});
  wake();
  expect(heard).toBe(1);
  stop();
  expect(isListening()).toBe(false);
  moveTo({ wlan0: [v4('10.0.0.7')] });
  // What it knew is forgotten: the next one who asks hears of changes from then on only.
  watch.subscribe(() => undefined)();
  expect(heard).toBe(1);
});

test('the addresses are compared as often as one who asked needs it', async () => {
  const { watch, looks } = network();
  const stopSlow = watch.subscribe(() => undefined, 60_000);
  const atFirst = looks();
  const stopFast = watch.subscribe(() => undefined);
  await expect.poll(looks).toBeGreaterThan(atFirst + 3);
  stopFast();
  const after = looks();
  await new Promise((resolve) => setImmediate(resolve));
  expect(looks()).toBe(after);
  stopSlow();
});
