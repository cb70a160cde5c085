import { expect, test } from 'vitest';
import type { RecentLink } from '../../../main/links/schema.ts';
import {
  type SharedNotice,
  sharedNotice,
  shareUndoneNotice,
} from '../../../main/shell/share-notices.ts';
import { API_ONLY, THIS_COMPUTER } from '../../../main/targets/capabilities.ts';
import { english } from '../../support/messages.ts';
import { text } from '../../support/text.ts';

const NOW_MS = 1_000_000;
const DAY_MS = 86_400_000;

const linkOf = (more: Partial<RecentLink> = {}): RecentLink => ({
  id: 'a',
  kind: 'text',
  title: 'what was shared',
  sizeBytes: 1,
  count: 1,
  link: 'http://192.168.1.20:43117/s/a',
  service: { kind: 'built-in', name: 'This computer', baseUrl: '' },
  createdAtMs: NOW_MS,
  state: 'active',
  assetIds: [],
  ...more,
});

const notice = (link: Partial<RecentLink> = {}, more: Partial<SharedNotice> = {}) =>
  sharedNotice(
    {
      link: linkOf(link),
      can: THIS_COMPUTER,
      description: 'Text, 15 characters',
      place: 'clipboard',
      canUndo: true,
      nowMs: NOW_MS,
      ...more,
    },
    english,
  );

/** Each line of the body, in its parts. */
const parts = ({ body }: { readonly body: string }) =>
  body.split('\n').map((line) => line.split(' · '));

test('a copied link: what it is, then for how long and for whom, with Undo and Options', () => {
  const shown = notice({ expiresAtMs: NOW_MS + 7 * DAY_MS - 500 });
  expect(parts(shown)).toEqual([
    ['what was shared'],
    [text('expiresInDays', { count: 7 }), text('audienceNetwork')],
  ]);
  expect(shown).toMatchObject({
    title: text('linkCopied'),
    click: { kind: 'show', linkId: 'a' },
    buttons: [
      { label: text('undo'), command: { kind: 'undo', id: 'a' } },
      { label: text('options'), command: { kind: 'show', linkId: 'a', panel: 'options' } },
    ],
  });
});

test('a share of one file: its name alone', () => {
  expect(parts(notice({ kind: 'file' }, { isOneFile: true }))[0]).toEqual(['what was shared']);
});

test.each([
  ['text', 'Text, 15 characters', ['what was shared']],
  [
    'file',
    'Folder with 2 files (1 skipped)',
    ['what was shared', 'Folder with 2 files (1 skipped)'],
  ],
  ['collection', '3 files', ['what was shared', '3 files']],
  ['image', 'Image, 10 × 10', ['Image, 10 × 10']],
] as const)('a share of the kind %s, %s', (kind, description, told) => {
  expect(parts(notice({ kind }, { description }))[0]).toEqual(told);
});

test('it tells all that holds for the link', () => {
  expect(parts(notice({ once: true, password: true, expiresAtMs: NOW_MS + 600_000 }))[1]).toEqual([
    text('oneTimeLink'),
    text('passwordProtected'),
    text('expiresInMinutes', { count: 10 }),
    text('audienceNetwork'),
  ]);
  expect(parts(notice({ maxOpens: 5, expiresAtMs: NOW_MS + 3_600_000 }))[1]).toEqual([
    text('opensAtMost', { count: 5 }),
    text('expiresInHours', { count: 1 }),
    text('audienceNetwork'),
  ]);
  expect(parts(notice())[1]).toEqual([text('neverExpires'), text('audienceNetwork')]);
});

test.each(['127.0.0.1', 'localhost', '[::1]'])('a link at %s opens on this computer', (host) => {
  const shown = notice({ link: `http://${host}:43117/s/a` });
  expect(parts(shown)[1]?.at(-1)).toBe(text('audienceHere'));
});

test('of another service it claims nothing that the service does not tell', () => {
  const service = { kind: 'pieces', name: 'Pieces OS', baseUrl: 'http://127.0.0.1:39300' } as const;
  const shown = notice({ service, link: 'http://127.0.0.1:39300/?p=a' }, { can: API_ONLY });
  expect(parts(shown)[1]).toEqual([text('audienceLink')]);
  // Nothing of the link can be changed there, and it could not be restored.
  expect(shown.buttons).toEqual([
    { label: text('undoFinal'), command: { kind: 'undo', id: 'a' } },
    { label: text('open'), command: { kind: 'open', id: 'a' } },
  ]);
});

test('a link that is not on the clipboard is copied by a click, or its first button', () => {
  const shown = notice({}, { place: 'left-alone' });
  const copy = { kind: 'copy', id: 'a' };
  expect(shown).toMatchObject({ title: text('linkCreated'), click: copy });
  expect(shown.buttons.map(({ command }) => command.kind)).toEqual(['copy', 'undo', 'show']);
});

test('why this computer made the link has a line of its own', () => {
  const shown = notice({}, { reason: 'the reason', canUndo: false });
  expect(shown.title).toBe(text('fallbackSharedTitle'));
  expect(shown.body.split('\n').at(-1)).toBe('the reason');
  expect(shown.buttons.map(({ command }) => command.kind)).toEqual(['show']);
});

test.each([
  [0, text('noOneOpened', { title: 'what was shared' })],
  [1, text('wasOpened', { title: 'what was shared', count: 1 })],
  [3, text('wasOpened', { title: 'what was shared', count: 3 })],
  [undefined, text('cannotBeOpened', { title: 'what was shared' })],
])('Undo tells of %s opens', (opens, body) => {
  const shown = shareUndoneNotice({ link: linkOf(), isRestorable: true, opens }, english);
  expect(shown).toMatchObject({ title: text('shareUndone'), body });
  expect(shown.buttons.map(({ command }) => command)).toEqual([{ kind: 'restore', id: 'a' }]);
});
