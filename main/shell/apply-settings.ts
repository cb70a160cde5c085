import type { Clips } from '../clipboard/clips.ts';
import type { Failures } from '../failures/failures.ts';
import { serviceStartFault } from '../failures/faults.ts';
import { localesFor } from '../i18n/i18n.ts';
import type { LiveMessages } from '../i18n/locale.ts';
import type { ThisComputerLinks } from '../links/this-computer-links.ts';
import type { Settings } from '../settings/settings.ts';
import type { SettingValues } from '../settings/table.ts';
import type { Shortcuts } from '../shortcuts/shortcuts.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Targets } from '../targets/targets.ts';

export interface ApplySettingsDeps {
  readonly settings: Settings;
  readonly targets: Targets;
  readonly thisComputerLinks: Pick<ThisComputerLinks, 'addresses' | 'reach' | 'storage'>;
  readonly shortcuts: Shortcuts;
  readonly clips: Clips;
  readonly messages: LiveMessages;
  /** The user's own locales, best first. */
  readonly systemLocales: () => readonly string[];
  readonly model: AppModel;
  readonly failures: Failures;
}

/** Applies the settings, now and after each change. */
export function applySettings(deps: ApplySettingsDeps): void {
  const { settings, targets, shortcuts, clips, messages } = deps;
  const { addresses, reach, storage } = deps.thisComputerLinks;
  const { thisComputer } = targets;
  let appliedReach: SettingValues['reach'] | undefined;
  // The words are in this language already.
  let appliedLanguage = settings.values().language;

  const applyReach = (wanted: SettingValues['reach']): void => {
    if (wanted === appliedReach) return;
    appliedReach = wanted;
    thisComputer
      .applyReach()
      .then(() => reach.checkNow())
      .catch((error: unknown) => deps.failures.report(serviceStartFault(error).fault));
  };

  const applyLanguage = (wanted: SettingValues['language']): void => {
    if (wanted === appliedLanguage) return;
    appliedLanguage = wanted;
    void messages.use(localesFor(wanted, deps.systemLocales())).then(() => {
      clips.retranslate();
      apply();
      deps.model.invalidateAll();
    });
  };

  const apply = (): void => {
    const values = settings.values();
    targets.applyChoice();
    void storage.apply();
    void addresses.apply().then(() => reach.check());
    void thisComputer.applyHostNames();
    applyReach(values.reach);
    shortcuts.apply(values);
    clips.apply();
    applyLanguage(values.language);
  };

  settings.subscribe(apply);
  apply();
}
