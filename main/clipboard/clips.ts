import { EventEmitter } from 'node:events';
import type { AppState } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { ScanAhead } from '../secrets/scan-ahead.ts';
import type { SettingValues } from '../settings/table.ts';
import {
  type ClipHistory,
  createClipHistory,
  type HistoryEntry,
  historyEntryView,
} from './clip-history.ts';
import type { Clip, Content } from './content.ts';
import type { OwnWrites } from './own-writes.ts';
import { type ClipboardUpdate, type Watcher, watchClipboard } from './watcher.ts';

export interface ClipsDeps {
  readonly clipboard: OwnWrites;
  readonly messages: Messages;
  readonly settings: { values(): Pick<SettingValues, 'keepClips' | 'watchClipboard'> };
  readonly scan: Pick<ScanAhead, 'copied'>;
  /** The title of the link, if content is nothing but an active link of the list. */
  readonly ownLinkTitle: (content: Content) => string | undefined;
  /** On macOS a read that nobody asked for may raise a privacy prompt: there only formats are read. */
  readonly mayRead: boolean;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

interface ClipsEvents {
  changed: [];
  /** Something was copied that its owner does not hide; with its entry in the history, if any. */
  copied: [clip: Clip, kept: HistoryEntry | undefined];
}

export type ClipsView = Pick<
  AppState,
  | 'canWatchClipboard'
  | 'clipboard'
  | 'clips'
  | 'isWatchingClipboard'
  | 'pausedUntilMs'
  | 'readsInFrontOnly'
>;

const UNKNOWN = { kind: 'unknown', description: '', shareable: true } as const;

/** What is on the clipboard, and what was copied lately: in memory only, and while watching is on. */
export class Clips extends EventEmitter<ClipsEvents> {
  readonly #deps: ClipsDeps;
  readonly #history: ClipHistory;
  #clipboard: AppState['clipboard'] = UNKNOWN;
  #watcher: Watcher | undefined;
  #pausedUntilMs: number | undefined;
  #resuming: NodeJS.Timeout | undefined;
  #needsFocus = false;

  constructor(deps: ClipsDeps) {
    super();
    this.#deps = deps;
    const { messages, settings, now } = deps;
    this.#history = createClipHistory({
      messages,
      now,
      maxClips: () => settings.values().keepClips,
    });
    this.#history.subscribe(() => this.emit('changed'));
  }

  view(): ClipsView {
    const { settings } = this.#deps;
    const mayRead = this.#deps.mayRead && !this.#needsFocus;
    // Where content is read only on request, there is nothing to list.
    const isListed = settings.values().keepClips > 0 && mayRead;
    return {
      clipboard: this.#clipboard,
      isWatchingClipboard: this.#isWatching(),
      pausedUntilMs: this.#pausedUntilMs,
      canWatchClipboard: mayRead,
      readsInFrontOnly: this.#needsFocus,
      clips: isListed ? this.#history.list().flatMap((clip) => listed(clip) ?? []) : undefined,
    };
  }

  /** Applies the settings: whether it watches, and how many clips are kept. */
  apply(): void {
    this.#history.tidy();
    this.#applyWatching();
  }

  /** The desktop lets the app read only while its window has the focus: no copy is seen. */
  needFocus(): void {
    this.#needsFocus = true;
    this.#applyWatching();
  }

  /** Stops watching for so many ms: what is copied meanwhile is neither seen nor kept. */
  pause(forMs: number): void {
    clearTimeout(this.#resuming);
    this.#pausedUntilMs = this.#deps.now() + forMs;
    this.#resuming = setTimeout(() => this.resume(), forMs);
    this.#applyWatching();
  }

  resume(): void {
    clearTimeout(this.#resuming);
    this.#pausedUntilMs = undefined;
    this.#applyWatching();
  }

  /** Describes what is on the clipboard in the current language. */
  retranslate(): void {
    if (this.#watcher === undefined) return;
    this.#watch(false);
    this.#watch(true);
  }

  /** Those of these clips that are still kept, the oldest copy first. */
  find(ids: readonly string[]): readonly HistoryEntry[] {
    return this.#history
      .list()
      .filter(({ id }) => ids.includes(String(id)))
      .toReversed();
  }

  /** The last ones, the oldest copy first. */
  last(count: number): readonly HistoryEntry[] {
    return this.#history.list().slice(0, count).toReversed();
  }

  remove(id: string): void {
    this.#history.remove(Number(id));
  }

  /** Removes all of them. */
  clear(): void {
    this.#history.clear();
  }

  /** A clip that is still kept. */
  get(id: number): HistoryEntry | undefined {
    return this.#history.get(id);
  }

  stop(): void {
    clearTimeout(this.#resuming);
    this.#watcher?.stop();
    this.#watcher = undefined;
  }

  #isWatching(): boolean {
    return this.#deps.settings.values().watchClipboard && this.#pausedUntilMs === undefined;
  }

  #applyWatching(): void {
    this.#watch(this.#isWatching() && !this.#needsFocus);
    this.emit('changed');
  }

  #watch(on: boolean): void {
    if (on === (this.#watcher !== undefined)) return;
    this.#watcher?.stop();
    const { clipboard, messages, mayRead } = this.#deps;
    this.#watcher = on
      ? watchClipboard({
          clipboard,
          messages,
          mayRead,
          onUpdate: (seen) => this.#onUpdate(seen),
        })
      : undefined;
    if (on) return;
    this.#clipboard = UNKNOWN;
    this.emit('changed');
  }

  #onUpdate({ view, clip, copied }: ClipboardUpdate): void {
    this.#clipboard = this.#ownLinkView(clip) ?? view;
    this.emit('changed');
    if (clip === undefined || !copied) return;
    // It may be shared next: the scan of a large text begins now.
    const { content } = clip;
    this.#deps.scan.copied(content.kind === 'text' ? content.text : undefined);
    const kept = this.#history.add(clip) ? this.#history.list()[0] : undefined;
    if (!clip.concealed) this.emit('copied', clip, kept);
  }

  /** Of a link that was shared already: it isn't shared again. */
  #ownLinkView(clip: Clip | undefined): AppState['clipboard'] | undefined {
    const { messages, ownLinkTitle } = this.#deps;
    const title = clip && ownLinkTitle(clip.content);
    if (title === undefined) return undefined;
    return { kind: 'text', description: messages.t('clipOwnLink', { title }), shareable: false };
  }
}

/** The thumbnail of an image is created when the page requests this address, beside its own. */
function listed(clip: HistoryEntry): ReturnType<typeof historyEntryView> {
  return historyEntryView(
    clip,
    clip.content.kind === 'image' ? `thumbnails/clips/${clip.id}` : undefined,
  );
}
