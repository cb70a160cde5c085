import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

/** Before the first link: how to make one. */
export function Empty(props: { readonly accelerator: string | null; readonly platform: Platform }) {
  const { t } = useMessages();
  const [beforeKeys = '', afterKeys = ''] = t('emptyPress', { shortcut: '\n' }).split('\n');
  return (
    <section class="empty">
      <h2>{t('emptyTitle')}</h2>
      <ol>
        <li>{t('emptyCopy')}</li>
        <li>
          {props.accelerator === null ? (
            t('emptyNoShortcut')
          ) : (
            <>
              {beforeKeys}
              <KeyCaps accelerator={props.accelerator} platform={props.platform} />
              {afterKeys}
            </>
          )}
        </li>
        <li>{t('emptyPaste')}</li>
      </ol>
    </section>
  );
}
