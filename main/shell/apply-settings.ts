import type { FailureView, Outcome, SettingsChange, SettingsView } from '../../preload/contract.ts';
import type { Clips } from '../clipboard/clips.ts';
import { type SharingFault, serviceStartFault } from '../failures/faults.ts';
import { localesFor } from '../i18n/i18n.ts';
import type { LiveWords } from '../i18n/locale.ts';
import { whatIsWrongWithServiceUrl } from '../settings/service-url.ts';
import type { Settings } from '../settings/settings.ts';
import { keysOf, SETTING_OF, type Shortcuts } from '../shortcuts/shortcuts.ts';
import type { Targets } from '../targets/targets.ts';

export interface PreferencesDeps {
  readonly settings: Settings;
  readonly shortcuts: Pick<Shortcuts, 'apply' | 'clash' | 'taken'>;
  readonly clips: Pick<Clips, 'apply' | 'retranslate'>;
  readonly targets: Pick<Targets, 'applyChoice' | 'clearOverride'>;
  readonly words: LiveWords;
  /** The person's own locales, best first. */
  readonly systemLocales: () => readonly string[];
  /** What is on the screen is to be said in another language. */
  readonly onLanguage: () => void;
  readonly fail: (fault: SharingFault) => unknown;
  /** What to say about a fault, without telling it. */
  readonly describe: (fault: SharingFault) => FailureView;
  /** How much the built-in service may keep may have changed. */
  readonly applyQuota: () => void;
  /** What links of this computer carry may have been chosen anew. */
  readonly applyAddress: () => void;
  /** Who may open links of the built-in service may have changed. */
  readonly applyReach: () => Promise<void>;
}

/** Puts the settings to work, at start and after each change. */
export interface Preferences {
  apply(): void;
  change(change: SettingsChange): Outcome<SettingsView>;
  setWatching(watching: boolean): void;
  /** Asks about this kind of secret again. */
  askAboutSecret(kind: string): Outcome<SettingsView>;
  useBuiltIn(): void;
}

export function createPreferences(deps: PreferencesDeps): Preferences {
  const { settings, shortcuts, clips, words } = deps;
  let reach: 'network' | 'this-computer' | undefined;
  // The words speak it already.
  let language = settings.view().language;

  const applyReach = (wanted: 'network' | 'this-computer'): void => {
    if (wanted === reach) return;
    reach = wanted;
    deps.applyReach().catch((error: unknown) => deps.fail(serviceStartFault(error).fault));
  };

  const applyLanguage = (wanted: SettingsView['language']): void => {
    if (wanted === language) return;
    language = wanted;
    void words.use(localesFor(wanted, deps.systemLocales())).then(() => {
      clips.retranslate();
      apply();
      deps.onLanguage();
    });
  };

  const apply = (): void => {
    const view = settings.view();
    deps.targets.applyChoice();
    deps.applyQuota();
    deps.applyAddress();
    applyReach(view.reach);
    shortcuts.apply(view);
    clips.apply();
    applyLanguage(view.language);
  };

  const change = (wanted: SettingsChange): Outcome<SettingsView> => {
    const wrong =
      wanted.serviceUrl === undefined || wanted.serviceUrl === ''
        ? undefined
        : whatIsWrongWithServiceUrl(wanted.serviceUrl);
    if (wrong !== undefined) {
      return {
        ok: false,
        failure: deps.describe({
          kind: 'unusable-service-address',
          address: wanted.serviceUrl ?? '',
        }),
      };
    }
    // What someone chooses now counts more than what this run began with.
    if (wanted.service !== undefined || wanted.serviceUrl !== undefined) {
      deps.targets.clearOverride();
    }
    const before = settings.values();
    const keysBefore = keysOf(before);
    const keys = keysOf({ ...before, ...wanted });
    const clash = shortcuts.clash(keys);
    if (clash !== undefined) return { ok: false, failure: deps.describe(clash) };
    settings.change(wanted);
    apply();
    const lost = shortcuts.taken().find((name) => keys[name] !== keysBefore[name]);
    if (lost === undefined) return { ok: true, value: settings.view() };
    // Better the old shortcut than none.
    settings.change({ [SETTING_OF[lost]]: keysBefore[lost] });
    apply();
    return {
      ok: false,
      failure: deps.describe({ kind: 'shortcut-taken', accelerator: keys[lost] }),
    };
  };

  return {
    apply,
    change,
    askAboutSecret(kind) {
      settings.allowSecretKind(kind, false);
      apply();
      return { ok: true, value: settings.view() };
    },
    setWatching(watching) {
      change({ watching });
    },
    useBuiltIn() {
      change({ service: 'built-in' });
    },
  };
}
