import { isAbsolute } from 'node:path';
import * as v from 'valibot';

/** A text that someone shares by hand may be long, but no longer than a message may be, in characters. */
const MAX_TEXT_CHARS = 1_000_000;

const name = v.pipe(v.string(), v.maxLength(200));
const text = v.pipe(v.string(), v.minLength(1), v.maxLength(MAX_TEXT_CHARS));

export const nothing = v.undefined();

export const linkId = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const shareRequest = v.variant('from', [
  v.strictObject({ from: v.literal('clipboard') }),
  v.strictObject({ from: v.literal('text'), text, name: v.exactOptional(name) }),
]);

export const shareManyRequest = v.pipe(
  v.strictObject({
    items: v.pipe(
      v.array(v.strictObject({ text, name: v.exactOptional(name) })),
      v.minLength(1),
      v.maxLength(500),
    ),
    name: v.exactOptional(v.pipe(name, v.minLength(1))),
  }),
  v.check(
    ({ items }) => items.reduce((sum, item) => sum + item.text.length, 0) <= MAX_TEXT_CHARS,
    'too much text in one message',
  ),
);

export const filePaths = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096), v.check(isAbsolute))),
  v.minLength(1),
  v.maxLength(500),
);

export const linkAndFormat = v.strictObject({
  id: linkId,
  format: v.picklist(['plain', 'markdown', 'html', 'template']),
});

export const answerToQuestion = v.strictObject({
  questionId: v.pipe(v.string(), v.maxLength(100)),
  choiceId: v.pipe(v.string(), v.maxLength(100)),
  remember: v.boolean(),
});

export const recoveryId = v.picklist([
  'retry',
  'use-built-in',
  'sign-in',
  'connect-cloud',
  'connect-github',
  'update-service',
  'start-pieces',
  'choose-name',
  'choose-service',
  'choose-shortcut',
  'decide',
  'revoke',
  'dismiss',
]);

export const settingsChange = v.strictObject({
  accelerator: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(100))),
  watching: v.exactOptional(v.boolean()),
  service: v.exactOptional(v.picklist(['built-in', 'custom'])),
  serviceUrl: v.exactOptional(v.pipe(v.string(), v.maxLength(2048))),
  serviceToken: v.exactOptional(v.pipe(v.string(), v.maxLength(4096))),
  expiryHours: v.exactOptional(v.picklist([0, 1, 24, 24 * 7, 24 * 30])),
  reach: v.exactOptional(v.picklist(['network', 'this-computer'])),
});
