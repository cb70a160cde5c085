import type { RecoveryId } from '../../preload/contract.ts';

/** What helps, as a button; nothing where nothing does. */
export function RecoveryButton(props: {
  readonly action: { readonly id: RecoveryId; readonly label: string } | undefined;
  readonly onRecover: (id: RecoveryId) => void;
}) {
  const { action, onRecover } = props;
  if (action === undefined) return null;
  return (
    <button type="button" class="button" onClick={() => onRecover(action.id)}>
      {action.label}
    </button>
  );
}
