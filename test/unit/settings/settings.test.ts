import fc from 'fast-check';
import * as v from 'valibot';
import { beforeEach, expect, test } from 'vitest';
import {
  DEFAULT_ACCELERATOR,
  DEFAULT_WINDOW_ACCELERATOR,
} from '../../../main/settings/default-accelerator.ts';
import { hostNamesIn } from '../../../main/settings/host-names.ts';
import {
  type KeyStore,
  openSettings,
  type SettingsProblem,
  type ValueStore,
} from '../../../main/settings/settings.ts';
import { initialValues, MAX_SERVERS, settingsChangeSchema } from '../../../main/settings/table.ts';

class Disk implements ValueStore {
  text: string | undefined;
  readonly aside: unknown[] = [];
  failing = false;
  load(): unknown {
    return this.text === undefined ? undefined : JSON.parse(this.text);
  }
  save(value: unknown) {
    if (this.failing) throw new Error('EROFS');
    this.text = JSON.stringify(value);
  }
  setAside(value: unknown) {
    if (this.failing) return undefined;
    this.aside.push(value);
    return 'settings.json.1';
  }
}

/** Turns letters around: enough to see that the plain token is not on disk. */
const box: KeyStore = {
  available: () => true,
  encrypt: (text) => Buffer.from([...text].reverse().join('')).toString('base64'),
  decrypt: (sealed) => [...Buffer.from(sealed, 'base64').toString()].reverse().join(''),
};

let disk: Disk;
let problems: SettingsProblem['kind'][];
let reported: SettingsProblem[];
const open = (secrets: KeyStore = box) =>
  openSettings({
    store: disk,
    secrets,
    onProblem(problem) {
      problems.push(problem.kind);
      reported.push(problem);
    },
  });

/** A custom server that is in use from now on. */
const onServer = (name: string, serviceToken?: string) => ({
  service: 'custom' as const,
  serviceUrl: `https://${name}.example`,
  ...(serviceToken === undefined ? {} : { serviceToken }),
});

beforeEach(() => {
  disk = new Disk();
  problems = [];
  reported = [];
});

test('a first start has the defaults, and writes nothing', () => {
  expect(open().values()).toEqual(initialValues());
  expect(open().view()).toMatchObject({
    shareShortcut: DEFAULT_ACCELERATOR,
    windowShortcut: DEFAULT_WINDOW_ACCELERATOR,
    service: 'automatic',
    servers: [],
  });
  expect(disk.text).toBeUndefined();
});

test('a change applies at once, is told, and is there after the next start', () => {
  const settings = open();
  const heard: boolean[] = [];
  const stop = settings.subscribe(({ watchClipboard }) => heard.push(watchClipboard));
  expect(settings.change({ watchClipboard: false, shareShortcut: 'F9' })).toMatchObject({
    watchClipboard: false,
    shareShortcut: 'F9',
  });
  stop();
  settings.change({ watchClipboard: true });
  expect(heard).toEqual([false]);
  expect(open().view()).toMatchObject({ watchClipboard: true, shareShortcut: 'F9' });
});

test('a token is sealed on disk, opened for use, and never part of the view', () => {
  const settings = open();
  settings.change({ service: 'custom', serviceUrl: 'https://a.example', serviceToken: 'tok-123' });
  expect(disk.text).not.toContain('tok-123');
  expect(JSON.stringify(settings.view())).not.toContain('tok-123');
  expect(open().serviceToken('https://a.example')).toBe('tok-123');
  expect(open().view().servers).toEqual([
    { url: 'https://a.example', name: 'a.example', hasToken: true },
  ]);
});

test('without a key store a token is kept as it is, and still works', () => {
  const plain: KeyStore = { ...box, available: () => false };
  open(plain).change(onServer('a', 'tok-123'));
  expect(open(plain).serviceToken('https://a.example')).toBe('tok-123');
});

test('an empty token takes the old one away', () => {
  open().change(onServer('a', 'tok-123'));
  open().change({ serviceToken: '' });
  expect(open().serviceToken('https://a.example')).toBeUndefined();
  expect(open().view().servers).toEqual([
    { url: 'https://a.example', name: 'a.example', hasToken: false },
  ]);
});

