import { useCallback } from 'preact/hooks';
import type { LinkifyBridge, ShortcutSetting } from '../../../preload/contract.ts';
import { spokenAccelerator } from '../../../preload/key-names.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import type { Platform } from '../../view/platform.ts';
import type { GroupProps } from './group-props.ts';
import { ShortcutRecorder } from './shortcut-recorder.tsx';
import { ShortcutTest } from './shortcut-test.tsx';

export interface ShortcutProps extends GroupProps {
  readonly platform: Platform;
  readonly bridge: Pick<LinkifyBridge, 'testShortcut' | 'holdShortcuts'>;
}

/** The two shortcuts that everyone has: share, and open the window. */
export function ShortcutGroup(props: ShortcutProps) {
  const { t } = useMessages();
  const { accelerator, state } = props.state.shortcut;
  return (
    <section class="group">
      <h2>{t('shortcuts')}</h2>
      <ShortcutField
        {...props}
        name="shareShortcut"
        label={t('shortcut')}
        help={t('shortcutHelp')}
      />
      {state === 'active' && (
        <ShortcutTest
          key={accelerator}
          test={props.bridge.testShortcut}
          shortcut={spokenAccelerator(accelerator, props.platform)}
        />
      )}
      <ShortcutField {...props} name="windowShortcut" label={t('shortcutOpenWindow')} />
    </section>
  );
}

/** The shortcuts that nobody has until they record them. */
export function MoreShortcuts(props: ShortcutProps) {
  const { t } = useMessages();
  return (
    <section class="group">
      <h2>{t('moreShortcuts')}</h2>
      <ShortcutField {...props} name="shareRecentShortcut" label={t('shortcutShareLast')} />
      <ShortcutField {...props} name="revokeLastShortcut" label={t('shortcutRevokeLast')} />
      <ShortcutField
        {...props}
        name="restoreClipboardShortcut"
        label={t('shortcutRestoreClipboard')}
      />
    </section>
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
  const isTaken = state.takenShortcuts?.includes(name) === true;
  const shortcut = spokenAccelerator(accelerator, platform);
  return (
    <ShortcutRecorder
      label={label}
      {...(help === undefined ? {} : { help })}
      accelerator={accelerator}
      note={isTaken ? { text: t('shortcutTaken', { shortcut }), problem: true } : null}
      removable={name !== 'shareShortcut'}
      onListening={onListening}
      platform={platform}
      onRecord={(keys) => void apply({ [name]: keys })}
    />
  );
}
