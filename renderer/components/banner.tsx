import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { RecoveryId } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';
import { RecoveryButton } from './recovery-button.tsx';

interface BannerProps {
  readonly tone: 'error' | 'warning' | 'plain';
  /** How screen readers announce it; absent: its content does. */
  readonly role?: 'alert' | 'status';
  readonly title: string;
  readonly children: ComponentChildren;
  /** What helps, as a button. */
  readonly action?: { readonly id: RecoveryId; readonly label: string } | undefined;
  readonly onRecover?: (id: RecoveryId) => void;
  /** Absent: it goes when its cause is gone. */
  readonly onDismiss?: () => void;
}

/** A message above the list, with the button that helps. */
export function Banner(props: BannerProps) {
  const { t } = useMessages();
  const titleId = useId();
  const { tone, title, action, onRecover, onDismiss } = props;
  return (
    <section class="banner" data-tone={tone} role={props.role} aria-labelledby={titleId}>
      <Icon name={tone === 'plain' ? 'check' : 'warning'} />
      <div class="banner-words">
        <h2 id={titleId}>{title}</h2>
        {props.children}
        {onRecover && action?.id !== 'dismiss' && (
          <RecoveryButton action={action} onRecover={onRecover} />
        )}
      </div>
      {onDismiss && <IconButton icon="close" label={t('dismiss')} onClick={onDismiss} />}
    </section>
  );
}
