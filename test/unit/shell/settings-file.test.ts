import { describe, expect, test } from 'vitest';
import { openSettings } from '../../../main/settings/settings.ts';
import type { Confirmation } from '../../../main/shell/confirmation.ts';
import { createSettingsFile } from '../../../main/shell/settings-file.ts';
import { english } from '../../support/messages.ts';

const box = {
  available: () => false,
  encrypt: (text: string) => text,
  decrypt: (sealed: string) => sealed,
};

function setUp(
  files: Map<string, string> = new Map(),
  chosen: string | null = '/x/s.json',
  answer: boolean | null = true,
) {
  const asked: Confirmation[] = [];
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => {} },
    secrets: box,
  });
  let changes = 0;
  settings.subscribe(() => {
    changes += 1;
  });
  const settingsFile = createSettingsFile({
    settings,
    async confirm(question) {
      asked.push(question);
      if (answer === null) throw new Error('nothing is to be asked here');
      return answer;
    },
    messages: english,
    askWhere: async () => (chosen === null ? undefined : { path: chosen, name: 's.json' }),
    async read(path) {
      const text = files.get(path);
      if (text === undefined) throw new Error('ENOENT');
      return text;
    },
    async write(path, text) {
      if (path.startsWith('/full/')) throw new Error('ENOSPC');
      files.set(path, text);
    },
    failed: ({ kind }) => ({ ok: false, failure: { cause: kind, title: kind, sentence: kind } }),
  });
  return { settings, settingsFile, files, asked, changes: () => changes };
}

test('what was exported is taken over on another computer, all but the token', async () => {
  const here = setUp();
  here.settings.change({
    theme: 'dark',
    linkFormat: 'markdown',
    service: 'custom',
    serviceUrl: 'https://share.example',
    serviceToken: 'sesame-sesame',
  });
  expect(await here.settingsFile.export()).toEqual({ ok: true, value: { file: 's.json' } });
  expect(here.files.get('/x/s.json')).not.toContain('sesame');

  const there = setUp(here.files);
  expect(await there.settingsFile.import()).toMatchObject({ ok: true, value: { theme: 'dark' } });
  expect(there.settings.values()).toMatchObject({ theme: 'dark', linkFormat: 'markdown' });
  expect(there.settings.serviceToken('https://share.example')).toBeUndefined();
  expect(there.changes()).toBe(1);
});

test.each([
  ['no file at all', undefined],
  ['a picture', '\u0089PNG'],
  ['other JSON', '{"hello":1}'],
  ['nothing', ''],
  ['null', 'null'],
])('%s changes nothing', async (_, text) => {
  const files = new Map(text === undefined ? [] : [['/x/s.json', text]]);
  const { settings, settingsFile, changes } = setUp(files);
  const before = settings.values();
  expect(await settingsFile.import()).toMatchObject({
    ok: false,
    failure: { cause: 'settings-file-unusable' },
  });
  expect(settings.values()).toEqual(before);
  expect(changes()).toBe(0);
});

test('an address that may not be used is not imported', async () => {
  const stolen = JSON.stringify({
    version: 1,
    service: 'custom',
    serviceUrl: 'http://evil.example',
  });
  const { settings, settingsFile } = setUp(new Map([['/x/s.json', stolen]]));
  expect(await settingsFile.import()).toMatchObject({
    ok: false,
    failure: { cause: 'unusable-service-address' },
  });
  expect(settings.values().serviceUrl).toBe('');
});

test('a dialog that was closed does nothing; a full disk is told', async () => {
  const files = new Map<string, string>();
  expect(await setUp(files, null).settingsFile.export()).toEqual({ ok: true, value: null });
  expect(await setUp(files, null).settingsFile.import()).toEqual({ ok: true, value: null });
  expect(files.size).toBe(0);
  expect(await setUp(new Map(), '/full/s.json').settingsFile.export()).toMatchObject({
    ok: false,
    failure: { cause: 'settings-not-exported' },
  });
});

describe('a file from elsewhere', () => {
  const hostile = {
    version: 1,
    service: 'custom',
    serviceUrl: 'https://collector.example',
    shareAutomatically: 'everything',
    notifications: 'off',
    fallback: 'always',
    allowedSecretKinds: ['private-key', 'password', 'github-token'],
    serviceOwners: [{ uid: 65534, trusted: true }],
  };
  const file = (value: object) => new Map([['/x/s.json', JSON.stringify(value)]]);

  test('shows what changes about destination and consent, and changes nothing without a yes', async () => {
    const { settings, settingsFile, asked, changes } = setUp(file(hostile), '/x/s.json', false);
    const before = settings.values();
    expect(await settingsFile.import()).toEqual({ ok: true, value: null });
    expect(settings.values()).toEqual(before);
    expect(changes()).toBe(0);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.detail).toContain('https://collector.example');
    expect(asked[0]?.detail.split('\n')).toHaveLength(4);
  });

  test('never brings along whom to trust, and which secrets go out unasked', async () => {
    const { settings, settingsFile } = setUp(file(hostile));
    settings.allowSecretKind('made-up', true);
    expect(await settingsFile.import()).toMatchObject({ ok: true });
    expect(settings.values()).toMatchObject({
      serviceUrl: 'https://collector.example',
      allowedSecretKinds: ['made-up'],
      serviceOwners: [],
    });
  });

  test('is taken over without a question when it changes neither', async () => {
    const { settings, settingsFile } = setUp(
      file({ version: 1, theme: 'dark' }),
      '/x/s.json',
      null,
    );
    expect(await settingsFile.import()).toMatchObject({ ok: true, value: { theme: 'dark' } });
    expect(settings.values().theme).toBe('dark');
  });

  test.each([
    [{ reach: 'network' }, { reach: 'this-computer' }],
    [{ notifications: 'off' }, {}],
    [{ shareAutomatically: 'images' }, {}],
    [{ shareAutomatically: 'everything' }, { shareAutomatically: 'images' }],
    [{ service: 'pieces' }, {}],
    [
      { service: 'custom', serviceUrl: 'https://b.example' },
      { service: 'custom', serviceUrl: 'https://a.example' },
    ],
    [{ fallback: 'always' }, {}],
    [{ watchClipboard: true }, { watchClipboard: false }],
  ] as const)('asks about %o', async (wanted, before) => {
    const { settings, settingsFile, asked } = setUp(
      file({ version: 1, ...wanted }),
      '/x/s.json',
      false,
    );
    settings.change(before as never);
    await settingsFile.import();
    expect(asked).toHaveLength(1);
  });

  test.each([{ shareShortcut: 'Control+C' }, { shareRecentShortcut: 'Shift+A' }])(
    'cannot take keys that every program needs: %o',
    async (keys) => {
      const { settings, settingsFile } = setUp(file({ version: 1, ...keys }));
      const before = settings.values();
      expect(await settingsFile.import()).toMatchObject({
        failure: { cause: 'settings-file-unusable' },
      });
      expect(settings.values()).toEqual(before);
    },
  );
});

test('what was agreed to on this computer is not exported', async () => {
  const { settings, settingsFile, files } = setUp();
  settings.allowSecretKind('github-token', true);
  settings.trustOwner(65_534, true);
  await settingsFile.export();
  expect(files.get('/x/s.json')).not.toMatch(/github-token|65534|allowedSecretKinds|serviceOwners/);
});
