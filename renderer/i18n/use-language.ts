import { useEffect, useState } from 'preact/hooks';
import type { SettingsView } from '../../preload/contract.ts';
import { chooseLocale, loadWords } from './load-words.ts';
import type { Words } from './words.ts';

/** The words of the chosen language, or of the system's; null until they are loaded. */
export function useLanguage(settings: SettingsView | undefined): Words | null {
  const [words, setWords] = useState<Words | null>(null);
  const known = settings !== undefined;
  const chosen = settings?.language ?? 'system';
  useEffect(() => {
    if (!known) return;
    let wanted = true;
    const system = navigator.languages;
    // Chosen, it still takes the region of the person's own locale of that language, if any.
    const own = system.find((locale) => locale.startsWith(chosen));
    const locale = chooseLocale(chosen === 'system' ? system : [own ?? chosen]);
    void loadWords(locale).then((loaded) => {
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
