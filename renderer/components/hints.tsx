import { useMessages } from '../i18n/use-messages.ts';
import type { ListName } from '../state/use-list-view.ts';
import type { Platform } from '../view/platform.ts';

/** The keys that matter most, at the foot of the list. */
export function Hints(props: { readonly platform: Platform; readonly list: ListName }) {
  const { t } = useMessages();
  const mac = props.platform === 'mac';
  const enter = mac ? '↩' : 'Enter';
  const hints =
    props.list === 'links'
      ? [
          [enter, t('hintCopy')],
          ['→', t('details')],
          [mac ? '⌫' : 'Del', t('hintRevoke')],
          ['Esc', t('hintClose')],
        ]
      : [
          [enter, t('hintShare')],
          [t('keySpace'), t('hintSelect')],
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
