import { useWords } from '../../i18n/use-words.ts';
import { copiedChoices, historyChoices } from '../../view/choices.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** What the app does with each copy; nothing where the system doesn't let it see them. */
export function ClipboardGroup({ state: { settings, canWatchClipboard }, apply }: GroupProps) {
  const words = useWords();
  const { say } = words;
  if (!canWatchClipboard) return null;
  return (
    <section class="group">
      <h2>{say('clipboard')}</h2>
      <Select
        label={say('keepClips')}
        value={settings.keepClips}
        choices={historyChoices(words, settings.keepClips)}
        onChange={(keepClips) => void apply({ keepClips })}
      />
      <Select
        label={say('offerToShare')}
        value={settings.offerToShare}
        choices={copiedChoices(words)}
        onChange={(offerToShare) => void apply({ offerToShare })}
      />
    </section>
  );
}
