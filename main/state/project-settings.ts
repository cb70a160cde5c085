import type { Words } from '../i18n/messages.ts';
import { nameFind } from '../secrets/name-findings.ts';
import { labelOfKind } from '../secrets/rule-names.ts';
import type { Settings } from '../settings/settings.ts';
import type { AppModel } from './app-state.ts';

export interface ProjectSettingsDeps {
  readonly model: AppModel;
  readonly settings: Pick<Settings, 'subscribe' | 'values' | 'view'>;
  readonly words: Words;
}

/** Shows the settings, and the names of the secrets that are shared without a question. */
export function projectSettings({ model, settings, words }: ProjectSettingsDeps): void {
  model.project('settings', () => ({
    settings: {
      ...settings.view(),
      allowedSecrets: settings.values().allowedSecretKinds.map((kind) => ({
        kind,
        name: nameFind(labelOfKind(kind), words),
      })),
    },
  }));
  settings.subscribe(() => model.invalidate('settings'));
}
