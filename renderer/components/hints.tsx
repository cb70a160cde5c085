import { useWords } from '../i18n/use-words.ts';
import type { ListName } from '../state/use-list-view.ts';
import type { Platform } from '../view/platform.ts';

/** The keys that matter most, at the foot of the list. */
export function Hints(props: { readonly platform: Platform; readonly list: ListName }) {
  const { say } = useWords();
  const mac = props.platform === 'mac';
  const enter = mac ? '↩' : 'Enter';
  const hints =
    props.list === 'links'
      ? [
          [enter, say('hintCopy')],
          [mac ? '⌫' : 'Del', say('hintRevoke')],
          ['/', say('hintSearch')],
          ['Esc', say('hintClose')],
        ]
      : [
          [enter, say('hintShare')],
          [say('keySpace'), say('hintSelect')],
          ['/', say('hintSearch')],
          ['Esc', say('hintClose')],
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
