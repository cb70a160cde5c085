import type { ReachStep } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
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
  const messages = useMessages();
  const { t } = messages;
  return (
    <section class="group">
      <Select
        label={t('expiry')}
        value={settings.expiryHours}
        choices={expiryChoices(messages)}
        onChange={(expiryHours) => void apply({ expiryHours })}
      />
      <ReachChoice reach={settings.reach} apply={apply} />
      {settings.reach === 'network' && reachCheck && (
        <ReachNote check={reachCheck} onStep={onReach} />
      )}
      <TextField
        label={t('sharedBy')}
        help={t('sharedByHelp')}
        value={settings.sharedBy}
        maxLength={60}
        onChange={(sharedBy) => void apply({ sharedBy })}
      />
      <Select
        label={t('linkFormat')}
        value={settings.linkFormat}
        choices={[
          ['plain', t('formatPlain')],
          ['markdown', t('formatMarkdown')],
          ['html', t('formatHtml')],
          ['template', t('formatTemplate')],
        ]}
        onChange={(linkFormat) => void apply({ linkFormat })}
      />
      {settings.linkFormat === 'template' && (
        <TextField
          label={t('linkTemplate')}
          help={t('linkTemplateHelp', { link: '{link}', title: '{title}' })}
          value={settings.linkTemplate}
          maxLength={500}
          onChange={(linkTemplate) => void apply({ linkTemplate })}
        />
      )}
    </section>
  );
}
