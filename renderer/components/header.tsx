import type { ComponentChildren } from 'preact';
import type { ServiceView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

export interface HeaderProps {
  readonly service: ServiceView;
  readonly onSettings: () => void;
  readonly keptOpen: boolean;
  readonly onKeepOpen: (on: boolean) => void;
  readonly onClose: () => void;
}

/**
 * The search box, whether the link service is ready, and the window's own buttons. Where there is
 * nothing to search, it shows the app's name.
 */
export function Header(props: HeaderProps & { readonly search: ComponentChildren }) {
  const { t } = useMessages();
  const { keptOpen, onKeepOpen, search } = props;
  const { name, state, detail } = props.service;
  const status = `${name}: ${detail}`;
  return (
    <header class="header">
      <h1 class={search ? 'sr-only' : 'header-title'}>{t('appName')}</h1>
      {search}
      <span class="service" role="img" aria-label={status} title={status} data-state={state}>
        <span class="dot" />
      </span>
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
