/**
 * Switches of Chromium and Electron that a release takes: display, graphics, language and key
 * store, and what systems add by themselves. No user needs the others (a debugger, other processes,
 * other policies, files to write). They could only come from an attacker: through a file name, a
 * changed launcher or a wrapper script.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  'disable-gpu',
  'enable-features',
  'disable-features',
  'enable-wayland-ime',
  'force-device-scale-factor',
  'gtk-version',
  'lang',
  'no-first-run',
  'original-process-start-time',
  'ozone-platform',
  'ozone-platform-hint',
  'password-store',
]);

/**
 * Why a release doesn't start with such a switch, for a person. An AppImage adds `--no-sandbox` itself
 * where users can't create user namespaces, which its sandbox needs.
 */
export function refusal(refused: string, isAppImage: boolean): string {
  if (refused === '--no-sandbox' && isAppImage) {
    return "This system doesn't let an AppImage start its sandbox. Install the deb or the rpm package instead.";
  }
  return `Unknown option ${refused.slice(0, 80)}.`;
}

/**
 * The first of these arguments that a release refuses. Chromium reads the command line before our
 * first line runs, so this can only prevent effects that come later
 * (docs/contributing/security-controls.md).
 */
export function refusedSwitch(switches: readonly string[]): string | undefined {
  return switches.find((given) => {
    // macOS gives `-psn_0_123` to an app that was opened by a double click.
    if (given.startsWith('-psn_')) return false;
    const [name = '', value] = given.replace(/^--/, '').split(/=(.*)/s, 2);
    if (!given.startsWith('--') || !ALLOWED.has(name)) return true;
    // `basic` would keep tokens and pending shares as they are.
    return name === 'password-store' && !/^(?:gnome-libsecret|kwallet\d?)$/.test(value ?? '');
  });
}
