import type { AppState } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';

/** When the app can read the clipboard, where the system doesn't let it do so at any time. */
export function ClipboardNote({ state }: { readonly state: AppState }) {
  const { t } = useMessages();
  if (state.canWatchClipboard) return null;
  return (
    <p class="setting-help">
      {t(state.readsInFrontOnly === true ? 'clipboardInFront' : 'clipboardOnRequest')}
    </p>
  );
}
