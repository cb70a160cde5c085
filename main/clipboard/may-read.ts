/**
 * Whether the clipboard may be read when nobody asked for it. From macOS 15.4 on such a read can
 * raise a privacy prompt: there only the names of formats are looked at until a person acts.
 * @param version of the system, such as `15.3.1`
 */
export function mayReadUnasked(platform: NodeJS.Platform, version: string): boolean {
  if (platform !== 'darwin') return true;
  const [major = Number.NaN, minor = 0] = version.split('.').map(Number);
  // What is no version is taken for a new one.
  return major < 15 || (major === 15 && minor < 4);
}
