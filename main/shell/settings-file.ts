import type { Outcome, SettingsView } from '../../preload/contract.ts';
import type { SharingFault } from '../failures/faults.ts';
import type { Messages } from '../i18n/messages.ts';
import { serviceUrlProblem } from '../settings/service-url.ts';
import type { Settings } from '../settings/settings.ts';
import type { Confirm } from './confirmation.ts';
import { changeConfirmation, consentChanges } from './consent-changes.ts';

export interface SettingsFileDeps {
  readonly settings: Pick<Settings, 'exportable' | 'importable' | 'importFrom' | 'values' | 'view'>;
  /** Asks before a file decides where content goes, and what the user is asked and told. */
  readonly confirm: Confirm;
  readonly messages: Messages;
  /** Asks for a file in a dialog of the system; `undefined`: the user chose none. */
  readonly askWhere: (
    why: 'export' | 'import',
  ) => Promise<{ readonly path: string; readonly name: string } | undefined>;
  readonly read: (path: string) => Promise<string>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly failed: (fault: SharingFault) => Outcome<never>;
}

/** Takes the settings along to another computer: all but a service's token and what was agreed to here only. */
export interface SettingsFile {
  export(): Promise<Outcome<{ readonly file: string } | null>>;
  import(): Promise<Outcome<SettingsView | null>>;
}

export function createSettingsFile(deps: SettingsFileDeps): SettingsFile {
  const { settings, failed } = deps;

  const parse = async (path: string): Promise<unknown> => {
    try {
      return JSON.parse(await deps.read(path));
    } catch {
      return undefined;
    }
  };

  return {
    async export() {
      const file = await deps.askWhere('export');
      if (file === undefined) return { ok: true, value: null };
      try {
        await deps.write(file.path, `${JSON.stringify(settings.exportable(), null, 2)}\n`);
      } catch {
        return failed({ kind: 'settings-not-exported', name: file.name });
      }
      return { ok: true, value: { file: file.name } };
    },
    async import() {
      const file = await deps.askWhere('import');
      if (file === undefined) return { ok: true, value: null };
      const value = await parse(file.path);
      const address = serviceUrlOf(value);
      if (address !== '' && serviceUrlProblem(address) !== undefined) {
        return failed({ kind: 'unusable-service-address', address });
      }
      const wanted = settings.importable(value);
      if (wanted === undefined) {
        return failed({ kind: 'settings-file-unusable', name: file.name });
      }
      const question = changeConfirmation(
        consentChanges(settings.values(), wanted, deps.messages),
        'import',
        deps.messages,
      );
      if (question !== undefined && !(await deps.confirm(question))) {
        return { ok: true, value: null };
      }
      settings.importFrom(value);
      return { ok: true, value: settings.view() };
    },
  };
}

/** The address in what a file held, before anything of it is believed. */
function serviceUrlOf(value: unknown): string {
  const url =
    typeof value === 'object' && value !== null && 'serviceUrl' in value ? value.serviceUrl : '';
  return typeof url === 'string' ? url : '';
}
