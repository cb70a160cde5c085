import type { Outcome, SettingsChange, SettingsView } from '../../preload/contract.ts';
import { serviceUrlProblem } from '../settings/service-url.ts';
import type { Settings } from '../settings/settings.ts';
import { keysOf, SETTING_OF, type Shortcuts } from '../shortcuts/shortcuts.ts';
import type { Targets } from '../targets/targets.ts';
import type { Actions } from './actions.ts';

export interface SettingsActionsDeps {
  readonly settings: Settings;
  readonly shortcuts: Shortcuts;
  readonly targets: Targets;
  readonly actions: Actions;
}

/** Changes of the settings by the user; `applySettings` applies them. */
export class SettingsActions {
  readonly #deps: SettingsActionsDeps;

  constructor(deps: SettingsActionsDeps) {
    this.#deps = deps;
  }

  /** Refuses an unusable service URL, and shortcuts that clash or that another program has. */
  change(change: SettingsChange): Outcome<SettingsView> {
    const { settings, shortcuts, targets, actions } = this.#deps;
    const { serviceUrl = '' } = change;
    if (serviceUrl !== '' && serviceUrlProblem(serviceUrl) !== undefined) {
      const fault = { kind: 'unusable-service-address', address: serviceUrl } as const;
      return { ok: false, failure: actions.describe(fault) };
    }
    // The user's choice overrides the command line.
    if (change.service !== undefined || change.serviceUrl !== undefined) targets.clearOverride();
    const before = settings.values();
    const keysBefore = keysOf(before);
    const keys = keysOf({ ...before, ...change });
    const clash = shortcuts.clash(keys);
    if (clash !== undefined) return { ok: false, failure: actions.describe(clash) };
    settings.change(change);
    const lost = shortcuts.taken().find((name) => keys[name] !== keysBefore[name]);
    if (lost === undefined) return { ok: true, value: settings.view() };
    // Better the old shortcut than none.
    settings.change({ [SETTING_OF[lost]]: keysBefore[lost] });
    const fault = { kind: 'shortcut-taken', accelerator: keys[lost] } as const;
    return { ok: false, failure: actions.describe(fault) };
  }

  /** All settings at their defaults. */
  reset(): Outcome<SettingsView> {
    const { settings, targets } = this.#deps;
    targets.clearOverride();
    return { ok: true, value: settings.reset() };
  }

  removeServer(url: string): Outcome<SettingsView> {
    return { ok: true, value: this.#deps.settings.removeServer(url) };
  }

  /** Asks about this kind of secret again. */
  askAboutSecret(kind: string): Outcome<SettingsView> {
    this.#deps.settings.allowSecretKind(kind, false);
    return { ok: true, value: this.#deps.settings.view() };
  }

  setWatching(on: boolean): void {
    this.change({ watchClipboard: on });
  }

  useBuiltIn(): void {
    this.change({ service: 'built-in' });
  }
}
