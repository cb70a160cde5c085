import { expect, test } from 'vitest';
import { OwnAddresses } from '../../../main/links/own-addresses.ts';

function shown(values = { networkInterface: '' }) {
  let changes = 0;
  const applied: unknown[] = [];
  let addresses = [{ name: 'eth0', address: '192.168.1.20' }];
  let follows = 0;
  const show = new OwnAddresses({
    thisComputer: { applyAddress: async () => void applied.push(values) },
    settings: { values: () => values },
    networkAddresses: () => addresses,
    address: {
      async follow() {
        follows += 1;
        return undefined;
      },
    },
  });
  show.on('changed', () => {
    changes += 1;
  });
  return {
    changes: () => changes,
    applied,
    show,
    follows: () => follows,
    setAddresses(now: typeof addresses) {
      addresses = now;
    },
  };
}

test('Settings offer the addresses of now', () => {
  const { show, setAddresses } = shown();
  show.refresh();
  expect(show.available()).toEqual([{ name: 'eth0', address: '192.168.1.20' }]);
  setAddresses([]);
  show.refresh();
  expect(show.available()).toEqual([]);
});

test('nothing is told anew while nothing changed', () => {
  const { changes, show } = shown();
  show.refresh();
  show.refresh();
  expect(changes()).toBe(1);
});

test('a choice reaches the service, and links follow it; the same choice again does nothing', async () => {
  const { applied, show, follows } = shown({ networkInterface: 'eth0' });
  await show.apply();
  await show.apply();
  expect(applied).toEqual([{ networkInterface: 'eth0' }]);
  expect(follows()).toBe(1);
});
