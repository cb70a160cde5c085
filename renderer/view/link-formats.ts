import type { LinkFormat, SettingsView } from '../../preload/contract.ts';

const ALL: readonly LinkFormat[] = ['plain', 'markdown', 'html', 'template'];

/**
 * The formats that "Copy as" offers: all but the one that Copy uses anyway,
 * and the user's own only when there is one.
 */
export function linkFormats({ linkFormat, linkTemplate }: SettingsView): readonly LinkFormat[] {
  return ALL.filter(
    (format) => format !== linkFormat && (format !== 'template' || linkTemplate !== ''),
  );
}
