import type { RecoveryId, ServiceView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

interface HeaderProps {
  readonly service: ServiceView;
  readonly onRecover: (id: RecoveryId) => void;
  readonly onSettings: () => void;
  readonly keptOpen: boolean;
  readonly onKeepOpen: (on: boolean) => void;
  readonly onClose: () => void;
}

/** Which service makes the links, and whether it can; and the window's own buttons. */
export function Header(props: HeaderProps) {
  const { t } = useMessages();
  const { keptOpen, onKeepOpen } = props;
  const { name, state, detail, action } = props.service;
  return (
    <header class="header">
      <h1 class="sr-only">{t('appName')}</h1>
      <p class="service" data-state={state}>
        <span class="dot" aria-hidden="true" />
        <span class="service-name">{name}</span>
        <span class="service-detail">{detail}</span>
      </p>
      {action !== undefined && (
        <button type="button" class="button" onClick={() => props.onRecover(action.id)}>
          {action.label}
        </button>
      )}
      <button
        type="button"
        class="icon-button"
        aria-label={t('keepOpen')}
        aria-pressed={keptOpen}
        title={t('keepOpen')}
        onClick={() => onKeepOpen(!keptOpen)}
      >
        <Icon name="pin" />
      </button>
      <IconButton icon="gear" label={t('settings')} onClick={props.onSettings} />
      {keptOpen && <IconButton icon="close" label={t('close')} onClick={props.onClose} />}
    </header>
  );
}