test('each server keeps its own token, also while another one is in use', () => {
  const settings = open();
  settings.change(onServer('a', 'tok-a'));
  settings.change({ watchClipboard: false });
  settings.change(onServer('b'));
  expect(settings.serviceToken('https://b.example')).toBeUndefined();
  settings.change({ serviceToken: 'tok-b' });
  settings.change({ service: 'built-in' });
  expect(open().serviceToken('https://a.example')).toBe('tok-a');
  expect(open().serviceToken('https://b.example')).toBe('tok-b');
  expect(open().serviceToken('https://c.example')).toBeUndefined();
});

test('a URL that is not in use was confirmed by nobody, and is not remembered', () => {
  const settings = open();
  settings.change({ serviceUrl: 'https://a.example', serviceToken: 'tok-a' });
  expect(settings.view().servers).toEqual([]);
  settings.importFrom({ version: 1, service: 'built-in', serviceUrl: 'https://b.example' });
  expect(settings.view().servers).toEqual([]);
});

test('the servers used last are remembered, up to their maximum', () => {
  const settings = open();
  for (let n = 0; n <= MAX_SERVERS; n++) settings.change(onServer(`s${n}`, 'tok'));
  settings.change(onServer('s5'));
  const { servers } = settings.view();
  expect(servers).toHaveLength(MAX_SERVERS);
  expect(servers[0]?.url).toBe('https://s1.example');
  expect(servers.at(-1)).toEqual({ url: 'https://s5.example', name: 's5.example', hasToken: true });
});

test('a removed server is forgotten with its token; in its place this computer is used', () => {
  const settings = open();
  settings.change(onServer('a', 'tok-a'));
  settings.change(onServer('b', 'tok-b'));
  settings.removeServer('https://a.example');
  expect(settings.values()).toMatchObject({ service: 'custom', serviceUrl: 'https://b.example' });
  settings.removeServer('https://b.example');
  expect(open().values()).toMatchObject({ service: 'built-in', serviceUrl: '', servers: [] });
});

test('a token sealed with a key that is gone is told, not thrown', () => {
  open().change(onServer('a', 'tok-123'));
  const lost: KeyStore = {
    ...box,
    decrypt: () => {
      throw new Error('no key');
    },
  };
  expect(open(lost).serviceToken('https://a.example')).toBeUndefined();
  expect(problems).toEqual(['token-lost']);
});

test('settings that a disk refuses apply all the same, and are told', () => {
  disk.failing = true;
  expect(open().change({ watchClipboard: false })).toMatchObject({ watchClipboard: false });
  expect(problems).toEqual(['not-saved']);
});

test('a change of what only the app itself writes is no argument of the window', () => {
  for (const change of [
    { servers: [] },
    { serviceOwners: [] },
    { allowedSecretKinds: ['any'] },
    { version: 2 },
  ]) {
    expect(v.safeParse(settingsChangeSchema, change).success).toBe(false);
  }
  expect(open().view()).not.toHaveProperty('serviceOwners');
});

test('the default of the window’s shortcut makes room for the same keys of another one', () => {
  disk.text = JSON.stringify({ version: 1, revokeLastShortcut: DEFAULT_WINDOW_ACCELERATOR });
  expect(open().values()).toMatchObject({
    windowShortcut: '',
    revokeLastShortcut: DEFAULT_WINDOW_ACCELERATOR,
  });
  disk.text = JSON.stringify({ version: 1, windowShortcut: DEFAULT_ACCELERATOR });
  expect(reported).toEqual([]);
  expect(open().values()).toMatchObject({
    shareShortcut: DEFAULT_ACCELERATOR,
    windowShortcut: '',
  });
  expect(reported).toMatchObject([{ names: ['windowShortcut'] }]);
});

test('imported settings never bring the token that is kept here to another address', () => {
  const settings = open();
  settings.change(onServer('a', 'tok-a'));
  settings.importFrom({ version: 1, ...onServer('a'), theme: 'dark' });
  expect(settings.serviceToken('https://a.example')).toBe('tok-a');
  settings.importFrom({ version: 1, ...onServer('b') });
  expect(settings.view().servers.at(-1)).toEqual({
    url: 'https://b.example',
    name: 'b.example',
    hasToken: false,
  });
});

