import type { ReachStep } from '../../../preload/contract.ts';
import { useWords } from '../../i18n/use-words.ts';
import { expiryChoices } from '../../view/choices.ts';
import { ReachNote } from '../reach-note.tsx';
import { Select } from '../select.tsx';
import { TextField } from '../text-field.tsx';
import type { GroupProps } from './group-props.ts';
import { ReachChoice } from './reach-choice.tsx';

/** When new links expire, who can open them, and how they are copied. */
export function LinksGroup({
  state: { settings, reachCheck },
  apply,
  onReach,
}: GroupProps & { readonly onReach: (step: ReachStep) => void }) {
  const words = useWords();
  const { say } = words;
  return (
    <section class="group">
      <h2>{say('newLinks')}</h2>
      <Select
        label={say('expiry')}
        value={settings.expiryHours}
        choices={expiryChoices(words)}
        onChange={(expiryHours) => void apply({ expiryHours })}
      />
      <ReachChoice reach={settings.reach} apply={apply} />
      {settings.reach === 'network' && reachCheck && (
        <ReachNote check={reachCheck} onStep={onReach} />
      )}
      <Select
        label={say('linkFormat')}
        value={settings.linkFormat}
        choices={[
          ['plain', say('formatPlain')],
          ['markdown', say('formatMarkdown')],
          ['html', say('formatHtml')],
          ['template', say('formatTemplate')],
        ]}
        onChange={(linkFormat) => void apply({ linkFormat })}
      />
      {settings.linkFormat === 'template' && (
        <TextField
          label={say('linkTemplate')}
          help={say('linkTemplateHelp', { link: '{link}', title: '{title}' })}
          value={settings.linkTemplate}
          maxLength={500}
          onChange={(linkTemplate) => void apply({ linkTemplate })}
        />
      )}
    </section>
  );
}
