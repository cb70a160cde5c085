import { useCallback } from 'preact/hooks';
import type { AppState, LinkifyBridge, SettingsChange } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import { useWords } from '../i18n/use-words.ts';
import { expiryChoices, graceChoices, KEPT_CLIPS, languageChoices } from '../view/choices.ts';
import type { Platform } from '../view/platform.ts';
import { ModeKinds } from './mode-kinds.tsx';
import { Select } from './select.tsx';
import { ShortcutRecorder } from './shortcut-recorder.tsx';
import { ShortcutTest } from './shortcut-test.tsx';
import { Switch } from './switch.tsx';
import { TextField } from './text-field.tsx';

export interface GroupProps {
  readonly state: AppState;
  readonly platform: Platform;
  /** Applies a change; answers whether it was taken. */
  readonly apply: (change: SettingsChange) => Promise<boolean>;
}

export function ShortcutGroup({
  state,
  platform,
  apply,
  bridge,
}: GroupProps & { readonly bridge: LinkifyBridge }) {
  const { testShortcut, holdShortcuts } = bridge;
  const onListening = useCallback(
    (listening: boolean): void => void holdShortcuts?.(listening),
    [holdShortcuts],
  );
  const { say } = useWords();
  const { shortcut, settings } = state;
  const { moreShortcuts } = settings;
  const taken = shortcut.state === 'taken';
  const spoken = spokenAccelerator(shortcut.accelerator, platform);
  const more = [
    ['shareLast', say('shortcutShareLast')],
    ['openPopover', say('shortcutOpenPopover')],
    ['revokeLast', say('shortcutRevokeLast')],
    ['giveBack', say('shortcutGiveBack')],
  ] as const;
  return (
    <section class="group">
      <h2>{say('shortcuts')}</h2>
      <ShortcutRecorder
        label={say('shortcut')}
        help={say('shortcutHelp')}
        accelerator={shortcut.accelerator}
        note={{
          text: say(taken ? 'shortcutTaken' : 'shortcutActive', { shortcut: spoken }),
          problem: taken,
        }}
        removable={false}
        onListening={onListening}
        platform={platform}
        onRecord={(accelerator) => void apply({ accelerator })}
      />
      {testShortcut !== undefined && !taken && (
        <ShortcutTest key={shortcut.accelerator} test={testShortcut} shortcut={spoken} />
      )}
      {moreShortcuts !== undefined &&
        more.map(([name, label]) => (
          <ShortcutRecorder
            key={name}
            label={label}
            accelerator={moreShortcuts[name]}
            note={
              state.takenShortcuts?.includes(name)
                ? {
                    text: say('shortcutTaken', {
                      shortcut: spokenAccelerator(moreShortcuts[name], platform),
                    }),
                    problem: true,
                  }
                : null
            }
            removable
            onListening={onListening}
            platform={platform}
            onRecord={(accelerator) =>
              void apply({ moreShortcuts: { ...moreShortcuts, [name]: accelerator } })
            }
          />
        ))}
    </section>
  );
}

export function ClipboardGroup({ state, apply }: GroupProps) {
  const words = useWords();
  const { say } = words;
  const { settings } = state;
  return (
    <section class="group">
      <h2>{say('clipboard')}</h2>
      <Switch
        label={say('watching')}
        help={say('watchingHelp')}
        checked={settings.watching}
        onChange={(watching) => void apply({ watching })}
      />
      {settings.mode !== undefined && (
        <Select
          label={say('mode')}
          value={settings.mode}
          choices={[
            ['manual', say('modeManual')],
            ['offer', say('modeOffer')],
            ['automatic', say('modeAutomatic')],
          ]}
          onChange={(mode) => void apply({ mode })}
        />
      )}
      {settings.modeKinds !== undefined && settings.mode !== 'manual' && (
        <ModeKinds
          chosen={settings.modeKinds}
          onChange={(modeKinds) => void apply({ modeKinds })}
        />
      )}
      {settings.keepClips !== undefined && (
        <Select
          label={say('keepClips')}
          value={settings.keepClips}
          choices={KEPT_CLIPS.map((count) => [count, count === 0 ? say('keepNone') : `${count}`])}
          onChange={(keepClips) => void apply({ keepClips })}
        />
      )}
    </section>
  );
}

