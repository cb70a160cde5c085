import { keyCaps, spokenAccelerator } from '../../preload/key-names.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';

/** A shortcut drawn as keys; screen readers hear it as one phrase. */
export function KeyCaps(props: { readonly accelerator: string; readonly platform: Platform }) {
  const { t } = useMessages();
  const { accelerator, platform } = props;
  return (
    <span class="caps">
      <span class="sr-only">{spokenAccelerator(accelerator, platform, t)}</span>
      <span class="caps" aria-hidden="true">
        {keyCaps(accelerator, platform, t).map((cap) => (
          <kbd key={cap}>{cap}</kbd>
        ))}
      </span>
    </span>
  );
}
