import { useEffect, useState } from 'preact/hooks';
import type { SettingsTab } from '../../preload/contract.ts';

/** The main process asks for a tab by the address: `#settings/sharing/3`, with a number for each time. */
const TABS: Readonly<Record<string, SettingsTab>> = {
  general: 'general',
  sharing: 'sharing',
  shortcuts: 'shortcuts',
  clipboard: 'clipboard',
  advanced: 'advanced',
};

const tabOf = (hash: string): SettingsTab => TABS[hash.split('/')[1] ?? ''] ?? 'general';

/** Whether this page is that of the settings window. */
export const isSettingsPage = (hash: string): boolean => hash.split('/', 1)[0] === '#settings';

export function useSettingsTab(): [tab: SettingsTab, choose: (tab: SettingsTab) => void] {
  const [tab, setTab] = useState(() => tabOf(location.hash));
  useEffect(() => {
    const follow = (): void => setTab(tabOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [tab, setTab];
}