test('one wrong value costs no other setting, and is reported once', () => {
  const before = { version: 1, shareShortcut: 'F9', keepClips: 9000, watchClipboard: false };
  disk.text = JSON.stringify(before);
  const settings = open();
  expect(settings.values()).toMatchObject({
    shareShortcut: 'F9',
    keepClips: 20,
    watchClipboard: false,
  });
  expect(reported).toEqual([
    { kind: 'invalid', names: ['keepClips'], backupName: 'settings.json.1' },
  ]);
  expect(open().values()).toEqual(settings.values());
  expect(problems).toEqual(['invalid']);
  expect(disk.aside).toEqual([before]);
});

test('where nothing can be written, the valid values are used all the same', () => {
  disk.text = JSON.stringify({ version: 1, theme: 'red', watchClipboard: false });
  disk.failing = true;
  expect(open().view().watchClipboard).toBe(false);
  expect(reported).toEqual([{ kind: 'invalid', names: ['theme'] }]);
});

test('the file of a newer version stays as it is; what is valid here is used', () => {
  const newer = JSON.stringify({
    version: 2,
    shareShortcut: 'F9',
    reach: 'this-computer',
    keepClips: 'all',
  });
  disk.text = newer;
  const settings = open();
  expect(settings.values()).toMatchObject({ shareShortcut: 'F9', reach: 'this-computer' });
  expect(settings.change({ watchClipboard: false })).toMatchObject({ watchClipboard: false });
  expect(disk.text).toBe(newer);
  expect(disk.aside).toEqual([]);
  // At the start, and of the change that is not saved.
  expect(problems).toEqual(['newer', 'newer']);
});

// What the form of a value alone does not rule out.
test.each([
  ['shareShortcut', 'Nonsense+Q'],
  ['shareShortcut', 'Q'],
  ['shareShortcut', 'Shift+Q'],
  ['shareShortcut', 'Space'],
  ['shareShortcut', 'MediaPlayPause'],
  ['shareShortcut', 'Control+C'],
  ['shareShortcut', 'CmdOrCtrl+v'],
  ['shareShortcut', 'Control+Alt'],
  ['shareShortcut', 'Control+Control+Alt+Q'],
  ['shareShortcut', 'Control+Alt+Nonsense'],
  ['shareShortcut', 'AltGr+Q'],
  ['shareShortcut', 'Control+Capslock'],
  ['shareShortcut', ''],
  ['shareShortcut', '+'],
  ['serviceUrl', 'http://example.com'],
  ['serviceUrl', 'http:127.0.0.1:1'],
  ['serviceUrl', 'javascript:alert(1)'],
  ['serviceUrl', 'https://a:b@example.com'],
  ['serviceUrl', 'https://example.com/\r\nX: y'],
  ['servers', [{ url: 'https://a.example', token: { kind: 'plain', data: 'two\r\nlines' } }]],
  ['servers', [{ url: 'https://a.example', token: { kind: 'plain', data: '' } }]],
  ['servers', [{ url: 'http://a.example' }]],
  ['servers', 'https://a.example'],
  ['linkTemplate', '{link}\nrm -rf ~\n'],
  ['linkTemplate', '{link}\u001b[2J'],
  ['networkInterface', 'eth0\n'],
  ['sharedBy', 'Ada\nLovelace'],
  ['sharedBy', 'x'.repeat(61)],
  ['language', '../x'],
  ['expiryHours', 24 * 365],
  ['expiryHours', 1.5],
  ['quotaGigabytes', 0],
  ['keepClips', -1],
  ['graceSeconds', null],
  ['windowShortcut', 7],
  ['notifications', true],
  ['offerToShare', 'text'],
])('%s: %j is not used: the default is, and the others are kept', (name, value) => {
  const defaults = open().values();
  disk.text = JSON.stringify({ version: 1, launchAtLogin: true, [name]: value });
  expect(open().values()).toEqual({ ...defaults, launchAtLogin: true });
  expect(reported).toEqual([{ kind: 'invalid', names: [name], backupName: 'settings.json.1' }]);
});

test('of the other shortcuts only those that cannot be used are dropped', () => {
  disk.text = JSON.stringify({
    version: 1,
    shareShortcut: 'Control+Alt+K',
    windowShortcut: 'F9',
    shareRecentShortcut: 'Q',
    revokeLastShortcut: 'F9',
    restoreClipboardShortcut: 'Alt+Ctrl+k',
  });
  expect(open().values()).toMatchObject({
    shareShortcut: 'Control+Alt+K',
    windowShortcut: 'F9',
    shareRecentShortcut: '',
    revokeLastShortcut: '',
    restoreClipboardShortcut: '',
  });
  expect(reported).toMatchObject([
    { names: ['shareRecentShortcut', 'revokeLastShortcut', 'restoreClipboardShortcut'] },
  ]);
});

