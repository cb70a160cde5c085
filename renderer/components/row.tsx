import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import type { RowPlace } from './row-grid.tsx';

interface RowProps {
  readonly id: string;
  readonly place: RowPlace;
  readonly state: string;
  readonly selected?: boolean;
  readonly title: string;
  readonly meta: ComponentChildren;
  /** Small marks at the end of the second line; they have names. */
  readonly badges?: ComponentChildren;
  /** The square at the row's start. */
  readonly picture: ComponentChildren;
  readonly actionsLabel: string;
  readonly actions: ComponentChildren;
  readonly panel?: ComponentChildren;
  readonly onClick: (event: MouseEvent) => void;
}

/** One row of a list: a picture, two lines, buttons, and a panel under them when it is open. */
export function Row(props: RowProps) {
  const { place } = props;
  const titleId = `title-${place.index}`;
  const metaId = `meta-${place.index}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a windowed grid are placed one by one.
    <div
      role="row"
      class="row"
      aria-rowindex={place.index + 1}
      aria-labelledby={`${titleId} ${metaId}`}
      aria-selected={props.selected}
      data-state={props.state}
      data-id={props.id}
      tabIndex={place.active ? 0 : -1}
      style={{ top: `${place.top}px` }}
      onFocusCapture={place.onFocus}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list's keys and the row's buttons do the same. */}
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row takes the focus. */}
      <div role="gridcell" class="row-words" onClick={props.onClick}>
        {props.picture}
        <span class="row-title" id={titleId} title={props.title}>
          {props.title}
        </span>
        <span class="row-meta" id={metaId}>
          <span class="line">{props.meta}</span>
          {props.badges}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: its buttons take the focus. */}
      <div role="gridcell" class="row-actions" aria-label={props.actionsLabel}>
        {props.actions}
      </div>
      {props.panel}
    </div>
  );
}

/** A button of a row: an icon whose words are its label. */
export function RowButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly place: RowPlace;
  readonly expanded?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      class="icon-button"
      tabIndex={props.place.active ? 0 : -1}
      aria-label={props.label}
      title={props.label}
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
