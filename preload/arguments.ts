import * as v from 'valibot';
import { SETTINGS } from '../main/settings/table.ts';
import { optionsChangeSchema, shareOptionsSchema, sharePassword } from '../main/share-options.ts';
import { OWN_FILES, REACH_STEPS, SETTINGS_TABS, SHORTCUT_SET_UP_STEPS } from './app-state.ts';
import { RECOVERY_IDS } from './failure-view.ts';

/**
 * Schemas of the arguments of calls, and their types. Only main/ipc uses the schemas; the other
 * processes import types from here, so that the preload stays small.
 */

/** A text that someone shares by hand may be long, but no longer than a message may be, in characters. */
const MAX_TEXT_CHARS = 1_000_000;

const name = v.pipe(v.string(), v.maxLength(200));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT_CHARS));

export const nothing = v.undefined();

export const onOff = v.boolean();

export const linkId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** As many as the list of links has at most. */
export const linkIds = v.pipe(v.array(linkId), v.minLength(1), v.maxLength(10_000));

export const linkAndName = v.strictObject({
  id: linkId,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
});
/** Of a link; copied to be sent to its recipient. */
export const password = sharePassword;

export const linkAndOptions = v.strictObject({ id: linkId, change: optionsChangeSchema });

/** To be spread into the argument of each call that shares. Other services than ours refuse them. */
const shareOptions = { shareOptions: v.exactOptional(shareOptionsSchema) };

export const shareRequest = v.variant('from', [
  v.strictObject({ from: v.literal('clipboard'), ...shareOptions }),
  v.strictObject({ from: v.literal('text'), text, name: v.exactOptional(name), ...shareOptions }),
]);

/** What to share: the clipboard, or a text. */
export type ShareRequest = Readonly<v.InferOutput<typeof shareRequest>>;

export const shareManyRequest = v.pipe(
  v.strictObject({
    items: v.pipe(
      v.array(v.strictObject({ text, name: v.exactOptional(name) })),
      v.minLength(1),
      v.maxLength(500),
    ),
    name: v.exactOptional(v.pipe(name, v.minLength(1))),
    ...shareOptions,
  }),
  v.check(
    ({ items }) => items.reduce((sum, item) => sum + item.text.length, 0) <= MAX_TEXT_CHARS,
    'too much text in one message',
  ),
);

const MAX_FILES = 500;

/** Absolute paths; main checks that they are. */
export const filePaths = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  v.minLength(1),
  v.maxLength(MAX_FILES),
);

/** What a page has to know of files to name them; see main/desktop/files/file-proofs.ts. */
export interface FileChallenge {
  readonly id: string;
  /** In hex; goes before the parts of each file. */
  readonly nonce: string;
  /** The parts of each file, in bytes; none where there is no proof. */
  readonly parts: readonly (readonly { readonly offset: number; readonly bytes: number }[])[];
}

export const namedFiles = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(100)),
  /** SHA-256 in hex; empty where the page has none. */
  proofs: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(MAX_FILES)),
  ...shareOptions,
});

/** Of something that was copied: a number, as the app counts them. */
export const clipId = v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/));

export const shareClips = v.strictObject({
  ids: v.pipe(v.array(clipId), v.minLength(1), v.maxLength(100)),
  name: v.exactOptional(v.pipe(name, v.minLength(1))),
  ...shareOptions,
});

export type ShareClipsRequest = Readonly<v.InferOutput<typeof shareClips>>;

export const linkAndFormat = v.strictObject({
  id: linkId,
  format: SETTINGS.linkFormat.schema,
});

export const answerToQuestion = v.strictObject({
  questionId: v.pipe(v.string(), v.maxLength(100)),
  choiceId: v.pipe(v.string(), v.maxLength(100)),
  remember: v.boolean(),
});

export const reachStep = v.picklist(REACH_STEPS);

export const shortcutSetUpStep = v.picklist(SHORTCUT_SET_UP_STEPS);

export const settingsTab = v.picklist(SETTINGS_TABS);

export const recoveryId = v.picklist(RECOVERY_IDS);

export const ownFile = v.picklist(OWN_FILES);

export const serverUrl = v.pipe(v.string(), v.minLength(1), v.maxLength(2048));

export const secretKind = v.pipe(v.string(), v.minLength(1), v.maxLength(60));
