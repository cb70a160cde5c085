import { createClipHistory, type KeptClip, viewOfKeptClip } from '../clipboard/clip-history.ts';
import type { Clip } from '../clipboard/content.ts';
import type { OwnWrites } from '../clipboard/own-writes.ts';
import { type Sighting, type Watcher, watchClipboard } from '../clipboard/watcher.ts';
import type { Words } from '../i18n/messages.ts';
import type { ScanAhead } from '../secrets/scan-ahead.ts';
import type { SettingValues } from '../settings/table.ts';
import type { AppModel } from './app-state.ts';

export interface ClipsNeeds {
  readonly clipboard: OwnWrites;
  readonly model: AppModel;
  readonly words: Words;
  readonly settings: () => Pick<SettingValues, 'watching' | 'keepClips'>;
  readonly scan: Pick<ScanAhead, 'copied'>;
  /** On macOS a read that nobody asked for may raise a privacy prompt: there only formats are looked at. */
  readonly mayRead: boolean;
  /** Told of each copy that its owner does not hide, with how it is kept, if it is. */
  readonly onCopied: (clip: Clip, kept: KeptClip | undefined) => void;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** What is on the clipboard and what was copied lately, for as long as the app may look. */
export interface Clips {
  /** Puts the settings to work: whether it watches, what it keeps. */
  apply(): void;
  /** Looks away for so many ms; what is copied meanwhile is neither seen nor kept. */
  pause(forMs: number): void;
  resume(): void;
  /** Describes anew what is there, in the language of now. */
  sayAnew(): void;
  /** Those of these clips that are still kept, the oldest copy first. */
  kept(ids: readonly string[]): readonly KeptClip[];
  /** The last ones, the oldest copy first. */
  last(count: number): readonly KeptClip[];
  forget(id: string): void;
  /** One that is still kept. */
  get(id: number): KeptClip | undefined;
  stop(): void;
}

const UNKNOWN = { kind: 'unknown', description: '', shareable: true } as const;

/** Watches, keeps, and tells the model; what is kept is in memory only. */
export function createClips(needs: ClipsNeeds): Clips {
  const { clipboard, model, words, settings, mayRead, now } = needs;
  let watcher: Watcher | undefined;
  let pausedUntilMs: number | undefined;
  let resuming: NodeJS.Timeout | undefined;

  const history = createClipHistory({
    words,
    now,
    maxClips: () => settings().keepClips,
  });

  const showKept = (): void => {
    const kept = history.list();
    // Where content is read only when a person acts, there is nothing to keep.
    const keeps = settings().keepClips > 0 && mayRead;
    model.update({
      clips: keeps ? kept.flatMap((clip) => shown(clip) ?? []) : undefined,
      canWatchClipboard: mayRead,
    });
  };
  history.subscribe(showKept);

  const onSighting = ({ view, clip, copied }: Sighting): void => {
    model.update({ clipboard: view });
    if (clip === undefined || !copied) return;
    // It may be shared next: the scan of a large text begins now.
    const { content } = clip;
    needs.scan.copied(content.kind === 'text' ? content.text : undefined);
    const kept = history.add(clip) ? history.list()[0] : undefined;
    if (!clip.concealed) needs.onCopied(clip, kept);
  };

  const watch = (on: boolean): void => {
    if (on === (watcher !== undefined)) return;
    watcher?.stop();
    watcher = on ? watchClipboard({ clipboard, words, mayRead, onSighting }) : undefined;
    if (!on) model.update({ clipboard: UNKNOWN });
  };

  const show = (): void => {
    const on = settings().watching && pausedUntilMs === undefined;
    watch(on);
    model.update({ watching: on, pausedUntilMs });
  };

  const resume = (): void => {
    clearTimeout(resuming);
    pausedUntilMs = undefined;
    show();
  };

  return {
    apply() {
      history.tidy();
      show();
      showKept();
    },
    pause(forMs) {
      clearTimeout(resuming);
      pausedUntilMs = now() + forMs;
      resuming = setTimeout(resume, forMs);
      show();
    },
    resume,
    sayAnew() {
      if (watcher === undefined) return;
      watch(false);
      watch(true);
    },
    kept: (ids) =>
      history
        .list()
        .filter(({ id }) => ids.includes(String(id)))
        .toReversed(),
    last: (count) => history.list().slice(0, count).toReversed(),
    forget: (id) => history.remove(Number(id)),
    get: history.get,
    stop() {
      clearTimeout(resuming);
      watcher?.stop();
      watcher = undefined;
    },
  };
}

/** A picture of an image is made when a page asks for it at this address, beside the page's own. */
function shown(clip: KeptClip): ReturnType<typeof viewOfKeptClip> {
  return viewOfKeptClip(clip, clip.content.kind === 'image' ? `thumbnails/${clip.id}` : undefined);
}
