import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LinkFormat, LinkView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { isActive } from '../view/shown-state.ts';
import { ChangeExpiry } from './change-expiry.tsx';
import { Icon, type IconName } from './icon.tsx';
import { LinkNotes } from './link-notes.tsx';
import { QrCode } from './qr-code.tsx';
import { Rename } from './rename.tsx';

export type PanelKind = 'actions' | 'confirm-revoke' | 'confirm-undo' | 'qr';

interface RowPanelProps {
  readonly kind: PanelKind;
  readonly link: LinkView;
  readonly nowMs: number;
  readonly formats: readonly LinkFormat[];
  readonly panelRef: Ref<HTMLDivElement>;
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
  readonly onCopyAs: (format: LinkFormat) => void;
  readonly onRename: (name: string) => void;
  /** In seconds from now, or null for none. */
  readonly onExpiry: (seconds: number | null) => void;
}

const FORMAT_KEYS = {
  plain: 'formatPlain',
  markdown: 'formatMarkdown',
  html: 'formatHtml',
  template: 'formatTemplate',
} as const;

/** What opens under a row: the link with its actions in words, its QR code, or a question. */
export function RowPanel(props: RowPanelProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a windowed grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus.
    <div role="gridcell" class="panel" ref={props.panelRef}>
      {props.kind === 'confirm-revoke' || props.kind === 'confirm-undo' ? (
        <ConfirmRevoke {...props} />
      ) : (
        <Actions {...props} />
      )}
    </div>
  );
}

function Actions(props: RowPanelProps) {
  const { link, kind, onCommand } = props;
  const { t } = useMessages();
  // It may have expired since the list was sent.
  const canChange = link.canChange === true && isActive(link, props.nowMs);
  return (
    <>
      <p class="panel-link">{link.link}</p>
      <LinkNotes link={link} nowMs={props.nowMs} />
      <div class="buttons">
        <ActionButton icon="copy" label={t('copy')} primary onClick={() => onCommand('activate')} />
        <ActionButton icon="open" label={t('open')} onClick={() => onCommand('open')} />
        <ActionButton icon="check" label={t('testLink')} onClick={() => onCommand('test')} />
        {link.canUndo ? (
          <ActionButton icon="undo" label={t('undo')} onClick={() => onCommand('undo')} />
        ) : (
          <ActionButton
            icon="revoke"
            label={t(link.state === 'failed' ? 'tryAgain' : 'revoke')}
            onClick={() => onCommand('revoke')}
          />
        )}
        <button
          type="button"
          class="button"
          aria-label={t('qrCode')}
          title={t('qrCode')}
          aria-pressed={kind === 'qr'}
          onClick={() => props.onPanel(kind === 'qr' ? 'actions' : 'qr')}
        >
          <Icon name="qr" />
        </button>
      </div>
      {props.formats.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in the line.
        <div class="copy-as" role="group" aria-label={t('copyAs')}>
          <span aria-hidden="true">{t('copyAs')}</span>
          {props.formats.map((format) => (
            <button
              key={format}
              type="button"
              class="text-button"
              onClick={() => props.onCopyAs(format)}
            >
              {t(FORMAT_KEYS[format])}
            </button>
          ))}
        </div>
      )}
      {canChange && <Rename key={link.title} title={link.title} onRename={props.onRename} />}
      {canChange && <ChangeExpiry onChange={props.onExpiry} />}
      {kind === 'qr' && <QrCode link={link.link} />}
    </>
  );
}

function ActionButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      class={props.primary ? 'button primary' : 'button'}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
      {props.label}
    </button>
  );
}

/** Asked where the link is, not in a window of its own: what cannot be taken back. */
function ConfirmRevoke({ kind, onCommand, onPanel }: RowPanelProps) {
  const { t } = useMessages();
  const yes = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => yes.current?.focus({ preventScroll: true }), []);
  return (
    <fieldset aria-describedby="revoke-warning">
      <legend>{t('revokeQuestion')}</legend>
      <p id="revoke-warning">{t('revokeWarning')}</p>
      <div class="buttons">
        <button
          type="button"
          ref={yes}
          class="button danger"
          aria-describedby="revoke-warning"
          onClick={() => onCommand(kind === 'confirm-undo' ? 'undo-now' : 'revoke-now')}
        >
          {t('revokeNow')}
        </button>
        <button type="button" class="button" onClick={() => onPanel(null)}>
          {t('keepLink')}
        </button>
      </div>
    </fieldset>
  );
}
