import { useEffect, useRef, useState } from 'preact/hooks';
import { keyCaps } from '../../../preload/key-names.ts';
import { useWords } from '../../i18n/use-words.ts';
import { type Recorded, recordKey } from '../../view/accelerator.ts';
import type { Platform } from '../../view/platform.ts';
import { KeyCaps } from '../key-caps.tsx';

type Recording =
  | { readonly kind: 'off' }
  | { readonly kind: 'listening'; readonly caps: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: 'needs-modifier' | 'unusable' };

interface ShortcutRecorderProps {
  readonly label: string;
  readonly help?: string;
  /** Empty: none. */
  readonly accelerator: string;
  /** What to say while nothing is recorded. */
  readonly note: { readonly text: string; readonly problem: boolean } | null;
  readonly removable: boolean;
  readonly platform: Platform;
  readonly onRecord: (accelerator: string) => void;
  /** Told when it begins to listen and when it ends: what is pressed then must arrive here. */
  readonly onListening?: ((listening: boolean) => void) | undefined;
}

/** Shows a shortcut, and takes a new one by having it pressed. */
export function ShortcutRecorder(props: ShortcutRecorderProps) {
  const { accelerator, platform, removable, onRecord } = props;
  const { say } = useWords();
  const [recording, setRecording] = useState<Recording>({ kind: 'off' });
  const listening = recording.kind !== 'off';
  const note = noteNow();
  const { onListening } = props;
  const listened = useRef(false);
  useEffect(() => {
    if (listening === listened.current) return;
    listened.current = listening;
    onListening?.(listening);
  }, [listening, onListening]);
  // Gone while listening: nobody listens any more.
  useEffect(() => () => void (listened.current && onListening?.(false)), []);

  const finish = (recorded: string): void => {
    setRecording({ kind: 'off' });
    onRecord(recorded);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening) return;
    const bare = !event.ctrlKey && !event.altKey && !event.metaKey;
    // Tab alone still leads on: nobody is trapped here.
    if (event.key === 'Tab' && bare) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace' && bare && removable) finish('');
    else take(recordKey(event, platform));
  };

  const take = (recorded: Recorded): void => {
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
        finish(recorded.accelerator);
        return;
    }
  };

  return (
    <>
      <div class="setting">
        <span class="setting-words">
          <span class="setting-label">{props.label}</span>
          {props.help !== undefined && <span class="setting-help">{props.help}</span>}
        </span>
        <button
          type="button"
          class="recorder"
          data-listening={listening}
          onClick={() => setRecording({ kind: 'listening', caps: [] })}
          onKeyDown={onKeyDown}
          onBlur={() => setRecording({ kind: 'off' })}
        >
          <span class="sr-only">
            {say('shortcutChange')}, {props.label}:{' '}
          </span>
          {recording.kind === 'listening' && recording.caps.length > 0 ? (
            <KeyCaps accelerator={recording.caps.join('+')} platform={platform} />
          ) : listening ? (
            <span>{say('shortcutRecording')}</span>
          ) : accelerator === '' ? (
            <span>{say('shortcutNone')}</span>
          ) : (
            <KeyCaps accelerator={accelerator} platform={platform} />
          )}
        </button>
      </div>
      <p class="setting-note" role="status" data-problem={note?.problem ?? false}>
        {note?.text}
      </p>
    </>
  );

  function noteNow(): ShortcutRecorderProps['note'] {
    switch (recording.kind) {
      case 'off':
        return props.note;
      case 'listening':
        return { text: say(removable ? 'shortcutRemove' : 'shortcutCancel'), problem: false };
      case 'refused': {
        const modifiers = keyCaps('CommandOrControl', platform)[0] ?? '';
        return recording.reason === 'unusable'
          ? { text: say('shortcutUnusable'), problem: true }
          : { text: say('shortcutNeedsModifier', { modifiers }), problem: true };
      }
    }
  }
}
