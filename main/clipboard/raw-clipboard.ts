/** The clipboard with the platform's own format names, independent of the Electron version. */
export interface RawClipboard {
  /**
   * One platform format by its own name, and nothing else; `undefined` when it is not there.
   * @param needsValue whether the bytes matter, or only that it is there
   */
  mark(format: string, needsValue: boolean): Promise<Uint8Array | undefined>;
  /** What is there now, its bytes still unread. */
  snapshot(): Promise<RawSnapshot>;
  writeText(text: string): Promise<void>;
  /** Writes several formats at once where the platform can, else the first one alone. */
  write(parts: readonly RawPart[]): Promise<void>;
  clear(): Promise<void>;
}

/** What reading takes of it. */
export type ReadableClipboard = Pick<RawClipboard, 'mark' | 'snapshot'>;

export interface RawSnapshot {
  /** MIME types, and platform formats by their own names. */
  readonly formats: readonly string[];
  /** False where formats can be there that are not listed, but answer when asked for. */
  readonly complete: boolean;
  /** `undefined` when it is not there, or empty. */
  bytes(format: string): Promise<Uint8Array | undefined>;
  text(): Promise<string>;
  html(): Promise<string>;
  /** The image as pixels packed anew, for platforms that keep no encoded bytes. */
  renderedPng(): Promise<Uint8Array | undefined>;
}

export type RawPart =
  | { readonly format: 'text/plain' | 'text/html'; readonly text: string }
  | { readonly format: string; readonly bytes: Uint8Array };

/** The systems whose clipboards differ in the names of their formats. */
export type ClipboardPlatform = 'linux' | 'darwin' | 'win32';

/** Calls back after each change of the clipboard; returns how to stop. */
export type WatchClipboard = (onChange: () => void) => () => void;
