import { useWords } from '../i18n/use-words.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

/** Before the first link: how to make one. */
export function Empty(props: { readonly accelerator: string | null; readonly platform: Platform }) {
  const { say } = useWords();
  const [beforeKeys = '', afterKeys = ''] = say('emptyPress', { shortcut: '\n' }).split('\n');
  return (
    <section class="empty">
      <h2>{say('emptyTitle')}</h2>
      <ol>
        <li>{say('emptyCopy')}</li>
        <li>
          {props.accelerator === null ? (
            say('emptyNoShortcut')
          ) : (
            <>
              {beforeKeys}
              <KeyCaps accelerator={props.accelerator} platform={props.platform} />
              {afterKeys}
            </>
          )}
        </li>
        <li>{say('emptyPaste')}</li>
      </ol>
    </section>
  );
}
