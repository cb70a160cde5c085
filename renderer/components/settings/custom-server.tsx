import { useState } from 'preact/hooks';
import type { ServiceView, SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { IconButton } from '../icon-button.tsx';
import type { GroupProps } from './group-props.ts';
import { StorageMeter } from './storage-meter.tsx';

interface CustomServerProps {
  readonly settings: SettingsView;
  readonly service: ServiceView;
  readonly apply: GroupProps['apply'];
  readonly onRemove: (url: string) => void;
}

/** The user's servers, the account at the one in use, and a form that adds one. */
export function CustomServer({ settings, service, apply, onRemove }: CustomServerProps) {
  const { t } = useMessages();
  const { servers } = settings;
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      {servers.length > 0 && <ServerList {...{ settings, apply, onRemove }} />}
      {service.kind === 'custom' && <Connection service={service} />}
      {isAdding || servers.length === 0 ? (
        <ServerForm settings={settings} apply={apply} onConnected={() => setAdding(false)} />
      ) : (
        <button type="button" class="button" onClick={() => setAdding(true)}>
          {t('serverAdd')}
        </button>
      )}
    </>
  );
}

function ServerList({ settings, apply, onRemove }: Omit<CustomServerProps, 'service'>) {
  const { t } = useMessages();
  const { service, serviceUrl, servers } = settings;
  return (
    <fieldset class="servers">
      <legend class="sr-only">{t('servers')}</legend>
      {servers.map(({ url, name }) => (
        <div key={url} class="setting">
          <label class="setting-words">
            <input
              type="radio"
              name="server"
              checked={service === 'custom' && url === serviceUrl}
              onChange={() => void apply({ service: 'custom', serviceUrl: url })}
            />
            <span class="setting-label">{name}</span>
          </label>
          <IconButton
            icon="close"
            label={t('serverRemove', { name })}
            onClick={() => onRemove(url)}
          />
        </div>
      ))}
    </fieldset>
  );
}

/** "Connected as Anna" with her storage, or why the server can't be used. */
function Connection({ service }: { readonly service: ServiceView }) {
  const messages = useMessages();
  const { t } = messages;
  const { account, name: server, state, detail } = service;
  if (account === undefined) {
    return (
      <p class="setting-note" role="status" data-problem={state === 'problem'}>
        {server}: {detail}
      </p>
    );
  }
  const { name, usedBytes, quotaBytes } = account;
  return (
    <>
      <p class="setting-note" role="status">
        {server}: {name === undefined ? t('serverConnected') : t('serverConnectedAs', { name })}
      </p>
      {quotaBytes !== undefined && <StorageMeter used={usedBytes} limit={quotaBytes} />}
    </>
  );
}

interface ServerFormProps {
  readonly settings: SettingsView;
  readonly apply: GroupProps['apply'];
  readonly onConnected: () => void;
}

/** URL and access token of a server; used once it is saved. */
function ServerForm({ settings, apply, onConnected }: ServerFormProps) {
  const { t } = useMessages();
  const [url, setUrl] = useState('');
  const [token, setToken] = useState('');
  const [urlBad, setUrlBad] = useState(false);
  const isSaved = settings.servers.some((server) => server.url === url && server.hasToken);

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const valid = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
    setUrlBad(!valid);
    if (!valid) return;
    const given = token === '' ? {} : { serviceToken: token };
    if (await apply({ service: 'custom', serviceUrl: url, ...given })) onConnected();
  };

  return (
    <form class="fields" noValidate onSubmit={(event) => void save(event)}>
      <label>
        <span>{t('serviceUrl')}</span>
        <input
          type="url"
          value={url}
          placeholder="https://share.example.com"
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
        {t(isSaved ? 'serviceTokenSaved' : 'serviceTokenNone')}
      </p>
      <button type="submit" class="button primary">
        {t('serviceUse')}
      </button>
    </form>
  );
}
