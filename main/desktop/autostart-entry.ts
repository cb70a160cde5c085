/** An entry for a desktop's autostart folder. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Linkify Tray',
    `Exec=${execOf(command)}`,
    'Icon=linkify-tray',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** The value of an entry's `Exec` key for program and arguments. */
export function execOf(command: readonly string[]): string {
  return command.map(quoted).join(' ');
}

/** Desktops switch an entry off by a key in it, and leave the file. */
export function isAutostartOn(entry: string): boolean {
  return !/^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(entry);
}

/**
 * An argument of `Exec` (Desktop Entry Specification 1.5, "The Exec key"): in quotes, with a
 * backslash before what a shell would read; as a value of type string each backslash is doubled
 * again, and `%` begins a field code unless it is doubled.
 */
function quoted(argument: string): string {
  const escaped = argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `"${escaped}"`;
}
