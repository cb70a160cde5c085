import type { SettingsView } from '../../../preload/contract.ts';
import { useWords } from '../../i18n/use-words.ts';
import { Select } from '../select.tsx';
import type { GroupProps } from './group-props.ts';

/** Who can open links of this computer. */
export function ReachChoice(props: {
  readonly reach: SettingsView['reach'];
  readonly apply: GroupProps['apply'];
}) {
  const { say } = useWords();
  const isLocal = props.reach === 'this-computer';
  return (
    <Select
      label={say('reach')}
      help={say(isLocal ? 'serviceLocalHelp' : 'serviceBuiltInHelp')}
      value={props.reach}
      choices={[
        ['network', say('reachNetwork')],
        ['this-computer', say('reachThisComputer')],
      ]}
      onChange={(reach) => void props.apply({ reach })}
    />
  );
}
