import { useLayoutEffect } from 'preact/hooks';
import type { SettingsView } from '../../preload/contract.ts';

type Theme = NonNullable<SettingsView['theme']>;

/** Light or dark instead of what the system says: the styles follow `data-theme`. */
export function useTheme(theme: Theme | undefined): void {
  useLayoutEffect(() => {
    if (theme !== undefined) showTheme(theme);
  }, [theme]);
}

/** The theme that the address names, before anything is drawn: nothing flashes in the other one. */
export function showThemeOf(search: string): void {
  const theme = new URLSearchParams(search).get('theme');
  if (theme === 'light' || theme === 'dark') showTheme(theme);
}

function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
