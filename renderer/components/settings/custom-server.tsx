import { useState } from 'preact/hooks';
import type { SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import type { GroupProps } from './group-props.ts';

/** URL and access token of a server of one's own; used once it is saved. */
export function CustomServer(props: {
  readonly settings: SettingsView;
  readonly apply: GroupProps['apply'];
}) {
  const { settings, apply } = props;
  const { t } = useMessages();
  const [url, setUrl] = useState(settings.serviceUrl);
  const [token, setToken] = useState('');
  const [urlBad, setUrlBad] = useState(false);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const valid = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
    setUrlBad(!valid);
    if (!valid) return;
    const given = token === '' ? {} : { serviceToken: token };
    if (await apply({ service: 'custom', serviceUrl: url, ...given })) setToken('');
  };

  return (
    <form class="fields" noValidate onSubmit={(event) => void save(event)}>
      <label>
        <span>{t('serviceUrl')}</span>
        <input
          type="url"
          value={url}
          placeholder="http://localhost:39300"
          spellcheck={false}
          aria-invalid={urlBad}
          aria-describedby={urlBad ? 'url-problem' : undefined}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
      {urlBad && (
        <p class="setting-note" id="url-problem" role="alert" data-problem="true">
          {t('serviceUrlBad')}
        </p>
      )}
      <label>
        <span>{t('serviceToken')}</span>
        <input
          type="password"
          value={token}
          autocomplete="off"
          aria-describedby="token-help"
          onInput={(event) => setToken(event.currentTarget.value)}
        />
      </label>
      <p class="setting-help" id="token-help">
        {t(settings.hasServiceToken ? 'serviceTokenSaved' : 'serviceTokenNone')}
      </p>
      <button type="submit" class="button primary">
        {t('serviceUse')}
      </button>
    </form>
  );
}
