import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { hostNamesIn } from '../../../main/settings/host-names.ts';
import type { OfferedSetting } from '../../../main/settings/schema.ts';
import {
  DEFAULT_ACCELERATOR,
  openSettings,
  type SecretBox,
  type SettingsProblem,
  type ValueStore,
} from '../../../main/settings/settings.ts';

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
const box: SecretBox = {
  available: () => true,
  encrypt: (text) => Buffer.from([...text].reverse().join('')).toString('base64'),
  decrypt: (sealed) => [...Buffer.from(sealed, 'base64').toString()].reverse().join(''),
};

let disk: Disk;
let problems: SettingsProblem['kind'][];
let reported: SettingsProblem[];
const open = (secrets: SecretBox = box, offers: readonly OfferedSetting[] = []) =>
  openSettings({
    store: disk,
    secrets,
    offers,
    onProblem(problem) {
      problems.push(problem.kind);
      reported.push(problem);
    },
  });

beforeEach(() => {
  disk = new Disk();
  problems = [];
  reported = [];
});

test('a first start has the defaults, and writes nothing', () => {
  expect(open().view()).toEqual({
    accelerator: DEFAULT_ACCELERATOR,
    watching: true,
    service: 'automatic',
    serviceUrl: '',
    hasServiceToken: false,
  });
  expect(disk.text).toBeUndefined();
});

test('a change applies at once, is told, and is there after the next start', () => {
  const settings = open();
  const heard: boolean[] = [];
  const stop = settings.subscribe(({ watching }) => heard.push(watching));
  expect(settings.change({ watching: false, accelerator: 'F9' })).toMatchObject({
    watching: false,
    accelerator: 'F9',
  });
  stop();
  settings.change({ watching: true });
  expect(heard).toEqual([false]);
  expect(open().view()).toMatchObject({ watching: true, accelerator: 'F9' });
});

test('a token is sealed on disk, opened for use, and never part of the view', () => {
  const settings = open();
  settings.change({ service: 'custom', serviceUrl: 'https://a.example', serviceToken: 'tok-123' });
  expect(disk.text).not.toContain('tok-123');
  expect(JSON.stringify(settings.view())).not.toContain('tok-123');
  expect(open().serviceToken()).toBe('tok-123');
  expect(open().view().hasServiceToken).toBe(true);
});

test('without a key store a token is kept as it is, and still works', () => {
  const plain: SecretBox = { ...box, available: () => false };
  open(plain).change({ serviceToken: 'tok-123' });
  expect(open(plain).serviceToken()).toBe('tok-123');
});

test('an empty token takes the old one away', () => {
  open().change({ serviceToken: 'tok-123' });
  open().change({ serviceToken: '' });
  expect(open().serviceToken()).toBeUndefined();
  expect(open().view().hasServiceToken).toBe(false);
});

test('another address never gets the token that was meant for the one before', () => {
  const settings = open();
  settings.change({ serviceUrl: 'https://a.example', serviceToken: 'tok-a' });
  settings.change({ watching: false });
  expect(settings.serviceToken()).toBe('tok-a');
  settings.change({ serviceUrl: 'https://b.example' });
  expect(settings.serviceToken()).toBeUndefined();
});

test('a token sealed with a key that is gone is told, not thrown', () => {
  open().change({ serviceToken: 'tok-123' });
  const lost: SecretBox = {
    ...box,
    decrypt: () => {
      throw new Error('no key');
    },
  };
  expect(open(lost).serviceToken()).toBeUndefined();
  expect(problems).toEqual(['token-lost']);
});

test('settings that a disk refuses apply all the same, and are told', () => {
  disk.failing = true;
  expect(open().change({ watching: false })).toMatchObject({ watching: false });
  expect(problems).toEqual(['not-saved']);
});

test('what the app does not offer is neither shown nor changed, but kept', () => {
  disk.text = JSON.stringify({ version: 1, theme: 'dark', keepClips: 5 });
  const settings = open(box, ['keepClips']);
  expect(settings.view()).toMatchObject({ keepClips: 5 });
  expect(settings.view()).not.toHaveProperty('theme');
  settings.change({ keepClips: 7, theme: 'light' });
  expect(open(box, ['theme', 'keepClips']).view()).toMatchObject({ keepClips: 7, theme: 'dark' });
});

