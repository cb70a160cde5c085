import type { SettingsView } from '../../../preload/contract.ts';
import { useMessages } from '../../i18n/use-messages.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** Who can open links of this computer. */
export function ReachChoice(props: {
  readonly reach: SettingsView['reach'];
  readonly apply: GroupProps['apply'];
}) {
  const { t } = useMessages();
  const isLocal = props.reach === 'this-computer';
  return (
    <Select
      label={t('reach')}
      help={t(isLocal ? 'serviceLocalHelp' : 'serviceBuiltInHelp')}
      value={props.reach}
      choices={[
        ['network', t('reachNetwork')],
        ['this-computer', t('reachThisComputer')],
      ]}
      onChange={(reach) => void props.apply({ reach })}
    />
  );
}
