import { expect, test, vi } from 'vitest';
import { createAppModel, initialState } from '../../../main/state/app-state.ts';
import { createShowStorage } from '../../../main/state/show-storage.ts';

test('what is used is shown again after each change of the links, and a new limit counts at once', async () => {
  const model = createAppModel(initialState());
  let usedBytes = 10;
  let quotaBytes = 100;
  const storage = createShowStorage({
    model,
    thisComputer: {
      usage: async () => ({ usedBytes, quotaBytes }),
      applyQuota: async () => {
        quotaBytes = 500;
      },
    },
  });
  usedBytes = 40;
  model.update({ links: [] });
  await vi.waitFor(() => expect(model.get().storage).toEqual({ usedBytes: 40, quotaBytes: 100 }));
  await storage.apply();
  expect(model.get().storage).toEqual({ usedBytes: 40, quotaBytes: 500 });
});

test('nothing is said of a service that does not run', async () => {
  const model = createAppModel(initialState());
  const storage = createShowStorage({
    model,
    thisComputer: { usage: async () => undefined, applyQuota: async () => {} },
  });
  await storage.apply();
  expect(model.get().storage).toBeUndefined();
});
