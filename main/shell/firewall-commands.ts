import type { ReachView } from '../../preload/contract.ts';

export interface FirewallCommandsNeeds {
  readonly platform: NodeJS.Platform;
  /** The one that is on, where that is known. */
  readonly firewall?: NonNullable<ReachView['firewall']> | undefined;
  readonly port: number;
  /** The program that listens, as the system knows it. */
  readonly program: string;
}

/**
 * What an administrator runs so that others get through to our port, one command a line, to be
 * copied as they are. Where nobody knows the firewall, the two that Linux desktops come with.
 */
export function firewallCommands(needs: FirewallCommandsNeeds): readonly string[] {
  const { platform, firewall, port, program } = needs;
  const ufw = `sudo ufw allow ${port}/tcp`;
  const firewalld = `sudo firewall-cmd --permanent --add-port=${port}/tcp && sudo firewall-cmd --reload`;
  switch (firewall) {
    case 'ufw':
      return [ufw];
    case 'firewalld':
      return [firewalld];
    case 'nftables':
      return [`sudo nft insert rule inet filter input tcp dport ${port} accept`];
    case 'iptables':
      return [`sudo iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`];
    case 'windows':
      return windows(port, program);
    case 'macos':
      return mac(program);
    case undefined:
      if (platform === 'win32') return windows(port, program);
      if (platform === 'darwin') return mac(program);
      return platform === 'linux' ? [ufw, firewalld] : [];
  }
}

/** One that blocks counts more than one that allows: Windows makes it when its question is put away. */
function windows(port: number, program: string): readonly string[] {
  return [
    `netsh advfirewall firewall delete rule name=all dir=in program="${program}"`,
    `netsh advfirewall firewall add rule name="Linkify Tray" dir=in action=allow protocol=TCP localport=${port} remoteip=localsubnet`,
  ];
}

/** macOS lets programs in, and not ports. */
function mac(program: string): readonly string[] {
  const tool = 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw';
  const bundle = /^(.*\.app)\/Contents\/MacOS\/[^/]+$/.exec(program)?.[1] ?? program;
  const quoted = `'${bundle.replaceAll("'", "'\\''")}'`;
  return [`${tool} --add ${quoted}`, `${tool} --unblockapp ${quoted}`];
}
