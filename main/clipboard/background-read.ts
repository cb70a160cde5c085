/**
 * Whether the clipboard may be read when nobody asked for it. From macOS 15.4 on such a read can
 * raise a privacy prompt: there only the names of formats are looked at until a person acts.
 * @param version of the system, such as `15.3.1`
 */
export function mayReadInBackground(platform: NodeJS.Platform, version: string): boolean {
  if (platform !== 'darwin') return true;
  const found = /^(\d+)(?:\.(\d+))?/.exec(version);
  // A version that can't be parsed counts as a new one.
  if (found === null) return false;
  const [major, minor] = [Number(found[1]), Number(found[2] ?? 0)];
  return major < 15 || (major === 15 && minor < 4);
}
