/** What Electron calls the same modifier, beside its first name. */
const ALIASES: Readonly<Record<string, string>> = {
  ctrl: 'control',
  cmd: 'command',
  cmdorctrl: 'commandorcontrol',
  option: 'alt',
  meta: 'super',
};

/** Whether two accelerators are the same keys, however they are written. An empty one is no keys. */
export function sameKeys(one: string, other: string, platform: NodeJS.Platform): boolean {
  return one !== '' && canonical(one, platform) === canonical(other, platform);
}

function canonical(accelerator: string, platform: NodeJS.Platform): string {
  const both = platform === 'darwin' ? 'command' : 'control';
  return accelerator
    .toLowerCase()
    .split('+')
    .map((part) => ALIASES[part] ?? part)
    .map((part) => (part === 'commandorcontrol' ? both : part))
    .map((part) => (part === 'command' && platform !== 'darwin' ? 'super' : part))
    .toSorted()
    .join('+');
}
