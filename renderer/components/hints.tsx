import { spokenAccelerator } from '../../preload/key-names.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { ListName } from '../state/use-list-view.ts';
import type { Platform } from '../view/platform.ts';

/** The keys that matter most, at the foot of the list. */
export function Hints(props: { readonly platform: Platform; readonly list: ListName }) {
  const { t } = useMessages();
  const cap = (key: string): string => spokenAccelerator(key, props.platform, t);
  const hints =
    props.list === 'links'
      ? [
          [cap('Enter'), t('hintCopy')],
          ['→', t('details')],
          [cap(props.platform === 'mac' ? 'Backspace' : 'Delete'), t('hintRevoke')],
          ['Esc', t('hintClose')],
        ]
      : [
          [cap('Enter'), t('hintShare')],
          ['→', t('details')],
          [cap('Space'), t('hintSelect')],
          ['Esc', t('hintClose')],
        ];
  return (
    <footer class="hints">
      {hints.map(([key, words]) => (
        <span key={words} class="hint">
          <kbd>{key}</kbd> {words}
        </span>
      ))}
    </footer>
  );
}
