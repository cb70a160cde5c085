import type { Firewall, SystemLooks, Visited } from './firewall.ts';

/** Units that load rules of their own, and the firewall that each is. */
const UNITS: readonly (readonly [unit: string, name: Firewall['name']])[] = [
  ['firewalld', 'firewalld'],
  ['nftables', 'nftables'],
  ['iptables', 'iptables'],
  ['netfilter-persistent', 'iptables'],
];

/** Where distributions keep what nftables.service loads. */
const NFT_FILES = ['/etc/nftables.conf', '/etc/sysconfig/nftables.conf'] as const;

/**
 * ufw says in world-readable files whether it is on and what it does with visitors that no rule
 * names; of the others systemd knows whether they run. Rules themselves are the administrator's.
 * Whoever asks firewalld over D-Bus may make the desktop ask for a password: it is not asked.
 */
export async function readLinuxFirewall(
  { port }: Visited,
  { text, printed }: SystemLooks,
): Promise<Firewall | undefined> {
  if (/^[ \t]*ENABLED[ \t]*=[ \t]*"?yes/im.test((await text('/etc/ufw/ufw.conf')) ?? '')) {
    const usual = /^[ \t]*DEFAULT_INPUT_POLICY[ \t]*=[ \t]*"?(\w+)/im.exec(
      (await text('/etc/default/ufw')) ?? '',
    )?.[1];
    return usual?.toUpperCase() === 'ACCEPT' ? undefined : { name: 'ufw', verdict: 'unknown' };
  }
  const states = (await printed('systemctl', ['is-active', ...UNITS.map(([unit]) => unit)])).split(
    '\n',
  );
  const name = UNITS.find((_unit, index) => states[index]?.trim() === 'active')?.[1];
  if (name === undefined) return undefined;
  if (name === 'firewalld' && (await letsHighPortsIn(port, text))) return undefined;
  if (name === 'nftables' && (await keepsNobodyOut(text))) return undefined;
  return { name, verdict: 'unknown' };
}

/** Fedora Workstation's own zone lets visitors in from port 1025 on, unless someone changed it. */
async function letsHighPortsIn(port: number, text: SystemLooks['text']): Promise<boolean> {
  if (port < 1_025) return false;
  const release = (await text('/etc/os-release')) ?? '';
  return /^ID=fedora$/m.test(release) && /^VARIANT_ID=workstation$/m.test(release);
}

/** Debian's nftables.service loads a file that, as it comes, accepts everything. */
async function keepsNobodyOut(text: SystemLooks['text']): Promise<boolean> {
  for (const path of NFT_FILES) {
    const rules = await text(path);
    if (rules !== undefined) {
      return !/\b(?:drop|reject|include)\b/.test(rules.replace(/#.*$/gm, ''));
    }
  }
  return false;
}
