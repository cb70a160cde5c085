import type { Firewall, SystemLooks, Visited } from './firewall.ts';

const POLICY =
  'HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';

type Profile = 'Domain' | 'Private' | 'Public';

/** In the registry the profile for private networks has an older name. */
const KEYS: readonly (readonly [key: string, profile: Profile])[] = [
  ['DomainProfile', 'Domain'],
  ['StandardProfile', 'Private'],
  ['PublicProfile', 'Public'],
];

interface Rule {
  readonly action: 'Allow' | 'Block';
  readonly profiles: readonly Profile[];
}

/**
 * Windows Defender Firewall keeps its settings and rules where everyone may read them, in no
 * language: [MS-GPFAS] 2.2.2. What no rule lets in is kept out, and a rule that blocks counts more
 * than one that allows.
 */
export async function readWindowsFirewall(
  visited: Visited,
  { printed }: SystemLooks,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Firewall | undefined> {
  const on: Profile[] = [];
  for (const [key, profile] of KEYS) {
    const settings = await printed('reg', ['query', `${POLICY}\\${key}`]);
    const isOn = /\bEnableFirewall\s+REG_DWORD\s+0x1\b/.test(settings);
    const letsAllIn = /\bDefaultInboundAction\s+REG_DWORD\s+0x0\b/.test(settings);
    if (isOn && !letsAllIn) on.push(profile);
  }
  if (on.length === 0) return undefined;
  const listed = await printed('reg', ['query', `${POLICY}\\FirewallRules`]);
  // Not even Windows' own rules: they could not be read.
  if (!listed.includes('|Action=')) return { name: 'windows', verdict: 'unknown' };
  const rules = listed.split('\n').flatMap((line) => ruleFor(line, visited, env) ?? []);
  const verdicts = new Map(on.map((profile) => [profile, verdictOf(rules, profile)]));
  const all = new Set(verdicts.values());
  if (all.size > 1) {
    // It depends on what kind of network this is; slow to ask, so only now.
    const now = await printed('powershell', [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      '(Get-NetConnectionProfile).NetworkCategory',
    ]);
    const here = on.filter((profile) => new RegExp(`^${profile}`, 'm').test(now));
    const kinds = /^(Public|Private|Domain)/m.test(now);
    if (kinds && here.length === 0) return undefined;
    const found = new Set(here.map((profile) => verdicts.get(profile)));
    const [only] = found;
    return { name: 'windows', verdict: found.size === 1 && only ? only : 'unknown' };
  }
  return { name: 'windows', verdict: verdicts.get(on[0] ?? 'Public') ?? 'unknown' };
}

function verdictOf(rules: readonly Rule[], profile: Profile): 'blocks' | 'allows' {
  const here = rules.filter(({ profiles }) => profiles.length === 0 || profiles.includes(profile));
  if (here.some(({ action }) => action === 'Block')) return 'blocks';
  return here.some(({ action }) => action === 'Allow') ? 'allows' : 'blocks';
}

/** A rule about visitors of our port, from a line such as `{id} REG_SZ v2.31|Action=Allow|…|`. */
function ruleFor(
  line: string,
  { port, program }: Visited,
  env: Readonly<Record<string, string | undefined>>,
): Rule | undefined {
  const fields = (/\bREG_SZ\s+v[\d.]+\|(.*)/.exec(line)?.[1] ?? '')
    .split('|')
    .map((field) => field.split(/=(.*)/s));
  const all = (name: string): readonly string[] =>
    fields.flatMap(([key, value]) => (key === name && value !== undefined ? [value] : []));
  const [action] = all('Action');
  if (action !== 'Allow' && action !== 'Block') return undefined;
  if (all('Active')[0] !== 'TRUE' || all('Dir')[0] !== 'In') return undefined;
  if (!['6', undefined].includes(all('Protocol')[0])) return undefined;
  // Rules for services, for apps of the store, for some people or machines only.
  if (fields.some(([key = '']) => /^(?:Svc|AppPkgId|LU|RU|RM|IF|LA|Security)/.test(key))) {
    return undefined;
  }
  const peers = [...all('RA4'), ...all('RA6')];
  if (peers.length > 0 && !peers.includes('LocalSubnet')) return undefined;
  const [app] = all('App');
  if (app !== undefined && expand(app, env) !== program.toLowerCase()) return undefined;
  const ports = [...all('LPort'), ...all('LPort2_10')];
  if (ports.length > 0 && !ports.some((given) => holds(given, port))) return undefined;
  // Without program and port it is about all of them: a rule that lets all in is none of ours.
  if (app === undefined && ports.length === 0 && action === 'Allow') return undefined;
  const profiles = all('Profile').filter((name): name is Profile =>
    KEYS.some(([, profile]) => profile === name),
  );
  return { action, profiles };
}

function expand(path: string, env: Readonly<Record<string, string | undefined>>): string {
  const names = new Map(Object.entries(env).map(([name, value]) => [name.toLowerCase(), value]));
  return path
    .replace(/%([^%]+)%/g, (whole, name: string) => names.get(name.toLowerCase()) ?? whole)
    .toLowerCase();
}

/** `40000`, or `40000-40010`; a word such as `RPC` is no port of ours. */
function holds(given: string, port: number): boolean {
  const [from = '', to = from] = given.split('-');
  return /^\d+$/.test(from) && Number(from) <= port && port <= Number(to);
}
