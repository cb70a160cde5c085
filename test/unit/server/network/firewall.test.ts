import { expect, test } from 'vitest';
import { readFirewall, type SystemLooks } from '../../../../main/server/network/firewall.ts';

interface System {
  readonly files?: Readonly<Record<string, string>>;
  /** What a command line prints: the first whose beginning fits. */
  readonly prints?: Readonly<Record<string, string>>;
}

const looksAt = ({ files = {}, prints = {} }: System): SystemLooks => ({
  text: async (path) => files[path],
  async printed(program, args) {
    const line = [program, ...args].join(' ');
    return Object.entries(prints).find(([begin]) => line.startsWith(begin))?.[1] ?? '';
  },
});

const linux = (system: System, port = 40_000) =>
  readFirewall({ port, program: '/opt/linkify-tray' }, 'linux', looksAt(system));

const UFW = {
  '/etc/ufw/ufw.conf': '# Set to yes to start on boot.\nENABLED=yes\nLOGLEVEL=low\n',
  '/etc/default/ufw': 'IPV6=yes\nDEFAULT_INPUT_POLICY="DROP"\nDEFAULT_OUTPUT_POLICY="ACCEPT"\n',
};

test('ufw that is on, whose rules are the administrator’s', async () => {
  expect(await linux({ files: UFW })).toEqual({ name: 'ufw', verdict: 'unknown' });
});

test.each([
  ['that is off', { ...UFW, '/etc/ufw/ufw.conf': '#ENABLED=yes\nENABLED=no\n' }],
  [
    'that lets in whom no rule names',
    { ...UFW, '/etc/default/ufw': 'DEFAULT_INPUT_POLICY="ACCEPT"' },
  ],
])('ufw %s is in nobody’s way', async (_how, files) => {
  expect(await linux({ files })).toBeUndefined();
});

const active = (...names: readonly string[]): NonNullable<System['prints']> => ({
  'systemctl is-active firewalld nftables iptables netfilter-persistent': [
    'firewalld',
    'nftables',
    'iptables',
    'netfilter-persistent',
  ]
    .map((name) => (names.includes(name) ? 'active' : 'inactive'))
    .join('\n'),
});

test('firewalld that runs', async () => {
  expect(await linux({ prints: active('firewalld') })).toEqual({
    name: 'firewalld',
    verdict: 'unknown',
  });
});

test('Fedora Workstation lets high ports in by itself', async () => {
  const files = { '/etc/os-release': 'NAME="Fedora Linux"\nID=fedora\nVARIANT_ID=workstation\n' };
  const prints = active('firewalld');
  expect(await linux({ files, prints })).toBeUndefined();
  expect(await linux({ files, prints }, 80)).toMatchObject({ name: 'firewalld' });
});

test('nftables as Debian ships it keeps nobody out; with a rule that drops it may', async () => {
  const prints = active('nftables');
  const asShipped = 'flush ruleset\ntable inet filter {\n chain input { # drop nothing\n }\n}\n';
  expect(await linux({ prints, files: { '/etc/nftables.conf': asShipped } })).toBeUndefined();
  const drops = 'table inet f { chain i { type filter hook input priority 0; policy drop; } }';
  expect(await linux({ prints, files: { '/etc/nftables.conf': drops } })).toMatchObject({
    name: 'nftables',
  });
  expect(await linux({ prints })).toMatchObject({ name: 'nftables' });
});

test('rules of iptables that a service loads', async () => {
  expect(await linux({ prints: active('netfilter-persistent') })).toMatchObject({
    name: 'iptables',
  });
});

test('without systemd and ufw there is nothing to say', async () => {
  expect(await linux({})).toBeUndefined();
});

const TOOL = '/usr/libexec/ApplicationFirewall/socketfilterfw';
const BUNDLE = '/Applications/Linkify Tray.app';
const mac = (prints: Readonly<Record<string, string>>) =>
  readFirewall(
    { port: 40_000, program: `${BUNDLE}/Contents/MacOS/Linkify Tray` },
    'darwin',
    looksAt({
      prints: Object.fromEntries(
        Object.entries(prints).map(([args, printed]) => [`${TOOL} ${args}`, printed]),
      ),
    }),
  );

const ON = { '--getglobalstate': 'Firewall is enabled. (State = 1) \n' };

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['off', { '--getglobalstate': 'Firewall is disabled. (State = 0) \n' }, undefined],
  ['for what the system needs only', { '--getglobalstate': '(State = 2)' }, 'blocks'],
  ['blocking all', { ...ON, '--getblockall': 'Block all ENABLED! \n' }, 'blocks'],
  [
    'blocking this app',
    {
      ...ON,
      '--getblockall': 'Block all DISABLED! \n',
      [`--getappblocked ${BUNDLE}`]: 'Incoming connection to the application is blocked \n',
    },
    'blocks',
  ],
  [
    'letting this app in',
    {
      ...ON,
      [`--getappblocked ${BUNDLE}`]: 'Incoming connection to the application is permitted \n',
    },
    'allows',
  ],
  [
    'not knowing this app',
    { ...ON, [`--getappblocked ${BUNDLE}`]: 'The application is not part of the firewall \n' },
    'unknown',
  ],
  ['of which nothing can be read', {}, undefined],
])('the firewall of macOS %s', async (_how, prints, verdict) => {
  expect(await mac(prints)).toEqual(verdict === undefined ? undefined : { name: 'macos', verdict });
});

