import type { CopiedKind } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';

const KINDS = [
  ['image', 'kindImage'],
  ['files', 'kindFiles'],
  ['text', 'kindText'],
  ['code', 'kindCode'],
  ['url', 'kindUrl'],
  ['html', 'kindHtml'],
  ['colour', 'kindColour'],
] as const satisfies readonly (readonly [CopiedKind, string])[];

/** Which kinds are offered, or shared by themselves, after a copy. */
export function ModeKinds(props: {
  readonly chosen: readonly CopiedKind[];
  readonly onChange: (kinds: readonly CopiedKind[]) => void;
}) {
  const { say } = useWords();
  const { chosen, onChange } = props;
  return (
    <fieldset class="kinds">
      <legend class="setting-label">{say('modeKinds')}</legend>
      {KINDS.map(([kind, label]) => (
        <label key={kind} class="choice">
          <input
            type="checkbox"
            checked={chosen.includes(kind)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...chosen, kind] : chosen.filter((other) => other !== kind))
            }
          />
          {say(label)}
        </label>
      ))}
    </fieldset>
  );
}
