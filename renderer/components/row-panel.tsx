import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { Icon } from './icon.tsx';

export type PanelKind = 'actions' | 'confirm-revoke';

interface RowPanelProps {
  readonly kind: PanelKind;
  readonly link: LinkView;
  readonly panelRef: Ref<HTMLDivElement>;
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
}

/** What opens under a row: the link with its actions in words, or a question. */
export function RowPanel(props: RowPanelProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a windowed grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus.
    <div role="gridcell" class="panel" ref={props.panelRef}>
      {props.kind === 'actions' ? <Actions {...props} /> : <ConfirmRevoke {...props} />}
    </div>
  );
}

function Actions({ link, onCommand }: RowPanelProps) {
  const { say } = useWords();
  return (
    <>
      <p class="panel-link">{link.link}</p>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => onCommand('copy')}>
          <Icon name="copy" />
          {say('copy')}
        </button>
        <button type="button" class="button" onClick={() => onCommand('open')}>
          <Icon name="open" />
          {say('open')}
        </button>
        {link.canUndo ? (
          <button type="button" class="button" onClick={() => onCommand('undo')}>
            <Icon name="undo" />
            {say('undo')}
          </button>
        ) : (
          <button type="button" class="button" onClick={() => onCommand('revoke')}>
            <Icon name="revoke" />
            {say(link.state === 'failed' ? 'tryAgain' : 'revoke')}
          </button>
        )}
      </div>
    </>
  );
}

/** Asked where the link is, not in a window of its own: a revoke cannot be taken back. */
function ConfirmRevoke({ onCommand, onPanel }: RowPanelProps) {
  const { say } = useWords();
  const yes = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => yes.current?.focus({ preventScroll: true }), []);
  return (
    <fieldset aria-describedby="revoke-warning">
      <legend>{say('revokeQuestion')}</legend>
      <p id="revoke-warning">{say('revokeWarning')}</p>
      <div class="buttons">
        <button
          type="button"
          ref={yes}
          class="button danger"
          aria-describedby="revoke-warning"
          onClick={() => onCommand('revoke-now')}
        >
          {say('revokeNow')}
        </button>
        <button type="button" class="button" onClick={() => onPanel(null)}>
          {say('keepLink')}
        </button>
      </div>
    </fieldset>
  );
}