test('one wrong value costs no other setting, and is reported once', () => {
  const before = { version: 1, accelerator: 'F9', keepClips: 9000, watching: false };
  disk.text = JSON.stringify(before);
  const settings = open();
  expect(settings.values()).toMatchObject({ accelerator: 'F9', keepClips: 20, watching: false });
  expect(reported).toEqual([{ kind: 'invalid', names: ['keepClips'], keptAs: 'settings.json.1' }]);
  expect(open().values()).toEqual(settings.values());
  expect(problems).toEqual(['invalid']);
  expect(disk.aside).toEqual([before]);
});

test('where nothing can be written, the valid values are used all the same', () => {
  disk.text = JSON.stringify({ version: 1, theme: 'red', watching: false });
  disk.failing = true;
  expect(open().view().watching).toBe(false);
  expect(reported).toEqual([{ kind: 'invalid', names: ['theme'] }]);
});

test('the file of a newer version stays as it is; what is valid here is used', () => {
  const newer = JSON.stringify({ version: 2, accelerator: 'F9', reach: 'this-computer', mode: 5 });
  disk.text = newer;
  const settings = open();
  expect(settings.values()).toMatchObject({ accelerator: 'F9', reach: 'this-computer' });
  expect(settings.change({ watching: false })).toMatchObject({ watching: false });
  expect(disk.text).toBe(newer);
  expect(disk.aside).toEqual([]);
  // At the start, and of the change that is not saved.
  expect(problems).toEqual(['newer', 'newer']);
});

// What the form of a value alone does not rule out.
test.each([
  ['accelerator', 'Nonsense+Q'],
  ['accelerator', 'Q'],
  ['accelerator', 'Shift+Q'],
  ['accelerator', 'Space'],
  ['accelerator', 'MediaPlayPause'],
  ['accelerator', 'Control+C'],
  ['accelerator', 'CmdOrCtrl+v'],
  ['accelerator', 'Control+Alt'],
  ['accelerator', 'Control+Control+Alt+Q'],
  ['accelerator', 'Control+Alt+Nonsense'],
  ['accelerator', 'AltGr+Q'],
  ['accelerator', 'Control+Capslock'],
  ['accelerator', ''],
  ['accelerator', '+'],
  ['serviceUrl', 'http://example.com'],
  ['serviceUrl', 'http:127.0.0.1:1'],
  ['serviceUrl', 'javascript:alert(1)'],
  ['serviceUrl', 'https://a:b@example.com'],
  ['serviceUrl', 'https://example.com/\r\nX: y'],
  ['serviceToken', { kind: 'plain', data: 'two\r\nlines' }],
  ['serviceToken', { kind: 'plain', data: '' }],
  ['linkTemplate', '{link}\nrm -rf ~\n'],
  ['linkTemplate', '{link}\u001b[2J'],
  ['networkInterface', 'eth0\n'],
  ['language', '../x'],
  ['expiryHours', 24 * 365],
  ['expiryHours', 1.5],
  ['quotaGigabytes', 0],
  ['keepClips', -1],
  ['graceSeconds', null],
  ['moreShortcuts', 'F9'],
])('%s: %j is not used: the default is, and the others are kept', (name, value) => {
  const defaults = open().values();
  disk.text = JSON.stringify({ version: 1, sound: true, [name]: value });
  expect(open().values()).toEqual({ ...defaults, sound: true });
  expect(open().serviceToken()).toBeUndefined();
  expect(reported).toEqual([{ kind: 'invalid', names: [name], keptAs: 'settings.json.1' }]);
});

