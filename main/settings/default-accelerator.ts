/** The shortcut that a first start registers, as Electron writes it; docs/shortcuts.md says why. */
export const DEFAULT_ACCELERATOR = 'CommandOrControl+Alt+Shift+K';
