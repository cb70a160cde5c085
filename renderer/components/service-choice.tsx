import { useState } from 'preact/hooks';
import type {
  AppState,
  PiecesView,
  ReachStep,
  RecoveryId,
  SettingsChange,
  SettingsView,
} from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { AddressChoice } from './address-choice.tsx';
import { ReachNote } from './reach-note.tsx';
import { Select } from './select.tsx';

interface ServiceChoiceProps {
  readonly settings: SettingsView;
  readonly pieces: PiecesView | null;
  readonly reachCheck: AppState['reachCheck'];
  readonly onReach: ((step: ReachStep) => void) | null;
  readonly addresses: NonNullable<AppState['addresses']>;
  readonly apply: (change: SettingsChange) => Promise<boolean>;
  readonly onRecover: (id: RecoveryId) => void;
}

/** Where links are made: by Pieces OS, on this computer, or by a service at an address. */
export function ServiceChoice(props: ServiceChoiceProps) {
  const { settings, pieces, apply, onRecover } = props;
  const { say } = useWords();
  const [choice, setChoice] = useState(settings.service);
  const [url, setUrl] = useState(settings.serviceUrl);
  const [token, setToken] = useState('');
  const [urlBad, setUrlBad] = useState(false);

  const choose = (next: SettingsView['service']): void => {
    setChoice(next);
    // A service of one's own needs its address first.
    if (next !== 'custom' || settings.serviceUrl !== '') void apply({ service: next });
  };

  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    const valid = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
    setUrlBad(!valid);
    if (!valid) return;
    const given = token === '' ? {} : { serviceToken: token };
    if (await apply({ service: 'custom', serviceUrl: url, ...given })) setToken('');
  };

  return (
    <fieldset class="group">
      <legend>{say('service')}</legend>
      <Choice
        value="automatic"
        chosen={choice}
        label={say('serviceAutomatic')}
        help={say('serviceAutomaticHelp')}
        onChoose={choose}
      />
      {choice === 'automatic' && <PiecesNote pieces={pieces} onRecover={onRecover} />}
      <Choice
        value="pieces"
        chosen={choice}
        label="Pieces OS"
        help={say('servicePiecesHelp')}
        onChoose={choose}
      />
      {choice === 'pieces' && <PiecesNote pieces={pieces} onRecover={onRecover} />}
      <Choice
        value="built-in"
        chosen={choice}
        label={say('serviceBuiltIn')}
        help={say(settings.reach === 'this-computer' ? 'serviceLocalHelp' : 'serviceBuiltInHelp')}
        onChoose={choose}
      />
      {(choice === 'built-in' || choice === 'automatic') && settings.reach !== undefined && (
        <div class="nested">
          <Select
            label={say('reach')}
            value={settings.reach}
            choices={[
              ['network', say('reachNetwork')],
              ['this-computer', say('reachThisComputer')],
            ]}
            onChange={(reach) => void apply({ reach })}
          />
          {settings.reach === 'network' && props.reachCheck && (
            <ReachNote check={props.reachCheck} onStep={props.onReach} />
          )}
          {settings.reach === 'network' && (
            <AddressChoice settings={settings} addresses={props.addresses} apply={apply} />
          )}
        </div>
      )}
      <Choice
        value="custom"
        chosen={choice}
        label={say('serviceCustom')}
        help={say('serviceCustomHelp')}
        onChoose={choose}
      />
      {choice === 'custom' && (
        <form class="fields" noValidate onSubmit={(event) => void save(event)}>
          <label>
            <span>{say('serviceUrl')}</span>
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
              {say('serviceUrlBad')}
            </p>
          )}
          <label>
            <span>{say('serviceToken')}</span>
            <input
              type="password"
              value={token}
              autocomplete="off"
              aria-describedby="token-help"
              onInput={(event) => setToken(event.currentTarget.value)}
            />
          </label>
          <p class="setting-help" id="token-help">
            {say(settings.hasServiceToken ? 'serviceTokenKept' : 'serviceTokenNone')}
          </p>
          <button type="submit" class="button primary">
            {say('serviceUse')}
          </button>
        </form>
      )}
      {choice !== 'built-in' && settings.fallback !== undefined && (
        <Select
          label={say('fallback')}
          help={say('fallbackHelp')}
          value={settings.fallback}
          choices={[
            ['ask', say('fallbackAsk')],
            ['always', say('fallbackAlways')],
            ['never', say('fallbackNever')],
          ]}
          onChange={(fallback) => void apply({ fallback })}
        />
      )}
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