test('of the other shortcuts only those that cannot be used are dropped', () => {
  disk.text = JSON.stringify({
    version: 1,
    accelerator: 'Control+Alt+K',
    moreShortcuts: { shareLast: 'Q', openPopover: 'F9', revokeLast: 'F9', giveBack: 'Alt+Ctrl+k' },
  });
  expect(open().values().moreShortcuts).toEqual({
    shareLast: '',
    openPopover: 'F9',
    revokeLast: '',
    giveBack: '',
  });
  expect(reported).toMatchObject([
    {
      names: ['moreShortcuts.shareLast', 'moreShortcuts.revokeLast', 'moreShortcuts.giveBack'],
    },
  ]);
});

test('a sealed token that no header can carry counts as lost', () => {
  open().change({ serviceToken: 'tok-123' });
  expect(open({ ...box, decrypt: () => 'a\nb' }).serviceToken()).toBeUndefined();
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
  mine.change({ serviceUrl: 'https://a.example', serviceToken: 'tok-123', accelerator: 'F9' });
  const file = JSON.stringify(mine.exportable());
  expect(file).not.toContain(Buffer.from('tok-123').toString('base64'));
  expect(file).not.toMatch(/token/i);
  disk = new Disk();
  const theirs = open();
  expect(theirs.importFrom(JSON.parse(file))).toMatchObject({ accelerator: 'F9' });
  expect(open().view()).toMatchObject({ serviceUrl: 'https://a.example', hasServiceToken: false });
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
      accelerator: fc.jsonValue(),
      watching: fc.oneof(fc.boolean(), fc.jsonValue()),
      service: fc.oneof(
        fc.constantFrom('automatic', 'pieces', 'built-in', 'custom'),
        fc.jsonValue(),
      ),
      serviceToken: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(almost, fc.jsonValue()), (value) => {
      disk = new Disk();
      problems = [];
      disk.text = JSON.stringify(value);
      const settings = open();
      expect(typeof settings.view().accelerator).toBe('string');
      expect(typeof settings.view().watching).toBe('boolean');
      if (problems.includes('newer')) {
        expect(JSON.parse(disk.text)).toEqual(value);
        return;
      }
      if (problems.length > 0) expect(disk.aside).toEqual([JSON.parse(JSON.stringify(value))]);
      settings.change({ watching: false });
      problems = [];
      expect(open().view().watching).toBe(false);
      expect(problems).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a file from before networks could be chosen leaves that to the app; a choice is kept', () => {
  disk.text = JSON.stringify({ version: 1, reach: 'this-computer' });
  const before = open(box, ['networkInterface', 'localName', 'reach']);
  expect(before.view()).toMatchObject({
    networkInterface: '',
    localName: false,
    reach: 'this-computer',
  });
  before.change({ networkInterface: 'Local Area Connection' });
  expect(open().values().networkInterface).toBe('Local Area Connection');
  disk.text = JSON.stringify({ version: 1, reach: 'this-computer', networkInterface: 7 });
  expect(open().values()).toMatchObject({ networkInterface: '', reach: 'this-computer' });
  expect(problems).toEqual(['invalid']);
});

test('which firewall note was put away stays on this computer', () => {
  const settings = open();
  settings.hideReachNote('ufw:40000');
  settings.hideReachNote('ufw:40000');
  for (let port = 1; port <= 30; port += 1) settings.hideReachNote(`ufw:${port}`);
  expect(open().values().hiddenReachNotes).toHaveLength(20);
  expect(open().values().hiddenReachNotes[0]).toBe('ufw:30');
  expect(settings.exportable()).not.toHaveProperty('hiddenReachNotes');
  settings.importFrom({ version: 1, hiddenReachNotes: ['macos:1'] });
  expect(settings.values().hiddenReachNotes[0]).toBe('ufw:30');
});

test("a computer's other names stay its own: no file brings any, and none takes them away", () => {
  const settings = open(box, ['hostNames']);
  settings.change({ hostNames: 'nas.example.com, pc.fritz.box' });
  expect(hostNamesIn(open().values().hostNames)).toEqual(['nas.example.com', 'pc.fritz.box']);
  expect(settings.exportable()).not.toHaveProperty('hostNames');
  settings.importFrom({ version: 1, hostNames: 'evil.test' });
  expect(settings.values().hostNames).toBe('nas.example.com, pc.fritz.box');
});
