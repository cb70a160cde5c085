import type { RecoveryId, ServiceView } from '../../preload/contract.ts';
import { RecoveryButton } from './recovery-button.tsx';

/** What keeps the link service from creating links, or will help it to; one line. */
export function ServiceStatus(props: {
  readonly service: ServiceView;
  readonly onRecover: (id: RecoveryId) => void;
}) {
  const { name, state, detail, action } = props.service;
  return (
    <div class="service-status">
      <p role="status" data-state={state}>
        <span class="dot" aria-hidden="true" />
        <b>{name}</b> {detail}
      </p>
      <RecoveryButton action={action} onRecover={props.onRecover} />
    </div>
  );
}

/** Whether the user has something to know or to do: else the dot in the header says enough. */
export function needsAttention({ state, action }: ServiceView): boolean {
  return state === 'problem' || action !== undefined;
}
