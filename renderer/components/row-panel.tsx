import type { Ref } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LinkFormat, LinkView, OptionsChange } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { PanelKind } from '../state/use-list-view.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { isOpen, type ShownState } from '../view/shown-state.ts';
import { IconButton } from './icon-button.tsx';
import type { LinkButton } from './link-buttons.ts';
import { LinkNotes } from './link-notes.tsx';
import { LinkOptions } from './link-options.tsx';
import { Menu, type MenuGroup } from './menu.tsx';
import { QrCode } from './qr-code.tsx';
import { Rename } from './rename.tsx';

interface RowPanelProps {
  readonly kind: PanelKind;
  readonly link: LinkView;
  readonly state: ShownState;
  readonly nowMs: number;
  readonly buttons: readonly LinkButton[];
  readonly formats: readonly LinkFormat[];
  readonly panelRef: Ref<HTMLDivElement>;
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
  readonly onCopyAs: (format: LinkFormat) => void;
  readonly onRename: (name: string) => void;
  /** @returns whether the options were changed */
  readonly onOptions: (change: OptionsChange) => Promise<boolean>;
  readonly onCopyPassword: (password: string) => void;
}

const FORMAT_KEYS = {
  plain: 'formatPlain',
  markdown: 'formatMarkdown',
  html: 'formatHtml',
  template: 'formatTemplate',
} as const;

/** What opens under a row: the link's URL, state and buttons, its options, or a question. */
export function RowPanel(props: RowPanelProps) {
  const { kind, link, state, nowMs, onPanel, onOptions, onCopyPassword } = props;
  const canChange = isOpen(state) && link.canChange === true;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a cell of a windowed grid.
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus.
    <div role="gridcell" class="panel" ref={props.panelRef}>
      {kind === 'confirm-revoke' || kind === 'confirm-undo' ? (
        <ConfirmRevoke {...props} />
      ) : kind === 'options' && canChange ? (
        <LinkOptions
          link={link}
          nowMs={nowMs}
          onApply={onOptions}
          onCopyPassword={onCopyPassword}
          onCancel={() => onPanel('details')}
        />
      ) : (
        <Details {...props} canChange={canChange} />
      )}
    </div>
  );
}

function Details(props: RowPanelProps & { readonly canChange: boolean }) {
  const { link, kind, state, nowMs, canChange, onCommand } = props;
  const { t } = useMessages();
  const opens = isOpen(state);
  const more = useRef<HTMLDivElement>(null);
  // What was chosen in the menu continues in its field.
  useLayoutEffect(() => more.current?.querySelector('input')?.focus(), [kind]);
  return (
    <>
      <div class="panel-url">
        <span class="panel-link">{link.link}</span>
        {opens && <IconButton icon="copy" label={t('copyUrl')} onClick={() => onCommand('copy')} />}
      </div>
      <LinkNotes link={link} state={state} nowMs={nowMs} />
      <div class="buttons">
        {props.buttons.map(({ command, label }) => (
          <button
            key={command}
            type="button"
            class={command === 'activate' ? 'button primary' : 'button'}
            onClick={() => onCommand(command)}
          >
            {t(label)}
          </button>
        ))}
        {opens && <LinkMenu {...props} />}
      </div>
      <div ref={more}>
        {opens && kind === 'qr' && <QrCode link={link.link} />}
        {canChange && kind === 'rename' && (
          <Rename key={link.title} title={link.title} onRename={props.onRename} />
        )}
      </div>
    </>
  );
}

/** What is done with a link less often. */
function LinkMenu(props: RowPanelProps & { readonly canChange: boolean }) {
  const { kind, formats, canChange, onPanel, onCommand, onCopyAs } = props;
  const { t } = useMessages();
  const show = (wanted: PanelKind) => (): void => onPanel(kind === wanted ? 'details' : wanted);
  const copyAs: MenuGroup = {
    label: t('copyAs'),
    items: formats.map((format) => ({
      label: t(FORMAT_KEYS[format]),
      onSelect: () => onCopyAs(format),
    })),
  };
  return (
    <Menu
      label={t('more')}
      icon="more"
      groups={[
        {
          items: [
            { label: t('qrCode'), onSelect: show('qr') },
            ...(canChange
              ? [
                  { label: t('rename'), onSelect: show('rename') },
                  { label: t('options'), onSelect: show('options') },
                ]
              : []),
            { label: t('testLink'), onSelect: () => onCommand('test') },
          ],
        },
        ...(formats.length > 0 ? [copyAs] : []),
      ]}
    />
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
