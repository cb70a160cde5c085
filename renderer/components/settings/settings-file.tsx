import type { FailureView, LinkifyBridge, Outcome } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';

export interface SettingsFileProps {
  readonly bridge: LinkifyBridge;
  readonly tell: (text: string) => void;
  readonly onFailure: (failure: FailureView | null) => void;
}

/** Takes the settings along to another computer, or resets them. */
export function SettingsFile({ bridge, tell, onFailure }: SettingsFileProps) {
  const { t } = useMessages();
  const { exportSettings, importSettings, resetSettings } = bridge;
  const run = async <T,>(
    call: Promise<Outcome<T | null>>,
    done: (value: T) => string,
  ): Promise<void> => {
    const outcome = await call;
    onFailure(outcome.ok || outcome.failure.cause === 'cancelled' ? null : outcome.failure);
    // Null: the user closed the dialog without a choice.
    if (outcome.ok && outcome.value !== null) tell(done(outcome.value));
  };
  return (
    <div class="buttons">
      <button
        type="button"
        class="button"
        onClick={() => void run(exportSettings(), ({ file }) => t('exported', { file }))}
      >
        {t('exportSettings')}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => void run(importSettings(), () => t('imported'))}
      >
        {t('importSettings')}
      </button>
      <button
        type="button"
        class="button"
        onClick={() => void run(resetSettings(), () => t('settingsReset'))}
      >
        {t('resetSettings')}
      </button>
    </div>
  );
}
