import type { TargetedKeyboardEvent } from 'preact';
import { useId, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface MenuItem {
  readonly label: string;
  readonly onSelect: () => void;
}

/** Items that belong together; `label` is their heading, if they have one. */
export interface MenuGroup {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

interface MenuProps {
  /** The name of the button that opens the menu, and of the menu. */
  readonly label: string;
  readonly icon: IconName;
  readonly groups: readonly MenuGroup[];
}

/**
 * A button with a menu, as WAI-ARIA describes it: arrow keys move in it; Escape and Tab close it,
 * and the button has the focus again. It is a popover, so that no scrolling list cuts it off, and
 * stands at the one button that is its anchor (panel.css).
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function Menu({ label, icon, groups }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const close = (): void => {
    menu.current?.hidePopover();
    button.current?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    // Keys of the list and of the window are not for the menu.
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    } else if (moveFocus(itemsOf(event.currentTarget), event.key)) event.preventDefault();
  };

  return (
    <>
      <button
        type="button"
        ref={button}
        class="button menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        <Icon name={icon} />
      </button>
      <div
        id={id}
        ref={menu}
        popover="auto"
        role="menu"
        class="menu"
        aria-label={label}
        onKeyDown={onKeyDown}
        onToggle={({ currentTarget, newState }) => {
          if (newState === 'open') itemsOf(currentTarget)[0]?.focus();
        }}
      >
        {groups.map((group, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu.
          <div key={group.label ?? index} role="group" aria-label={group.label}>
            {group.label !== undefined && (
              <p class="menu-heading" aria-hidden="true">
                {group.label}
              </p>
            )}
            {group.items.map((item) => (
              <button
                key={item.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                class="menu-item"
                onClick={() => {
                  close();
                  item.onSelect();
                }}
              >
                {item.label}
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

const itemsOf = (menu: HTMLElement): readonly HTMLElement[] => [
  ...menu.querySelectorAll<HTMLElement>('[role="menuitem"]'),
];

/** Moves the focus as a key says; around at the ends. @returns whether the key does that */
function moveFocus(items: readonly HTMLElement[], key: string): boolean {
  const now = items.findIndex((item) => item.matches(':focus'));
  const next = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (Math.max(now, 0) - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[key];
  if (next === undefined) return false;
  items[next]?.focus();
  return true;
}
