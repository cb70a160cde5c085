import type { ClipEntryView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Clip, Content } from './content.ts';
import { type ContentSummary, inspect } from './describe-content.ts';
import { sameContent } from './same-content.ts';

/** Something that was copied, as long as the app remembers it: in memory only. */
export interface HistoryEntry {
  /** Counts up with each copy; the same for as long as the app runs. */
  readonly id: number;
  readonly content: Content;
  readonly seen: ContentSummary;
  /** In ms since 1970. */
  readonly copiedAtMs: number;
}

/** The last things that were copied, newest first. */
export interface ClipHistory {
  /**
   * Adds a clip.
   * @returns false if it was not added: it is concealed, empty or larger than the limit
   */
  add(clip: Clip): boolean;
  list(): readonly HistoryEntry[];
  get(id: number): HistoryEntry | undefined;
  remove(id: number): void;
  clear(): void;
  /** Applies a limit that has changed. */
  tidy(): void;
  /** Calls back after each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export const MAX_CLIPS = 20;

/** All clips together, in bytes of memory. */
export const MAX_HISTORY_BYTES = 64 * 1024 * 1024;

export interface ClipHistoryDeps {
  /** Most clips; 0 keeps none. */
  readonly maxClips: () => number;
  readonly messages: Messages;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/**
 * Keeps at most 20 clips and 64 MB, in memory only; nothing of it is ever written anywhere.
 * What is copied again moves to the top instead of being there twice.
 */
export function createClipHistory({ maxClips, messages, now }: ClipHistoryDeps): ClipHistory {
  let kept: readonly HistoryEntry[] = [];
  let nextId = 1;
  const listeners = new Set<() => void>();

  const replace = (next: readonly HistoryEntry[]): void => {
    const bounded = withinBytes(next.slice(0, Math.min(maxClips(), MAX_CLIPS)));
    const same = bounded.length === kept.length && bounded.every((c, i) => c === kept[i]);
    kept = bounded;
    if (!same) for (const listener of listeners) listener();
  };

  return {
    add({ content, concealed }) {
      if (concealed || content.kind === 'empty' || content.kind === 'unsupported') return false;
      if (memoryOf(content) > MAX_HISTORY_BYTES) return false;
      const clip = { id: nextId++, content, seen: inspect(content, messages), copiedAtMs: now() };
      replace([clip, ...kept.filter((other) => !sameContent(other.content, content))]);
      return kept[0] === clip;
    },
    list() {
      replace(kept);
      return kept;
    },
    get: (id) => kept.find((clip) => clip.id === id),
    remove: (id) => replace(kept.filter((clip) => clip.id !== id)),
    clear: () => replace([]),
    tidy: () => replace(kept),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** The newest ones that fit together. */
function withinBytes(clips: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let bytes = 0;
  const fitting = clips.findIndex(({ content }) => {
    bytes += memoryOf(content);
    return bytes > MAX_HISTORY_BYTES;
  });
  return fitting < 0 ? clips : clips.slice(0, fitting);
}

/** About what content takes in memory, in bytes; strings are counted as two bytes a unit. */
function memoryOf(content: Content): number {
  switch (content.kind) {
    case 'text':
      return 2 * (content.text.length + (content.html?.length ?? 0));
    case 'image':
      return content.bytes.byteLength;
    case 'files':
      return content.paths.reduce((sum, path) => sum + 2 * path.length, 0);
    case 'empty':
    case 'unsupported':
      return 0;
  }
}

/**
 * A clip as the window lists it; `undefined` for what is never listed.
 * @param thumbnail where a small picture is to be had
 */
export function historyEntryView(
  { id, seen, copiedAtMs }: HistoryEntry,
  thumbnail?: string,
): ClipEntryView | undefined {
  const { kind, title, sizeBytes } = seen;
  if (kind === 'empty' || kind === 'unsupported') return undefined;
  return {
    id: String(id),
    kind,
    title,
    sizeBytes,
    copiedAtMs,
    ...(thumbnail === undefined ? {} : { thumbnail }),
  };
}
