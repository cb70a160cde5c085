import { useState } from 'preact/hooks';
import type { ReachStep, ReachView } from '../../preload/contract.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Banner } from './banner.tsx';

const STATES = {
  ok: 'reachOk',
  visited: 'reachVisited',
  blocked: 'reachBlocked',
  'other-program': 'reachOther',
  closed: 'reachClosed',
  'no-network': 'reachNoNetwork',
} as const satisfies Readonly<Record<ReachView['kind'], MessageKey>>;

interface ReachNoteProps {
  readonly check: ReachView;
  readonly onStep: (step: ReachStep) => void;
}

/** Whether links of this computer open at their address, and help where a firewall may block them. */
export function ReachNote({ check, onStep }: ReachNoteProps) {
  const { t } = useMessages();
  const [open, setOpen] = useState(false);
  const { kind, address } = check;
  const port = String(check.port);
  const mayBeFirewall = kind === 'ok' || kind === 'blocked';
  return (
    <div class="reach-note" data-kind={kind}>
      {/* An IPv6 address has no brackets here: people read it. */}
      <p class="setting-help" role="status">
        {t(STATES[kind], { address, port })}
      </p>
      {mayBeFirewall && open && <p class="setting-help">{t('reachFixText', { port })}</p>}
      {kind !== 'visited' && (
        <div class="buttons">
          {mayBeFirewall && (
            <button
              type="button"
              class="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {t('reachFix')}
            </button>
          )}
          <button type="button" class="button" onClick={() => onStep('look')}>
            {t('reachCheckAgain')}
          </button>
        </div>
      )}
    </div>
  );
}

/** The same above the list, while links do not open at their address. */
export function ReachBanner({ check, onStep }: ReachNoteProps) {
  const { t } = useMessages();
  return (
    <Banner tone="warning" title={t('reachTitle')} onDismiss={() => onStep('hide')}>
      <ReachNote check={check} onStep={onStep} />
    </Banner>
  );
}

/** Whether the banner is shown unasked: only while there are links that a problem affects. */
export function hasReachProblem(check: ReachView, hasLinks: boolean): boolean {
  return hasLinks && check.dismissed !== true && check.kind !== 'ok' && check.kind !== 'visited';
}
