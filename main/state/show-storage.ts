import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { AppModel } from './app-state.ts';

export interface ShowStorageNeeds {
  readonly model: AppModel;
  readonly thisComputer: Pick<ThisComputerTarget, 'usage' | 'applyQuota'>;
}

/** Keeps on the screen what the shares of this computer take: after each change of the links. */
export function createShowStorage({ model, thisComputer }: ShowStorageNeeds) {
  const refresh = async (): Promise<void> => {
    const now = await thisComputer.usage();
    const shown = model.get().storage;
    if (now === undefined) return;
    if (shown?.usedBytes === now.usedBytes && shown.quotaBytes === now.quotaBytes) return;
    model.update({ storage: now });
  };
  let links = model.get().links;
  model.subscribe((state) => {
    if (state.links === links) return;
    links = state.links;
    void refresh();
  });
  return {
    refresh,
    /** Puts the limit to work. */
    async apply(): Promise<void> {
      await thisComputer.applyQuota();
      await refresh();
    },
  };
}
