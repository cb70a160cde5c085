import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { MODE_KINDS } from '../clipboard/copy-modes.ts';
import { shareOptionsSchema } from '../items/share-options.ts';
import { isUsableToken } from '../settings/service-url.ts';

/** A text that someone shares by hand may be long, but no longer than a message may be, in characters. */
const MAX_TEXT_CHARS = 1_000_000;

const name = v.pipe(v.string(), v.maxLength(200));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT_CHARS));

export const nothing = v.undefined();

export const onOff = v.boolean();

export const linkId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const linkAndName = v.strictObject({
  id: linkId,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
});
export const linkAndExpiry = v.strictObject({
  id: linkId,
  expiresInSeconds: shareOptionsSchema.entries.expiresInSeconds.wrapped,
});

/** To be spread into the argument of each call that shares. */
const terms = { terms: v.exactOptional(shareOptionsSchema) };

export const shareRequest = v.variant('from', [
  v.strictObject({ from: v.literal('clipboard'), ...terms }),
  v.strictObject({ from: v.literal('text'), text, name: v.exactOptional(name), ...terms }),
]);

export const shareManyRequest = v.pipe(
  v.strictObject({
    items: v.pipe(
      v.array(v.strictObject({ text, name: v.exactOptional(name) })),
      v.minLength(1),
      v.maxLength(500),
    ),
    name: v.exactOptional(v.pipe(name, v.minLength(1))),
    ...terms,
  }),
  v.check(
    ({ items }) => items.reduce((sum, item) => sum + item.text.length, 0) <= MAX_TEXT_CHARS,
    'too much text in one message',
  ),
);

const MOST_FILES = 500;

export const filePaths = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.check(isAbsolute))),
  v.minLength(1),
  v.maxLength(MOST_FILES),
);

export const shareFiles = v.strictObject({
  id: v.pipe(v.string(), v.maxLength(100)),
  /** SHA-256 in hex; empty where the page has none. */
  proofs: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.maxLength(MOST_FILES)),
  ...terms,
});

/** Of something that was copied: a number, as the app counts them. */
export const clipId = v.pipe(v.string(), v.regex(/^[1-9]\d{0,14}$/));

export const shareClips = v.strictObject({
  ids: v.pipe(v.array(clipId), v.minLength(1), v.maxLength(100)),
  name: v.exactOptional(v.pipe(name, v.minLength(1))),
  ...terms,
});

export const linkAndFormat = v.strictObject({
  id: linkId,
  format: v.picklist(['plain', 'markdown', 'html', 'template']),
});

export const answerToQuestion = v.strictObject({
  questionId: v.pipe(v.string(), v.maxLength(100)),
  choiceId: v.pipe(v.string(), v.maxLength(100)),
  remember: v.boolean(),
});

export const reachStep = v.picklist(['look', 'copy-command', 'hide']);

export const recoveryId = v.picklist([
  'retry',
  'use-built-in',
  'sign-in',
  'connect-cloud',
  'connect-github',
  'update-service',
  'start-pieces',
  'get-pieces',
  'stop-waiting',
  'choose-name',
  'choose-service',
  'choose-shortcut',
  'show-storage',
  'decide',
  'revoke',
  'dismiss',
]);

const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most));

const anyShortcut = v.pipe(v.string(), v.maxLength(100));

/** What Preferences say about what is copied. */
const clipboardChange = {
  moreShortcuts: v.exactOptional(
    v.strictObject({
      shareLast: anyShortcut,
      openPopover: anyShortcut,
      revokeLast: anyShortcut,
      giveBack: anyShortcut,
    }),
  ),
  mode: v.exactOptional(v.picklist(['manual', 'offer', 'automatic'])),
  modeKinds: v.exactOptional(v.pipe(v.array(v.picklist(MODE_KINDS)), v.maxLength(20))),
  askAgainAbout: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(60))),
  keepClips: v.exactOptional(whole(20)),
};

export const settingsChange = v.strictObject({
  accelerator: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  watching: v.exactOptional(v.boolean()),
  service: v.exactOptional(v.picklist(['automatic', 'pieces', 'built-in', 'custom'])),
  serviceUrl: v.exactOptional(v.pipe(v.string(), v.maxLength(2048))),
  serviceToken: v.exactOptional(
    v.pipe(
      v.string(),
      v.trim(),
      v.check((token) => token === '' || isUsableToken(token)),
    ),
  ),
  theme: v.exactOptional(v.picklist(['system', 'light', 'dark'])),
  language: v.exactOptional(v.picklist(['system', 'en', 'de', 'es', 'ja', 'zh'])),
  launchAtLogin: v.exactOptional(v.boolean()),
  notifications: v.exactOptional(v.boolean()),
  sound: v.exactOptional(v.boolean()),
  linkFormat: v.exactOptional(v.picklist(['plain', 'markdown', 'html', 'template'])),
  linkTemplate: v.exactOptional(
    v.pipe(v.string(), v.maxLength(500), v.regex(/^[^\p{Cc}\u2028\u2029]*$/u)),
  ),
  expiryHours: v.exactOptional(v.picklist([0, 1, 24, 24 * 7, 24 * 30])),
  graceSeconds: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60))),
  quotaGigabytes: v.exactOptional(v.picklist([0.5, 1, 2, 5, 10, 50, 100])),
  reach: v.exactOptional(v.picklist(['network', 'this-computer'])),
  networkInterface: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  localName: v.exactOptional(v.boolean()),
  hostNames: v.exactOptional(v.pipe(v.string(), v.maxLength(1000))),
  fallback: v.exactOptional(v.picklist(['ask', 'always', 'never'])),
  locationData: v.exactOptional(v.picklist(['ask', 'remove', 'share'])),
  ...clipboardChange,
});
