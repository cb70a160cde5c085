import type {
  AppState,
  FailureView,
  Outcome,
  SettingsChange,
  SettingsView,
} from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Platform } from '../view/platform.ts';
import { Icon } from './icon.tsx';
import { ServiceChoice } from './service-choice.tsx';
import { ShortcutRecorder } from './shortcut-recorder.tsx';
import { Switch } from './switch.tsx';

interface PreferencesProps {
  readonly state: AppState;
  readonly platform: Platform;
  readonly change: (change: SettingsChange) => Promise<Outcome<SettingsView>>;
  readonly tell: (text: string) => void;
  readonly onFailure: (failure: FailureView | null) => void;
  readonly onBack: () => void;
}

/** Every change applies at once. */
export function Preferences(props: PreferencesProps) {
  const { say } = useWords();
  const { settings, shortcut } = props.state;
  const apply = async (change: SettingsChange): Promise<boolean> => {
    const outcome = await props.change(change);
    props.onFailure(outcome.ok ? null : outcome.failure);
    if (outcome.ok) props.tell(say('saved'));
    return outcome.ok;
  };
  return (
    <main class="preferences">
      <header class="header">
        <button
          type="button"
          class="icon-button"
          aria-label={say('back')}
          title={say('back')}
          ref={(button) => button?.focus()}
          onClick={props.onBack}
        >
          <Icon name="back" />
        </button>
        <h1>{say('preferences')}</h1>
      </header>
      <div class="groups">
        <ShortcutRecorder shortcut={shortcut} platform={props.platform} apply={apply} />
        <section class="group">
          <Switch
            label={say('watching')}
            help={say('watchingHelp')}
            checked={settings.watching}
            onChange={(watching) => void apply({ watching })}
          />
        </section>
        <ServiceChoice settings={settings} apply={apply} />
      </div>
    </main>
  );
}
