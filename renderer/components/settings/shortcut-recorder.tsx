import { useEffect, useRef, useState } from 'preact/hooks';
import { keyCaps } from '../../../preload/key-names.ts';
import type { Messages } from '../../i18n/messages.ts';
import { useMessages } from '../../i18n/use-messages.ts';
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
  /** Shown while nothing is recorded. */
  readonly note: { readonly text: string; readonly problem: boolean } | null;
  readonly removable: boolean;
  readonly platform: Platform;
  readonly onRecord: (accelerator: string) => void;
  /** Called when recording begins and ends: meanwhile key presses must arrive here. */
  readonly onListening?: ((listening: boolean) => void) | undefined;
}

/** Shows a shortcut, and records a new one when it is pressed. */
export function ShortcutRecorder(props: ShortcutRecorderProps) {
  const { accelerator, platform } = props;
  const { t } = useMessages();
  const { recording, start, stop, onKeyDown } = useRecording(props);
  const note = noteOf(recording, props, t);
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
          data-listening={recording.kind !== 'off'}
          onClick={start}
          onKeyDown={onKeyDown}
          onBlur={stop}
        >
          <span class="sr-only">
            {t('shortcutChange')}, {props.label}:{' '}
          </span>
          {recording.kind === 'listening' && recording.caps.length > 0 ? (
            <KeyCaps accelerator={recording.caps.join('+')} platform={platform} />
          ) : recording.kind !== 'off' ? (
            <span>{t('shortcutRecording')}</span>
          ) : accelerator === '' ? (
            <span>{t('shortcutNone')}</span>
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
}

type RecordingOptions = Pick<
  ShortcutRecorderProps,
  'platform' | 'removable' | 'onRecord' | 'onListening'
>;

function useRecording({ platform, removable, onRecord, onListening }: RecordingOptions) {
  const [recording, setRecording] = useState<Recording>({ kind: 'off' });
  const listening = recording.kind !== 'off';
  useListening(listening, onListening);
  const stop = (): void => setRecording({ kind: 'off' });
  const finish = (recorded: string): void => {
    stop();
    onRecord(recorded);
  };
  const record = (recorded: Recorded): void => {
    switch (recorded.kind) {
      case 'waiting':
        setRecording({ kind: 'listening', caps: recorded.caps });
        return;
      case 'cancelled':
        stop();
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
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!listening) return;
    const bare = !event.ctrlKey && !event.altKey && !event.metaKey;
    // Tab alone still moves the focus: there is no keyboard trap.
    if (event.key === 'Tab' && bare) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Backspace' && bare && removable) finish('');
    else record(recordKey(event, platform));
  };
  return {
    recording,
    start: () => setRecording({ kind: 'listening', caps: [] }),
    stop,
    onKeyDown,
  };
}

/** Reports when recording begins and ends, also when the component is removed meanwhile. */
function useListening(listening: boolean, onListening: ShortcutRecorderProps['onListening']): void {
  const reported = useRef(false);
  useEffect(() => {
    if (listening === reported.current) return;
    reported.current = listening;
    onListening?.(listening);
  }, [listening, onListening]);
  useEffect(() => () => void (reported.current && onListening?.(false)), []);
}

function noteOf(
  recording: Recording,
  { note, platform, removable }: ShortcutRecorderProps,
  say: Messages['t'],
): ShortcutRecorderProps['note'] {
  switch (recording.kind) {
    case 'off':
      return note;
    case 'listening':
      return { text: say(removable ? 'shortcutRemove' : 'shortcutCancel'), problem: false };
    case 'refused': {
      const modifiers = keyCaps('CommandOrControl', platform, say)[0] ?? '';
      return recording.reason === 'unusable'
        ? { text: say('shortcutUnusable'), problem: true }
        : { text: say('shortcutNeedsModifier', { modifiers }), problem: true };
    }
  }
}
