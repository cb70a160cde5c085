import type { AppState } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { nameFinding } from '../secrets/name-findings.ts';
import { labelOfKind } from '../secrets/rule-names.ts';
import type { Settings } from '../settings/settings.ts';

/** The settings, and the names of the secrets that are shared without a question. */
export function settingsState(
  settings: Pick<Settings, 'values' | 'view'>,
  messages: Messages,
): Pick<AppState, 'settings'> {
  return {
    settings: {
      ...settings.view(),
      allowedSecrets: settings.values().allowedSecretKinds.map((kind) => ({
        kind,
        name: nameFinding(labelOfKind(kind), messages),
      })),
    },
  };
}