const POLICY =
  'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
const EXE = 'C:\\Program Files\\Linkify Tray\\Linkify Tray.exe';
const profile = (enabled: 0 | 1, inbound?: 0 | 1): string =>
  `\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\...\r\n    EnableFirewall    REG_DWORD    0x${enabled}\r\n${
    inbound === undefined ? '' : `    DefaultInboundAction    REG_DWORD    0x${inbound}\r\n`
  }`;
const SYSTEMS_OWN =
  'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=17|LPort=68|App=%SystemRoot%\\system32\\svchost.exe|Svc=dhcp|Name=x|';

function windows(
  rules: readonly string[],
  more: Readonly<Record<string, string>> = {},
  on: readonly (0 | 1)[] = [1, 1, 1],
) {
  const [domain = 0, home = 0, open = 0] = on;
  return readFirewall(
    { port: 40_000, program: EXE },
    'win32',
    looksAt({
      prints: {
        ...more,
        [`${POLICY}\\DomainProfile`]: profile(domain),
        [`${POLICY}\\StandardProfile`]: profile(home),
        [`${POLICY}\\PublicProfile`]: profile(open),
        [`${POLICY}\\FirewallRules`]: rules
          .map((rule, index) => `    {id-${index}}    REG_SZ    ${rule}`)
          .join('\r\n'),
      },
    }),
  );
}

const rule = (action: 'Allow' | 'Block', ...fields: readonly string[]): string =>
  `v2.31|Action=${action}|Active=TRUE|Dir=In|${fields.map((field) => `${field}|`).join('')}Name=Linkify Tray|`;

test.each<[string, readonly string[], 'blocks' | 'allows' | 'unknown']>([
  ['that no rule of lets us in', [SYSTEMS_OWN], 'blocks'],
  ['with a rule for the app', [SYSTEMS_OWN, rule('Allow', 'Protocol=6', `App=${EXE}`)], 'allows'],
  ['with a rule for the port', [rule('Allow', 'Protocol=6', 'LPort=40000')], 'allows'],
  [
    'with a rule for some ports',
    [rule('Allow', 'Protocol=6', 'LPort2_10=1-66', 'LPort2_10=39000-41000')],
    'allows',
  ],
  ['with a rule for another port', [rule('Allow', 'Protocol=6', 'LPort=8080')], 'blocks'],
  ['with a rule for UDP', [rule('Allow', 'Protocol=17', `App=${EXE}`)], 'blocks'],
  ['with a rule for the same network', [rule('Allow', 'LPort=40000', 'RA4=LocalSubnet')], 'allows'],
  ['with a rule for one machine', [rule('Allow', 'LPort=40000', 'RA4=10.0.0.9')], 'blocks'],
  [
    'whose question was put away, with a rule for the port besides',
    [rule('Block', 'Protocol=6', `App=${EXE.toLowerCase()}`), rule('Allow', 'LPort=40000')],
    'blocks',
  ],
  ['with a rule that is off', [rule('Allow', `App=${EXE}`).replace('TRUE', 'FALSE')], 'blocks'],
  ['with a rule for another program', [rule('Allow', 'App=C:\\other.exe')], 'blocks'],
  ['whose rules cannot be read', [], 'unknown'],
])('the firewall of Windows %s', async (_how, rules, verdict) => {
  expect(await windows(rules)).toEqual({ name: 'windows', verdict });
});

test('a rule names a program by a variable too', async () => {
  const found = await readFirewall(
    { port: 1, program: `${process.env.HOME}/x` },
    'win32',
    looksAt({
      prints: {
        [`${POLICY}\\PublicProfile`]: profile(1),
        [`${POLICY}\\FirewallRules`]: `  {a}    REG_SZ    ${rule('Allow', 'App=%home%/X')}`,
      },
    }),
  );
  expect(found).toEqual({ name: 'windows', verdict: 'allows' });
});

test('a firewall of Windows that is off is in nobody’s way', async () => {
  expect(await windows([SYSTEMS_OWN], {}, [0, 0, 0])).toBeUndefined();
});

test.each([
  ['Private', 'allows'],
  ['Public', 'blocks'],
  ['Private\r\nPublic', 'unknown'],
  ['', 'unknown'],
])('let in at home only, it depends on the network: %j', async (category, verdict) => {
  const found = await windows([rule('Allow', 'Profile=Private', 'Profile=Domain', `App=${EXE}`)], {
    powershell: `${category}\r\n`,
  });
  expect(found).toEqual({ name: 'windows', verdict });
});

test('a firewall that is off for the network of now is in nobody’s way', async () => {
  const found = await windows(
    [rule('Allow', 'Profile=Domain', `App=${EXE}`)],
    { powershell: 'Private\r\n' },
    [1, 0, 1],
  );
  expect(found).toBeUndefined();
});

test('another system is not asked', async () => {
  expect(await readFirewall({ port: 1, program: 'x' }, 'freebsd', looksAt({}))).toBeUndefined();
});

test('this machine itself is asked without harm', async () => {
  const found = await readFirewall({ port: 40_000, program: process.execPath });
  expect([undefined, 'unknown']).toContain(found?.verdict);
});
