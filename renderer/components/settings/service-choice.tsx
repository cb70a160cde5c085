import { useState } from 'preact/hooks';
import type { PiecesView, RecoveryId, SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { CustomServer } from './custom-server.tsx';
import type { GroupProps } from './group-props.ts';

interface ServiceChoiceProps extends GroupProps {
  readonly onRecover: (id: RecoveryId) => void;
}

/** Where links are created: by Pieces OS, on this computer, or by a server of one's own. */
export function ServiceChoice({ state, apply, onRecover }: ServiceChoiceProps) {
  const { settings, pieces = null } = state;
  const { t } = useMessages();
  const [choice, setChoice] = useState(settings.service);

  const choose = (next: SettingsView['service']): void => {
    setChoice(next);
    // A server of one's own needs its URL first.
    if (next !== 'custom' || settings.serviceUrl !== '') void apply({ service: next });
  };

  return (
    <fieldset class="group">
      <legend>{t('service')}</legend>
      <Choice
        value="automatic"
        chosen={choice}
        label={t('serviceAutomatic')}
        help={t('serviceAutomaticHelp')}
        onChoose={choose}
      />
      {choice === 'automatic' && <PiecesNote pieces={pieces} onRecover={onRecover} />}
      <Choice
        value="pieces"
        chosen={choice}
        label="Pieces OS"
        help={t('servicePiecesHelp')}
        onChoose={choose}
      />
      {choice === 'pieces' && <PiecesNote pieces={pieces} onRecover={onRecover} />}
      <Choice
        value="built-in"
        chosen={choice}
        label={t('serviceBuiltIn')}
        help={t(settings.reach === 'this-computer' ? 'serviceLocalHelp' : 'serviceBuiltInHelp')}
        onChoose={choose}
      />
      <Choice
        value="custom"
        chosen={choice}
        label={t('serviceCustom')}
        help={t('serviceCustomHelp')}
        onChoose={choose}
      />
      {choice === 'custom' && <CustomServer settings={settings} apply={apply} />}
    </fieldset>
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
    <div class="nested pieces-note" data-state={state}>
      <p class="setting-help" role="status">
        Pieces OS: {detail}
      </p>
      {action !== undefined && (
        <button type="button" class="button" onClick={() => props.onRecover(action.id)}>
          {action.label}
        </button>
      )}
    </div>
  );
}

function Choice(props: {
  readonly value: SettingsView['service'];
  readonly chosen: SettingsView['service'];
  readonly label: string;
  readonly help: string;
  readonly onChoose: (value: SettingsView['service']) => void;
}) {
  return (
    <label class="choice">
      <input
        type="radio"
        name="service"
        checked={props.chosen === props.value}
        onChange={() => props.onChoose(props.value)}
      />
      <span class="setting-words">
        <span class="setting-label">{props.label}</span>
        <span class="setting-help">{props.help}</span>
      </span>
    </label>
  );
}
