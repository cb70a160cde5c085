import { expect, test } from 'vitest';
import { firewallCommands } from '../../../main/shell/firewall-commands.ts';

const given = { port: 40_000, program: '/opt/linkify-tray/linkify-tray' };

test('each firewall of Linux has its command, with the port', () => {
  const commands = (firewall: 'ufw' | 'firewalld' | 'nftables' | 'iptables') =>
    firewallCommands({ ...given, platform: 'linux', firewall });
  expect(commands('ufw')).toEqual(['sudo ufw allow 40000/tcp']);
  expect(commands('firewalld')).toEqual([
    'sudo firewall-cmd --permanent --add-port=40000/tcp && sudo firewall-cmd --reload',
  ]);
  expect(commands('nftables').join()).toContain('tcp dport 40000 accept');
  expect(commands('iptables').join()).toContain('--dport 40000 -j ACCEPT');
});

test('where nobody knows which it is, both usual ones are named', () => {
  const commands = firewallCommands({ ...given, platform: 'linux' });
  expect(commands.map((line) => line.split(' ')[1])).toEqual(['ufw', 'firewall-cmd']);
});

test('on Windows the rule that blocks the app goes before the one that lets visitors in', () => {
  const program = 'C:\\Users\\Ann Lee\\AppData\\Local\\Programs\\Linkify Tray\\Linkify Tray.exe';
  const [first = '', second = ''] = firewallCommands({ port: 40_000, program, platform: 'win32' });
  expect(first).toBe(`netsh advfirewall firewall delete rule name=all dir=in program="${program}"`);
  expect(second).toMatch(/add rule .*action=allow protocol=TCP localport=40000/);
});

test('macOS lets the app in by its bundle, whatever its folder is called', () => {
  const program = "/Users/ann/Ann's apps/Linkify Tray.app/Contents/MacOS/Linkify Tray";
  const lines = firewallCommands({ port: 40_000, program, platform: 'darwin', firewall: 'macos' });
  expect(lines.map((line) => line.split('socketfilterfw ')[1])).toEqual([
    `--add '/Users/ann/Ann'\\''s apps/Linkify Tray.app'`,
    `--unblockapp '/Users/ann/Ann'\\''s apps/Linkify Tray.app'`,
  ]);
});

test('an unknown system gets no command that is not its own', () => {
  expect(firewallCommands({ ...given, platform: 'freebsd' })).toEqual([]);
});
