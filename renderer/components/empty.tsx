import type { AppState } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

/** Before the first link: how to make one. */
export function Empty(props: {
  readonly shortcut: AppState['shortcut'];
  readonly platform: Platform;
}) {
  const { t } = useMessages();
  return (
    <section class="empty">
      <h2>{t('emptyTitle')}</h2>
      <ol>
        <li>{t('emptyCopy')}</li>
        <li>
          <Press {...props} />
        </li>
        <li>{t('emptyPaste')}</li>
      </ol>
    </section>
  );
}

/** The keys to press, or what to do without. */
function Press({ shortcut, platform }: Parameters<typeof Empty>[0]) {
  const { t } = useMessages();
  const { accelerator, keys, state } = shortcut;
  if (state === 'taken') return t('emptyNoShortcut');
  if (state !== 'active') return t('emptyNotSetUp');
  if (keys !== undefined) return t('emptyDesktopKeys', { keys });
  const [beforeKeys = '', afterKeys = ''] = t('emptyPress', { shortcut: '\n' }).split('\n');
  return (
    <>
      {beforeKeys}
      <KeyCaps accelerator={accelerator} platform={platform} />
      {afterKeys}
    </>
  );
}
