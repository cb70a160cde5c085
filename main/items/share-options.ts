import type { SharingFault } from '../failures/faults.ts';
import type { ShareOptions } from '../share-options.ts';
import type { Capabilities } from '../targets/target.ts';
import type { Prepared } from './prepare-items.ts';

/** The settings that share options have their defaults from. */
export interface ShareDefaults {
  /** 0: until it is revoked. */
  readonly expiryHours: number;
  readonly graceSeconds: number;
  /** Empty: no name is shown. */
  readonly sharedBy: string;
}

interface ShareOption<Value> {
  /** The value where nothing was asked for; absent: the option is left out. */
  readonly usual?: (settings: ShareDefaults) => Value | undefined;
  /** Users rely on this option: a share is refused if its target doesn't support it. */
  readonly isRequired: boolean;
  /** Why this share can't have it, if so. */
  readonly fault?: (items: Prepared['items']) => SharingFault | undefined;
}

/**
 * What the app does with each share option. A new one is declared in main/share-options.ts, with its
 * bounds, and here: one that is missing does not compile. The server's own side is
 * main/server/api/share-options.ts.
 */
const SHARE_OPTIONS = {
  expiresInSeconds: {
    usual: ({ expiryHours }) => (expiryHours === 0 ? null : expiryHours * 3_600),
    isRequired: true,
  },
  once: {
    isRequired: true,
    fault: (items) => (items.length > 1 ? { kind: 'one-time-collection' } : undefined),
  },
  maxOpens: {
    isRequired: true,
  },
  password: {
    isRequired: true,
  },
  graceSeconds: {
    usual: ({ graceSeconds }) => graceSeconds,
    isRequired: false,
  },
  sharedBy: {
    usual: ({ sharedBy }) => sharedBy.trim() || undefined,
    isRequired: false,
  },
} as const satisfies {
  readonly [Name in keyof ShareOptions]-?: ShareOption<Exclude<ShareOptions[Name], undefined>>;
};

type OptionName = keyof typeof SHARE_OPTIONS;
type OptionOf<Name extends OptionName> = ShareOption<Exclude<ShareOptions[Name], undefined>>;
/** The same table, by entries: what TypeScript knows of a key is lost in `Object.entries`. */
const OPTIONS = Object.entries(SHARE_OPTIONS) as unknown as readonly [
  OptionName,
  OptionOf<OptionName>,
][];

/** The defaults, as the settings have them. */
export function defaultOptions(settings: ShareDefaults): ShareOptions {
  const usual = OPTIONS.map(([name, option]) => [name, option.usual?.(settings)] as const);
  // The names and values of the table, which `fromEntries` does not know.
  return Object.fromEntries(usual.filter(([, value]) => value !== undefined)) as ShareOptions;
}

/** What the service is asked for: what was said of this share, the rest as usual. */
export function withDefaults(shareOptions: ShareOptions, usual: ShareOptions): ShareOptions {
  return { ...usual, ...shareOptions };
}

/**
 * Why a share cannot be created with these options, if so. An unsupported option is refused before
 * anything is sent: a one-time link must not become a permanent one.
 * @param capabilities of the target; `undefined` while it hasn't told them
 */
export function optionsFault(
  shareOptions: ShareOptions,
  prepared: Pick<Prepared, 'items'>,
  capabilities: Pick<Capabilities, 'shareOptions'> | undefined,
): SharingFault | undefined {
  const asked = OPTIONS.filter(
    ([name]) => shareOptions[name] !== undefined && shareOptions[name] !== false,
  );
  const hasRequired = asked.some(([, { isRequired }]) => isRequired);
  if (hasRequired && capabilities?.shareOptions === false) return { kind: 'options-not-applied' };
  return asked.map(([, option]) => option.fault?.(prepared.items)).find((fault) => fault);
}
