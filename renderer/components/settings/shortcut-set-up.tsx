import { useState } from 'preact/hooks';
import type {
  AppState,
  LinkifyBridge,
  ShortcutSetUpStep,
  ShortcutSupport,
} from '../../../preload/contract.ts';
import type { TextKey } from '../../i18n/messages.ts';
import { useMessages } from '../../i18n/use-messages.ts';

interface SetUpProps {
  readonly state: Pick<AppState, 'shortcut' | 'shortcutSupport'>;
  readonly setUp: LinkifyBridge['setUpShortcut'];
}

/** What this desktop has for shortcuts, and the one button that helps. */
export function ShortcutSetUp({ state, setUp }: SetUpProps) {
  const { t } = useMessages();
  const [note, setNote] = useState<{ readonly text: string; readonly problem: boolean } | null>(
    null,
  );
  const { shortcut, shortcutSupport: support = { kind: 'system' } } = state;
  const offer = offerOf(support, shortcut.state === 'denied');
  if (offer === undefined) return null;
  const { help, button } = offer;
  const run = async (step: ShortcutSetUpStep): Promise<void> => {
    const outcome = await setUp(step);
    if (!outcome.ok) setNote({ text: outcome.failure.sentence, problem: true });
    else setNote(step === 'copy' ? { text: t('shortcutLineCopied'), problem: false } : null);
  };
  return (
    <>
      {help !== undefined && <p class="setting-help">{t(help)}</p>}
      {'text' in support && <p class="panel-link">{support.text}</p>}
      {button !== undefined && (
        <div class="step">
          <button type="button" class="button" onClick={() => void run(button.step)}>
            {t(button.label)}
          </button>
        </div>
      )}
      <p class="setting-note" role="status" data-problem={note?.problem ?? false}>
        {note?.text}
      </p>
    </>
  );
}

interface Offer {
  readonly help?: TextKey;
  readonly button?: { readonly step: ShortcutSetUpStep; readonly label: TextKey };
}

const CHOOSE = { step: 'choose', label: 'shortcutChoose' } as const;

function offerOf(support: ShortcutSupport, isDenied: boolean): Offer | undefined {
  switch (support.kind) {
    case 'system':
      return undefined;
    case 'portal':
      // What is wrong is said beside the keys.
      if (isDenied) return { button: CHOOSE };
      return support.canChoose
        ? { help: 'shortcutPortal', button: CHOOSE }
        : { help: 'shortcutPortalSettings' };
    case 'gnome':
      return support.isAdded
        ? { help: 'shortcutInGnome', button: { step: 'remove', label: 'shortcutRemoveAdded' } }
        : { help: 'shortcutGnome', button: { step: 'add', label: 'shortcutAdd' } };
    case 'config':
      return { help: 'shortcutConfig', button: { step: 'copy', label: 'shortcutCopyLine' } };
    case 'command':
      return { help: 'shortcutCommand', button: { step: 'copy', label: 'shortcutCopyCommand' } };
  }
}
