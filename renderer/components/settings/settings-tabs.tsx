import { useRef } from 'preact/hooks';
import { SETTINGS_TABS, type SettingsTab } from '../../../preload/contract.ts';
import type { TextKey } from '../../i18n/messages.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { Icon, type IconName } from '../icon.tsx';

const TABS = {
  general: { label: 'application', icon: 'gear' },
  sharing: { label: 'sharingTab', icon: 'link' },
  shortcuts: { label: 'shortcuts', icon: 'keyboard' },
  clipboard: { label: 'clipboard', icon: 'clipboard' },
  advanced: { label: 'advanced', icon: 'sliders' },
} as const satisfies Readonly<Record<SettingsTab, { label: TextKey; icon: IconName }>>;

/** The tabs of the settings. Arrow keys, Home and End choose one, as the ARIA tabs pattern has it. */
export function SettingsTabs(props: {
  readonly chosen: SettingsTab;
  readonly onChoose: (tab: SettingsTab) => void;
}) {
  const { t } = useMessages();
  const { chosen, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = nextTab(chosen, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div
      class="settings-tabs"
      role="tablist"
      aria-label={t('settings')}
      ref={list}
      onKeyDown={onKeyDown}
    >
      {SETTINGS_TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          aria-selected={tab === chosen}
          aria-controls="settings-panel"
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          <Icon name={TABS[tab].icon} />
          <span>{t(TABS[tab].label)}</span>
        </button>
      ))}
    </div>
  );
}

function nextTab(chosen: SettingsTab, key: string): SettingsTab | undefined {
  const at = SETTINGS_TABS.indexOf(chosen);
  switch (key) {
    case 'ArrowLeft':
      return SETTINGS_TABS.at(at - 1);
    case 'ArrowRight':
      return SETTINGS_TABS[(at + 1) % SETTINGS_TABS.length];
    case 'Home':
      return SETTINGS_TABS[0];
    case 'End':
      return SETTINGS_TABS.at(-1);
    default:
      return undefined;
  }
}