test('a sealed token that no header can carry counts as lost', () => {
  open().change(onServer('a', 'tok-123'));
  const unusable = open({ ...box, decrypt: () => 'a\nb' });
  expect(unusable.serviceToken('https://a.example')).toBeUndefined();
  expect(problems).toEqual(['token-lost']);
});

test('a remembered yes for a kind of secret stays until it is taken back', () => {
  open().allowSecretKind('npm-token', true);
  open().allowSecretKind('npm-token', true);
  expect(open().values().allowedSecretKinds).toEqual(['npm-token']);
  open().allowSecretKind('npm-token', false);
  expect(open().values().allowedSecretKinds).toEqual([]);
});

test('exported settings hold no token, and can be taken over elsewhere', () => {
  const mine = open();
  mine.change({ ...onServer('a', 'tok-123'), shareShortcut: 'F9' });
  const file = JSON.stringify(mine.exportable());
  expect(file).not.toContain(Buffer.from('tok-123').toString('base64'));
  expect(file).not.toMatch(/token/i);
  disk = new Disk();
  const theirs = open();
  expect(theirs.importFrom(JSON.parse(file))).toMatchObject({ shareShortcut: 'F9' });
  expect(open().view()).toMatchObject({
    serviceUrl: 'https://a.example',
    servers: [{ url: 'https://a.example', name: 'a.example', hasToken: false }],
  });
});

test('a file of anything else is not taken over', () => {
  const settings = open();
  for (const value of [
    undefined,
    null,
    3,
    'x',
    [],
    {},
    { version: 2 },
    { version: 1, theme: 'red' },
  ]) {
    expect(settings.importFrom(value)).toBeUndefined();
  }
  expect(disk.text).toBeUndefined();
});

test('any value on disk gives usable settings; what was not understood is set aside', () => {
  const almost = fc.record(
    {
      version: fc.oneof(fc.constant(1), fc.jsonValue()),
      shareShortcut: fc.jsonValue(),
      watchClipboard: fc.oneof(fc.boolean(), fc.jsonValue()),
      service: fc.oneof(
        fc.constantFrom('automatic', 'pieces', 'built-in', 'custom'),
        fc.jsonValue(),
      ),
      servers: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(almost, fc.jsonValue()), (value) => {
      disk = new Disk();
      problems = [];
      disk.text = JSON.stringify(value);
      const settings = open();
      expect(typeof settings.view().shareShortcut).toBe('string');
      expect(typeof settings.view().watchClipboard).toBe('boolean');
      if (problems.includes('newer')) {
        expect(JSON.parse(disk.text)).toEqual(value);
        return;
      }
      if (problems.length > 0) expect(disk.aside).toEqual([JSON.parse(JSON.stringify(value))]);
      settings.change({ watchClipboard: false });
      problems = [];
      expect(open().view().watchClipboard).toBe(false);
      expect(problems).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a file from before networks could be chosen leaves that to the app; a choice is kept', () => {
  disk.text = JSON.stringify({ version: 1, reach: 'this-computer' });
  const before = open();
  expect(before.view()).toMatchObject({
    networkInterface: '',
    reach: 'this-computer',
  });
  before.change({ networkInterface: 'Local Area Connection' });
  expect(open().values().networkInterface).toBe('Local Area Connection');
  disk.text = JSON.stringify({ version: 1, reach: 'this-computer', networkInterface: 7 });
  expect(open().values()).toMatchObject({ networkInterface: '', reach: 'this-computer' });
  expect(problems).toEqual(['invalid']);
});

test("a computer's other names stay its own: no file brings any, and none takes them away", () => {
  const settings = open();
  settings.change({ hostNames: 'nas.example.com, pc.fritz.box' });
  expect(hostNamesIn(open().values().hostNames)).toEqual(['nas.example.com', 'pc.fritz.box']);
  expect(settings.exportable()).not.toHaveProperty('hostNames');
  settings.importFrom({ version: 1, hostNames: 'evil.test' });
  expect(settings.values().hostNames).toBe('nas.example.com, pc.fritz.box');
});
