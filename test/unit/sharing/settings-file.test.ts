import { expect, test } from 'vitest';
import { openSettings } from '../../../main/settings/settings.ts';
import { createSettingsFile } from '../../../main/sharing/settings-file.ts';

const box = {
  available: () => false,
  encrypt: (text: string) => text,
  decrypt: (sealed: string) => sealed,
};

function setUp(files: Map<string, string> = new Map(), chosen: string | null = '/x/s.json') {
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => {} },
    secrets: box,
    offers: ['theme', 'linkFormat'],
  });
  let applied = 0;
  const settingsFile = createSettingsFile({
    settings,
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
    apply() {
      applied += 1;
      return settings.view();
    },
    failed: ({ kind }) => ({ ok: false, failure: { cause: kind, title: kind, sentence: kind } }),
  });
  return { settings, settingsFile, files, applied: () => applied };
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
  expect(there.settings.serviceToken()).toBeUndefined();
  expect(there.applied()).toBe(1);
});

test.each([
  ['no file at all', undefined],
  ['a picture', '\u0089PNG'],
  ['other JSON', '{"hello":1}'],
  ['nothing', ''],
  ['null', 'null'],
])('%s changes nothing', async (_, text) => {
  const files = new Map(text === undefined ? [] : [['/x/s.json', text]]);
  const { settings, settingsFile, applied } = setUp(files);
  const before = settings.values();
  expect(await settingsFile.import()).toMatchObject({
    ok: false,
    failure: { cause: 'settings-file-unusable' },
  });
  expect(settings.values()).toEqual(before);
  expect(applied()).toBe(0);
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
