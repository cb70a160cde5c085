import { useCallback } from 'preact/hooks';
import type { LinkifyBridge, ShortcutSetting } from '../../../preload/contract.ts';
import { spokenAccelerator } from '../../../preload/key-names.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import type { Platform } from '../../view/platform.ts';
import { shortcutNote } from '../../view/shortcut-note.ts';
import type { GroupProps } from './group-props.ts';
import { ShortcutRecorder } from './shortcut-recorder.tsx';
import { ShortcutSetUp } from './shortcut-set-up.tsx';
import { ShortcutTest } from './shortcut-test.tsx';

export interface ShortcutProps extends GroupProps {
  readonly platform: Platform;
  readonly bridge: Pick<LinkifyBridge, 'testShortcut' | 'holdShortcuts' | 'setUpShortcut'>;
}

/** The two shortcuts that everyone has: share, and open the window. */
export function ShortcutGroup(props: ShortcutProps) {
  const { t } = useMessages();
  const { accelerator, keys, state } = props.state.shortcut;
  const isGlobal = state !== 'denied' && state !== 'unavailable';
  return (
    <section class="group">
      <ShortcutField
        {...props}
        name="shareShortcut"
        label={t('shortcut')}
        {...(isGlobal ? { help: t('shortcutHelp') } : {})}
      />
      <ShortcutSetUp state={props.state} setUp={props.bridge.setUpShortcut} />
      {state !== 'taken' && state !== 'denied' && (
        <ShortcutTest
          key={accelerator}
          test={props.bridge.testShortcut}
          shortcut={keys ?? spokenAccelerator(accelerator, props.platform, t)}
        />
      )}
      <ShortcutField {...props} name="windowShortcut" label={t('shortcutOpenWindow')} />
    </section>
  );
}

const MORE = ['shareRecentShortcut', 'revokeLastShortcut', 'restoreClipboardShortcut'] as const;

/** The shortcuts that nobody has until they record them: collapsed while there are none. */
export function MoreShortcuts(props: ShortcutProps) {
  const { t } = useMessages();
  const { settings } = props.state;
  return (
    <details class="group" open={MORE.some((name) => settings[name] !== '')}>
      <summary>{t('moreShortcuts')}</summary>
      <ShortcutField {...props} name="shareRecentShortcut" label={t('shortcutShareLast')} />
      <ShortcutField {...props} name="revokeLastShortcut" label={t('shortcutRevokeLast')} />
      <ShortcutField
        {...props}
        name="restoreClipboardShortcut"
        label={t('shortcutRestoreClipboard')}
      />
    </details>
  );
}

interface ShortcutFieldProps extends ShortcutProps {
  readonly name: ShortcutSetting;
  readonly label: string;
  readonly help?: string;
}

function ShortcutField({ name, label, help, ...props }: ShortcutFieldProps) {
  const { t } = useMessages();
  const { state, platform, apply, bridge } = props;
  const { holdShortcuts } = bridge;
  const onListening = useCallback(
    (listening: boolean): void => void holdShortcuts(listening),
    [holdShortcuts],
  );
  const accelerator = state.settings[name];
  const status = state.shortcutStates?.[name];
  const shortcut = spokenAccelerator(accelerator, platform, t);
  // A shortcut without keys has no state, and of the first the way to set it up says the same.
  const isSaid = name === 'shareShortcut' && status?.state === 'unavailable';
  const note = status && accelerator !== '' && !isSaid ? shortcutNote(status, shortcut, t) : null;
  return (
    <ShortcutRecorder
      label={label}
      {...(help === undefined ? {} : { help })}
      accelerator={accelerator}
      note={note}
      removable={name !== 'shareShortcut'}
      onListening={onListening}
      platform={platform}
      onRecord={(keys) => void apply({ [name]: keys })}
    />
  );
}
