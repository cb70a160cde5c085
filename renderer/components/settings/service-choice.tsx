import { useState } from 'preact/hooks';
import type { PiecesView, RecoveryId, SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { RecoveryButton } from '../recovery-button.tsx';
import { Select } from '../select.tsx';
import { CustomServer } from './custom-server.tsx';
import type { GroupProps } from './group-props.ts';

interface ServiceChoiceProps extends GroupProps {
  readonly onRecover: (id: RecoveryId) => void;
  readonly onRemoveServer: (url: string) => void;
}

/** Where links are created: by Pieces OS, on this computer, or by a server of one's own. */
export function ServiceChoice(props: ServiceChoiceProps) {
  const { state, apply, onRecover, onRemoveServer } = props;
  const { settings, service, pieces = null } = state;
  const { t } = useMessages();
  const [choice, setChoice] = useState(settings.service);

  const choose = (next: SettingsView['service']): void => {
    setChoice(next);
    // A server of one's own needs its URL first.
    if (next !== 'custom' || settings.serviceUrl !== '') void apply({ service: next });
  };

  const help = {
    automatic: t('serviceAutomaticHelp'),
    pieces: t('servicePiecesHelp'),
    'built-in': t(settings.reach === 'this-computer' ? 'serviceLocalHelp' : 'serviceBuiltInHelp'),
    custom: t('serviceCustomHelp'),
  } satisfies Record<SettingsView['service'], string>;
  return (
    <section class="group">
      <Select
        label={t('service')}
        help={help[choice]}
        value={choice}
        choices={[
          ['automatic', t('serviceAutomatic')],
          ['pieces', 'Pieces OS'],
          ['built-in', t('serviceBuiltIn')],
          ['custom', t('serviceCustom')],
        ]}
        onChange={choose}
      />
      {(choice === 'automatic' || choice === 'pieces') && (
        <PiecesNote pieces={pieces} onRecover={onRecover} />
      )}
      {choice === 'custom' && (
        <CustomServer
          settings={settings}
          service={service}
          apply={apply}
          onRemove={onRemoveServer}
        />
      )}
    </section>
  );
}

/** How Pieces OS is, with the button that gets someone on. */
function PiecesNote(props: {
  readonly pieces: PiecesView | null;
  readonly onRecover: (id: RecoveryId) => void;
}) {
  const { pieces } = props;
  if (pieces === null) return null;
  const { state, detail, action } = pieces;
  return (
    <div class="pieces-note" data-state={state}>
      <p class="setting-help" role="status">
        Pieces OS: {detail}
      </p>
      <RecoveryButton action={action} onRecover={props.onRecover} />
    </div>
  );
}
