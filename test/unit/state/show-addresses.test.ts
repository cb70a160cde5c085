import { expect, test } from 'vitest';
import { createAppModel, initialState } from '../../../main/state/app-state.ts';
import { createShowAddresses } from '../../../main/state/show-addresses.ts';

function shown(values = { networkInterface: '' }) {
  const model = createAppModel(initialState());
  const applied: unknown[] = [];
  let addresses = [{ name: 'eth0', address: '192.168.1.20' }];
  let follows = 0;
  const show = createShowAddresses({
    model,
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
  return {
    model,
    applied,
    show,
    follows: () => follows,
    setAddresses(now: typeof addresses) {
      addresses = now;
    },
  };
}

test('Preferences offer the addresses of now', () => {
  const { model, show, setAddresses } = shown();
  show.refresh();
  expect(model.get().addresses).toEqual([{ name: 'eth0', address: '192.168.1.20' }]);
  setAddresses([]);
  show.refresh();
  expect(model.get().addresses).toEqual([]);
});

test('nothing is told anew while nothing changed', () => {
  const { model, show } = shown();
  show.refresh();
  const before = model.get();
  show.refresh();
  expect(model.get()).toBe(before);
});

test('a choice reaches the service, and links follow it; the same choice again does nothing', async () => {
  const { applied, show, follows } = shown({ networkInterface: 'eth0' });
  await show.apply();
  await show.apply();
  expect(applied).toEqual([{ networkInterface: 'eth0' }]);
  expect(follows()).toBe(1);
});
