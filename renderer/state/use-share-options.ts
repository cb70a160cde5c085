import { useState } from 'preact/hooks';
import type { ShareOptions } from '../../preload/contract.ts';
import { type Changed, changedOptions } from '../view/share-options.ts';

/** The options of the next share. */
export interface NextOptions {
  readonly options: ShareOptions;
  /** Whether the form is open. */
  readonly isOpen: boolean;
  /** The password of the link that was just created, until something is chosen for the next one. */
  readonly lastPassword: string | undefined;
  /** To be spread into what is shared; empty where nothing was chosen. */
  readonly chosen: { readonly shareOptions?: ShareOptions };
  toggle(): void;
  set(change: Changed<ShareOptions>): void;
  /** A link was created with them. They were chosen for it alone. */
  applied(): void;
}

/** @param isSupported whether the link service knows share options */
export function useShareOptions(isSupported: boolean): NextOptions {
  const [options, setOptions] = useState<ShareOptions>({});
  const [isOpen, setIsOpen] = useState(false);
  const [lastPassword, setLastPassword] = useState<string>();
  const isChosen = isSupported && Object.keys(options).length > 0;
  return {
    options,
    isOpen,
    lastPassword,
    chosen: isChosen ? { shareOptions: options } : {},
    toggle: () => setIsOpen(!isOpen),
    set(change) {
      setLastPassword(undefined);
      setOptions(changedOptions(options, change));
    },
    applied() {
      setLastPassword(isChosen ? options.password : undefined);
      setOptions({});
      setIsOpen(false);
    },
  };
}
