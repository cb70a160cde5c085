import type { ServiceView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { Icon } from './icon.tsx';

/** Which service makes the links, and whether it can. */
export function Header(props: {
  readonly service: ServiceView;
  readonly onPreferences: () => void;
}) {
  const { say } = useWords();
  const { name, state, detail } = props.service;
  return (
    <header class="header">
      <h1 class="sr-only">{say('appName')}</h1>
      <p class="service" data-state={state}>
        <span class="dot" aria-hidden="true" />
        <span class="service-name">{name}</span>
        <span class="service-detail">{detail}</span>
      </p>
      <button
        type="button"
        class="icon-button"
        aria-label={say('preferences')}
        title={say('preferences')}
        onClick={props.onPreferences}
      >
        <Icon name="gear" />
      </button>
    </header>
  );
}
