import type { Ref } from 'preact';
import type { LinkView } from '../../preload/contract.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { Icon, type IconName } from './icon.tsx';
import { type PanelKind, RowPanel } from './row-panel.tsx';

interface LinkRowProps {
  readonly link: LinkView;
  readonly index: number;
  readonly top: number;
  readonly active: boolean;
  readonly panel: PanelKind | null;
  readonly panelRef: Ref<HTMLDivElement>;
  readonly nowMs: number;
  readonly onActive: () => void;
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
}

const KIND_WORDS = {
  text: 'kindText',
  code: 'kindCode',
  image: 'kindImage',
  file: 'kindFile',
  collection: 'kindCollection',
} as const;

const STATE_WORDS = {
  revoking: 'stateRevoking',
  revoked: 'stateRevoked',
  failed: 'stateFailed',
} as const;

interface RowAction {
  readonly command: LinkCommand;
  readonly words: Extract<MessageKey, LinkCommand | 'tryAgain'>;
  readonly icon: IconName;
}

/** The buttons that a link's state allows, most used first. */
function actionsOf(link: LinkView): readonly RowAction[] {
  const copy = { command: 'copy', words: 'copy', icon: 'copy' } as const;
  const open = { command: 'open', words: 'open', icon: 'open' } as const;
  switch (link.state) {
    case 'live':
      return [copy, open, { command: 'revoke', words: 'revoke', icon: 'revoke' }];
    case 'failed':
      return [copy, open, { command: 'revoke', words: 'tryAgain', icon: 'revoke' }];
    case 'revoked':
      return [{ command: 'forget', words: 'forget', icon: 'forget' }];
    case 'revoking':
      return [];
  }
}

/** One link: what it was, how big, when, where; and what can be done with it. */
export function LinkRow(props: LinkRowProps) {
  const words = useWords();
  const { say } = words;
  const { link, index, active, panel } = props;
  const titleId = `title-${index}`;
  const metaId = `meta-${index}`;
  const amount =
    link.kind === 'collection' ? say('things', { count: link.count }) : words.size(link.sizeBytes);
  const tabIndex = active ? 0 : -1;
  const openable = link.state !== 'revoked' && link.state !== 'revoking';
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a windowed grid are placed one by one.
    <div
      role="row"
      class="row"
      aria-rowindex={index + 1}
      aria-labelledby={`${titleId} ${metaId}`}
      data-state={link.state}
      data-active={active}
      data-link-id={link.id}
      tabIndex={tabIndex}
      style={{ top: `${props.top}px` }}
      onFocusCapture={props.onActive}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the More button does the same by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus. */}
      <div
        role="gridcell"
        class="row-words"
        onClick={() => openable && props.onPanel(panel === null ? 'actions' : null)}
      >
        <span class="kind" data-kind={link.kind} title={say(KIND_WORDS[link.kind])}>
          <Icon name={link.kind} />
        </span>
        <span class="row-title" id={titleId} title={link.title}>
          {link.title}
        </span>
        <span class="row-meta" id={metaId}>
          <span class="sr-only">{say(KIND_WORDS[link.kind])} </span>
          {link.state !== 'live' && <b class="state">{say(STATE_WORDS[link.state])}</b>}
          <span>{amount}</span>
          <time
            dateTime={new Date(link.createdAtMs).toISOString()}
            title={words.moment(link.createdAtMs)}
          >
            {words.ago(link.createdAtMs, props.nowMs)}
          </time>
          <span>{link.serviceName}</span>
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus. */}
      <div
        role="gridcell"
        class="row-actions"
        aria-label={say('actionsFor', { title: link.title })}
      >
        {actionsOf(link).map(({ command, words: key, icon }) => (
          <button
            key={command}
            type="button"
            class="icon-button"
            tabIndex={tabIndex}
            aria-label={say(key)}
            title={say(key)}
            onClick={() => props.onCommand(command)}
          >
            <Icon name={icon} />
          </button>
        ))}
        {openable && (
          <button
            type="button"
            class="icon-button"
            tabIndex={tabIndex}
            aria-label={say('more')}
            title={say('more')}
            aria-expanded={panel !== null}
            onClick={() => props.onPanel(panel === null ? 'actions' : null)}
          >
            <Icon name="more" />
          </button>
        )}
      </div>
      {panel !== null && (
        <RowPanel
          kind={panel}
          link={link}
          panelRef={props.panelRef}
          onPanel={props.onPanel}
          onCommand={props.onCommand}
        />
      )}
    </div>
  );
}
