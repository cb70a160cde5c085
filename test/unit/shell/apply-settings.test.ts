import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Failures } from '../../../main/failures/failures.ts';
import { openSettings } from '../../../main/settings/settings.ts';
import type { Actions } from '../../../main/shell/actions.ts';
import { type ApplySettingsDeps, applySettings } from '../../../main/shell/apply-settings.ts';
import { SettingsActions } from '../../../main/shell/settings-actions.ts';
import { systemShortcuts } from '../../../main/shortcuts/shortcut-source.ts';
import { Shortcuts } from '../../../main/shortcuts/shortcuts.ts';
import type { Targets } from '../../../main/targets/targets.ts';

/** @param taken shortcuts that another program has */
function setUp(taken: readonly string[] = []) {
  const calls: string[] = [];
  const note = (name: string) => async () => void calls.push(name);
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => undefined },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  const failures = new Failures(() => 0);
  const registered: string[] = [];
  const shortcuts = new Shortcuts({
    source: systemShortcuts((keys) => {
      registered.push(keys.share);
      return taken.includes(keys.share) ? ['share'] : [];
    }),
    failures,
    platform: 'linux',
    command: undefined,
  });
  const targets = {
    applyChoice: note('choice'),
    clearOverride: note('override'),
    thisComputer: { applyReach: note('reach'), applyHostNames: note('host names') },
    events: new EventEmitter(),
  } as unknown as Targets;
  applySettings({
    settings,
    shortcuts,
    targets,
    failures,
    thisComputerLinks: {
      reach: { check: note('check'), checkNow: note('check now') },
      addresses: { apply: note('address') },
      storage: { apply: note('storage') },
    },
    clips: { apply: note('clips'), retranslate: note('retranslate') },
    messages: { use: note('language') },
    systemLocales: () => ['en'],
    model: { invalidateAll: note('all') },
  } as unknown as ApplySettingsDeps);
  const actions = new SettingsActions({
    settings,
    shortcuts,
    targets,
    actions: {
      describe: ({ kind }) => ({ cause: kind, title: kind, sentence: kind }),
    } as Pick<Actions, 'describe'> as Actions,
  });
  return { actions, calls, registered, settings };
}

test('a setting applies at once, whoever changes it', () => {
  const { calls, settings } = setUp();
  expect(calls).toEqual(expect.arrayContaining(['choice', 'storage', 'host names', 'clips']));
  calls.length = 0;
  settings.change({ watchClipboard: false });
  expect(calls).toContain('clips');
  // Only what is different: reach is checked over the network, and a language is loaded.
  expect(calls).not.toContain('reach');
  expect(calls).not.toContain('language');
});

test('another language is loaded once, and all of the state is computed again', async () => {
  const { calls, settings } = setUp();
  settings.change({ language: 'de' });
  settings.change({ watchClipboard: false });
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls.filter((call) => call === 'language')).toHaveLength(1);
  expect(calls).toEqual(expect.arrayContaining(['retranslate', 'all']));
});

test('a shortcut that another program has is refused, and the one before stays', () => {
  const { actions, registered, settings } = setUp(['Control+Alt+P']);
  const before = settings.values().shareShortcut;
  expect(actions.change({ shareShortcut: 'Control+Alt+P' })).toMatchObject({
    ok: false,
    failure: { cause: 'shortcut-taken' },
  });
  expect(settings.values().shareShortcut).toBe(before);
  expect(registered).toEqual([before, 'Control+Alt+P', before]);
});

test('the choice of a service overrides the command line', () => {
  const { actions, calls, settings } = setUp();
  actions.setWatching(false);
  expect(calls).not.toContain('override');
  actions.useBuiltIn();
  expect(calls).toContain('override');
  expect(settings.values().service).toBe('built-in');
});
