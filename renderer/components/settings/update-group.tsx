import type { LinkifyBridge, UpdateView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { Switch } from '../switch.tsx';
import type { GroupProps } from './group-props.ts';

interface UpdateGroupProps {
  readonly update: UpdateView;
  readonly isOn: boolean;
  readonly apply: GroupProps['apply'];
  readonly bridge: Pick<LinkifyBridge, 'checkForUpdates' | 'installUpdate'>;
}

/** Whether the app checks for new versions, a check at once, and what is known of them. */
export function UpdateGroup({ update, isOn, apply, bridge }: UpdateGroupProps) {
  const { t } = useMessages();
  const { way, progress } = update;
  const { kind } = progress;
  return (
    <section class="group">
      <h2>{t('updates')}</h2>
      <Switch
        label={t('checkForUpdates')}
        help={t(way === 'install' ? 'checkForUpdatesHelp' : 'checkForUpdatesReport')}
        checked={isOn}
        onChange={(checkForUpdates) => void apply({ checkForUpdates })}
      />
      <div class="setting">
        <p class="setting-help" role="status">
          <UpdateStatus update={update} />
        </p>
        {kind === 'ready' || kind === 'available' ? (
          <button type="button" class="button" onClick={() => void bridge.installUpdate()}>
            {t(kind === 'ready' ? 'updateRestart' : 'updatePage')}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => void bridge.checkForUpdates()}>
            {t('updateCheckNow')}
          </button>
        )}
      </div>
    </section>
  );
}

function UpdateStatus({
  update: { progress, restartsWhenIdle },
}: Pick<UpdateGroupProps, 'update'>) {
  const { t } = useMessages();
  switch (progress.kind) {
    case 'idle':
      return null;
    case 'checking':
      return t('updateChecking');
    case 'up-to-date':
      return t('updateNone');
    case 'downloading':
      return t('updateDownloading', {
        version: progress.version,
        percent: String(progress.percent),
      });
    case 'ready':
      return restartsWhenIdle
        ? t('updateRestartsLater')
        : t('updateReady', { version: progress.version });
    case 'available':
      return t('updateAvailable', { version: progress.version });
  }
}
