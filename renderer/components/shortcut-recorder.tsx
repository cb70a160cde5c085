import { useState } from 'preact/hooks';
import type { AppState, SettingsChange } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { keyCaps, recordKey, spokenAccelerator } from '../view/accelerator.ts';
import type { Platform } from '../view/platform.ts';
import { KeyCaps } from './key-caps.tsx';

type Recording =
  | { readonly kind: 'off' }
  | { readonly kind: 'listening'; readonly caps: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: 'needs-modifier' | 'unusable' };

interface ShortcutRecorderProps {
  readonly shortcut: AppState['shortcut'];
  readonly platform: Platform;
  readonly apply: (change: SettingsChange) => Promise<boolean>;
}

/** Shows the shortcut, and takes a new one by having it pressed. */
export function ShortcutRecorder({ shortcut, platform, apply }: ShortcutRecorderProps) {
  const { say } = useWords();
  const [recording, setRecording] = useState<Recording>({ kind: 'off' });
  const spoken = spokenAccelerator(shortcut.accelerator, platform);
  const listening = recording.kind !== 'off';

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening) return;
    const plainTab = event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plainTab) return;
    event.preventDefault();
    event.stopPropagation();
    const recorded = recordKey(event, platform);
    switch (recorded.kind) {
      case 'waiting':
        setRecording({ kind: 'listening', caps: recorded.caps });
        return;
      case 'cancelled':
        setRecording({ kind: 'off' });
        return;
      case 'needs-modifier':
      case 'unusable':
        setRecording({ kind: 'refused', reason: recorded.kind });
        return;
      case 'recorded':
        setRecording({ kind: 'off' });
        void apply({ accelerator: recorded.accelerator });
        return;
    }
  };

  return (
    <section class="group" aria-labelledby="shortcut-label">
      <div class="setting">
        <span class="setting-words">
          <span class="setting-label" id="shortcut-label">
            {say('shortcut')}
          </span>
          <span class="setting-help">{say('shortcutHelp')}</span>
        </span>
        <button
          type="button"
          class="recorder"
          data-listening={listening}
          onClick={() => setRecording({ kind: 'listening', caps: [] })}
          onKeyDown={onKeyDown}
          onBlur={() => setRecording({ kind: 'off' })}
        >
          <span class="sr-only">{say('shortcutChange')}: </span>
          {listening ? (
            <Pressed recording={recording} platform={platform} />
          ) : (
            <KeyCaps accelerator={shortcut.accelerator} platform={platform} />
          )}
        </button>
      </div>
      <p class="setting-note" role="status" data-problem={shortcut.state === 'taken'}>
        {note()}
      </p>
    </section>
  );

  function note(): string {
    if (recording.kind === 'refused') {
      return recording.reason === 'unusable'
        ? say('shortcutUnusable')
        : say('shortcutNeedsModifier', {
            modifiers: keyCaps('CommandOrControl', platform)[0] ?? '',
          });
    }
    if (recording.kind === 'listening') return say('shortcutCancel');
    return shortcut.state === 'taken'
      ? say('shortcutTaken', { shortcut: spoken })
      : say('shortcutActive', { shortcut: spoken });
  }
}

function Pressed(props: { readonly recording: Recording; readonly platform: Platform }) {
  const { say } = useWords();
  const { recording } = props;
  return recording.kind === 'listening' && recording.caps.length > 0 ? (
    <KeyCaps accelerator={recording.caps.join('+')} platform={props.platform} />
  ) : (
    <span>{say('shortcutRecording')}</span>
  );
}