/** Kinds of secret that someone chose not to be asked about; each can be asked about again. */
export function SecretsGroup({ state, apply }: GroupProps) {
  const { say } = useWords();
  const { allowedSecrets = [], locationData } = state.settings;
  if (allowedSecrets.length === 0 && locationData === undefined) return null;
  return (
    <section class="group">
      <h2>{say('secrets')}</h2>
      {locationData !== undefined && (
        <Select
          label={say('locationData')}
          value={locationData}
          choices={[
            ['ask', say('locationAsk')],
            ['remove', say('locationRemove')],
            ['share', say('locationShare')],
          ]}
          onChange={(chosen) => void apply({ locationData: chosen })}
        />
      )}
      {allowedSecrets.length > 0 && <p class="setting-help">{say('secretsHelp')}</p>}
      {allowedSecrets.map(({ kind, name }) => (
        <div key={kind} class="setting">
          <span class="setting-label">{name}</span>
          <button
            type="button"
            class="button"
            aria-label={say('askAgainAbout', { name })}
            onClick={() => void apply({ askAgainAbout: kind })}
          >
            {say('askAgain')}
          </button>
        </div>
      ))}
    </section>
  );
}

/** Whether the app offers any setting of the group for new links. */
const hasLinkSettings = ({ settings }: AppState): boolean =>
  settings.linkFormat !== undefined ||
  settings.expiryHours !== undefined ||
  settings.graceSeconds !== undefined;

export function NewLinksGroup({ state, apply }: GroupProps) {
  const words = useWords();
  const { say } = words;
  const { settings } = state;
  if (!hasLinkSettings(state)) return null;
  return (
    <section class="group">
      <h2>{say('newLinks')}</h2>
      {settings.linkFormat !== undefined && (
        <Select
          label={say('linkFormat')}
          value={settings.linkFormat}
          choices={[
            ['plain', say('formatPlain')],
            ['markdown', say('formatMarkdown')],
            ['html', say('formatHtml')],
            ['template', say('formatTemplate')],
          ]}
          onChange={(linkFormat) => void apply({ linkFormat })}
        />
      )}
      {settings.linkFormat === 'template' && (
        <TextField
          label={say('linkTemplate')}
          help={say('linkTemplateHelp', { link: '{link}', title: '{title}' })}
          value={settings.linkTemplate ?? '{link}'}
          maxLength={500}
          onChange={(linkTemplate) => void apply({ linkTemplate })}
        />
      )}
      {settings.expiryHours !== undefined && (
        <Select
          label={say('expiry')}
          value={settings.expiryHours}
          choices={expiryChoices(words)}
          onChange={(expiryHours) => void apply({ expiryHours })}
        />
      )}
      {settings.graceSeconds !== undefined && (
        <Select
          label={say('grace')}
          help={say('graceHelp')}
          value={settings.graceSeconds}
          choices={graceChoices(words)}
          onChange={(graceSeconds) => void apply({ graceSeconds })}
        />
      )}
    </section>
  );
}

export function AppGroup({ state, apply }: GroupProps) {
  const { say } = useWords();
  const { settings } = state;
  const switches = [
    ['launchAtLogin', say('launchAtLogin')],
    ['notifications', say('notifications')],
    ['sound', say('sound')],
  ] as const;
  const offered = switches.filter(([name]) => settings[name] !== undefined);
  if (offered.length === 0 && settings.theme === undefined && settings.language === undefined) {
    return null;
  }
  return (
    <section class="group">
      <h2>{say('application')}</h2>
      {settings.theme !== undefined && (
        <Select
          label={say('theme')}
          value={settings.theme}
          choices={[
            ['system', say('themeSystem')],
            ['light', say('themeLight')],
            ['dark', say('themeDark')],
          ]}
          onChange={(theme) => void apply({ theme })}
        />
      )}
      {settings.language !== undefined && (
        <Select
          label={say('language')}
          value={settings.language}
          choices={[['system', say('languageSystem')], ...languageChoices()]}
          onChange={(language) => void apply({ language })}
        />
      )}
      {offered.map(([name, label]) => (
        <Switch
          key={name}
          label={label}
          checked={settings[name] === true}
          onChange={(on) => void apply({ [name]: on })}
        />
      ))}
    </section>
  );
}
