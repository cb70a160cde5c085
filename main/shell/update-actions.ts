import type { Outcome } from '../../preload/contract.ts';
import type { Updates } from '../updates/updates.ts';
import type { Actions } from './actions.ts';

export interface UpdateActions {
  /** Checks for a new version, downloads it, and prepares its installation. */
  readonly check: () => Promise<Outcome<null>>;
  /** Restarts the app to install what is prepared; where there is nothing, opens the web page. */
  readonly install: () => Promise<void>;
  /** Opens the page where versions can be downloaded. */
  readonly openPage: () => Promise<void>;
}

export interface UpdateActionsDeps {
  readonly updates: Pick<Updates, 'check' | 'restart' | 'view'>;
  readonly actions: Pick<Actions, 'fail'>;
  readonly openWebPage: (url: string) => Promise<void>;
}

/** Where versions can be downloaded. */
export const DOWNLOAD_PAGE = 'https://github.com/linkify-tray/linkify-tray/releases/latest';

/** What menu, window and notifications can do about new versions. */
export function createUpdateActions(deps: UpdateActionsDeps): UpdateActions {
  const { updates, actions } = deps;
  const openPage = (): Promise<void> => deps.openWebPage(DOWNLOAD_PAGE);
  return {
    openPage,
    async check() {
      const fault = await updates.check();
      return fault === undefined
        ? { ok: true, value: null }
        : { ok: false, failure: actions.fail(fault) };
    },
    async install() {
      if (updates.view()?.progress.kind === 'ready') updates.restart();
      else await openPage();
    },
  };
}
