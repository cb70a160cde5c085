import type { LinkFormat, SettingsView } from '../../preload/contract.ts';

const ALL: readonly LinkFormat[] = ['plain', 'markdown', 'html', 'template'];

/**
 * The formats that "Copy as" offers: all but the one that Copy uses anyway,
 * and the person's own only when there is one.
 */
export function linkFormats(settings: SettingsView, canCopyAs: boolean): readonly LinkFormat[] {
  if (!canCopyAs) return [];
  const usual = settings.linkFormat ?? 'plain';
  return ALL.filter(
    (format) => format !== usual && (format !== 'template' || Boolean(settings.linkTemplate)),
  );
}
