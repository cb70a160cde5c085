import type { SettingsView } from '../../preload/contract.ts';
import type { TextKey } from '../i18n/messages.ts';
import type { Settings } from '../settings/settings.ts';

/** Where new shares are meant to go. */
export type TargetChoice =
  /** Pieces OS when it is ready, else this computer. */
  | { readonly kind: 'automatic' }
  | { readonly kind: 'pieces' }
  | { readonly kind: 'built-in' }
  | { readonly kind: 'custom'; readonly url: string; readonly token?: string };

/** What the command line chose for this run. */
export interface ServerOverride {
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
}

/** A custom server without a URL yet means this computer. */
export function choiceOf(
  settings: Pick<Settings, 'values' | 'serviceToken'>,
  override: ServerOverride,
): TargetChoice {
  const { service, serviceUrl } = settings.values();
  const url = override.serviceUrl ?? (service === 'custom' ? serviceUrl : '');
  if (url === '') return { kind: service === 'custom' ? 'built-in' : service };
  const token =
    override.serviceUrl === undefined ? settings.serviceToken(url) : override.serviceToken;
  return { kind: 'custom', url, ...(token === undefined ? {} : { token }) };
}

/** A destination of new links as the user confirms it. */
export interface Destination {
  /** Two destinations with the same id are the same. */
  readonly id: string;
  /** Its name in a sentence; a custom server is named by its URL. */
  readonly name: { readonly text: TextKey } | { readonly url: string };
  /** Whether content may leave this computer without another step. */
  readonly isRisky: boolean;
}

/** Where new links are created with these settings. */
export function destinationOf({
  service,
  serviceUrl: url,
}: Pick<SettingsView, 'service' | 'serviceUrl'>): Destination {
  switch (service) {
    case 'automatic':
      return { id: service, name: { text: 'consentAutomatic' }, isRisky: true };
    case 'pieces':
      return { id: service, name: { text: 'consentPieces' }, isRisky: true };
    case 'custom':
      if (url !== '') return { id: url, name: { url }, isRisky: true };
      return destinationOf({ service: 'built-in', serviceUrl: '' });
    case 'built-in':
      return { id: service, name: { text: 'consentBuiltIn' }, isRisky: false };
  }
}
