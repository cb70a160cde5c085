import { useState } from 'preact/hooks';
import type { ReachStep, ReachView } from '../../preload/contract.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { useWords } from '../i18n/use-words.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

const WORDS = {
  ok: 'reachOk',
  visited: 'reachVisited',
  'may-block': 'reachMayBlock',
  'firewall-blocks': 'reachFirewallBlocks',
  blocked: 'reachBlocked',
  'other-program': 'reachOther',
  closed: 'reachClosed',
  'no-network': 'reachNoNetwork',
} as const satisfies Readonly<Record<ReachView['kind'], MessageKey>>;

const FIREWALLS: Readonly<Record<NonNullable<ReachView['firewall']>, string>> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nftables',
  iptables: 'iptables',
  windows: 'Windows Defender Firewall',
  macos: 'macOS Firewall',
};

interface ReachNoteProps {
  readonly check: ReachView;
  /** Keeps what helps behind a button. */
  readonly short?: boolean;
  /** Does something about it. */
  readonly onStep: (step: ReachStep) => void;
}

/** What is known of the way that others take to links of this computer, and what helps. */
export function ReachNote({ check, short = false, onStep }: ReachNoteProps) {
  const { say } = useWords();
  const [open, setOpen] = useState(!short);
  const { kind, address, port, commands = [] } = check;
  const firewall = check.firewall === undefined ? '' : FIREWALLS[check.firewall];
  return (
    <div class="reach-note" data-kind={kind}>
      {/* An address of IPv6 has no brackets here: it is for people. */}
      <p class="setting-help" role="status">
        {say(WORDS[kind], { address, port: String(port), firewall })}
      </p>
      {commands.length > 0 && open && (
        <>
          <p class="setting-help">{say(howOf(check))}</p>
          <pre class="command">{commands.join('\n')}</pre>
        </>
      )}
      {kind !== 'visited' && (
        <div class="buttons">
          {commands.length > 0 &&
            (open ? (
              <button type="button" class="button" onClick={() => onStep('copy-command')}>
                {say('reachCopyCommand')}
              </button>
            ) : (
              <button type="button" class="button" onClick={() => setOpen(true)}>
                {say('reachHelp')}
              </button>
            ))}
          <button type="button" class="button" onClick={() => onStep('look')}>
            {say('reachLook')}
          </button>
        </div>
      )}
    </div>
  );
}

/** The same above the list, where links do not open for others or may not. */
export function ReachBanner({ check, onStep }: ReachNoteProps) {
  const { say } = useWords();
  // What is known for certain is told again once it has changed.
  const putAway = say(check.kind === 'may-block' ? 'reachHide' : 'dismiss');
  return (
    <section class="failure reach" aria-labelledby="reach-title">
      <Icon name="warning" />
      <div class="failure-words">
        <h2 id="reach-title">{say('reachTitle')}</h2>
        <ReachNote check={check} short onStep={onStep} />
      </div>
      <IconButton icon="close" label={putAway} onClick={() => onStep('hide')} />
    </section>
  );
}

/** Whether it is to be said without being asked for: only while there is a link that it is about. */
export function isTroubling(check: ReachView, hasLinks: boolean): boolean {
  return hasLinks && check.quiet !== true && check.kind !== 'ok' && check.kind !== 'visited';
}

function howOf({ firewall, commands = [] }: ReachView) {
  const [command = ''] = commands;
  if (firewall === 'windows' || command.startsWith('netsh ')) return 'reachHowWindows' as const;
  if (firewall === 'macos' || command.includes('socketfilterfw')) return 'reachHowMac' as const;
  return firewall === undefined ? ('reachHowEither' as const) : ('reachHow' as const);
}
