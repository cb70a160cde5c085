import { useWords } from '../i18n/use-words.ts';
import type { Platform } from '../view/platform.ts';

/** The keys that matter most, at the foot of the list. */
export function Hints({ platform }: { readonly platform: Platform }) {
  const { say } = useWords();
  const hints = [
    [platform === 'mac' ? '↩' : 'Enter', say('hintCopy')],
    [platform === 'mac' ? '⌫' : 'Del', say('hintRevoke')],
    ['/', say('hintSearch')],
    ['Esc', say('hintClose')],
  ] as const;
  return (
    <footer class="hints">
      {hints.map(([key, words]) => (
        <span key={key} class="hint">
          <kbd>{key}</kbd> {words}
        </span>
      ))}
    </footer>
  );
}
