import { useEffect, useState } from 'preact/hooks';
import { chooseLocale, localesFor } from '../../main/i18n/i18n.ts';
import type { SettingsView } from '../../preload/contract.ts';
import { loadMessages, type Messages } from './messages.ts';

/** The messages in the chosen language, or in the system's; null until they are loaded. */
export function useLanguage(settings: SettingsView | undefined): Messages | null {
  const [words, setWords] = useState<Messages | null>(null);
  const known = settings !== undefined;
  const chosen = settings?.language ?? 'system';
  useEffect(() => {
    if (!known) return;
    let wanted = true;
    const locale = chooseLocale(localesFor(chosen, navigator.languages));
    void loadMessages(locale).then((loaded) => {
      if (!wanted) return;
      document.documentElement.lang = locale;
      setWords(loaded);
    });
    return () => {
      wanted = false;
    };
  }, [known, chosen]);
  return words;
}
