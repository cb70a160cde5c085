/** The shortcut that shares, until another one is recorded, as Electron writes it; docs/contributing/shortcut-study.md says why. */
export const DEFAULT_ACCELERATOR = 'CommandOrControl+Alt+Shift+K';

/** The shortcut that opens the window: the same modifiers with another letter, so that both are easy to learn. */
export const DEFAULT_WINDOW_ACCELERATOR = 'CommandOrControl+Alt+Shift+O';
