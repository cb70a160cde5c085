import { describe, expect, it } from 'vitest';
import { openSettings } from '../../../main/settings/settings.ts';
import { type Confirmation, oneAtATime } from '../../../main/shell/confirmation.ts';
import { createConfirmed } from '../../../main/shell/confirmed-calls.ts';
import { createAppModel, initialState } from '../../../main/state/app-state.ts';
import type { QuestionView, SettingsChange } from '../../../preload/contract.ts';
import { english } from '../../support/words.ts';

function setUp(answer = false, stored: SettingsChange = {}) {
  const asked: Confirmation[] = [];
  const done: unknown[] = [];
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => {} },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  settings.change(stored);
  const model = createAppModel(initialState());
  let files = { paths: ['/home/a/x.txt'] as string[], unproven: [] as string[] };
  const confirmed = createConfirmed({
    model,
    actions: {
      describe: ({ kind }) => ({ cause: kind, title: kind, sentence: kind }),
      share: async (source) => {
        done.push(source);
        return { ok: true, value: {} as never };
      },
    },
    answer: async (...given) => {
      done.push(given);
      return { ok: true, value: null };
    },
    change(change) {
      done.push(change);
      return { ok: true, value: settings.view() };
    },
    settings: settings.values,
    files: {
      challenge: async () => ({ id: 'one', nonce: '', parts: [] }),
      check: (id) => (id === 'one' ? files : undefined),
    },
    async confirm(question) {
      asked.push(question);
      return answer;
    },
    words: english,
  });
  return { asked, done, model, confirmed, name: (named: typeof files) => (files = named) };
}

const question = (id: string, choices: readonly string[]): QuestionView => ({
  id,
  title: 'What main said',
  sentence: 'Found a GitHub token.',
  choices: choices.map((choice) => ({ id: choice, label: `Do ${choice}` })),
  cancelId: 'discard',
  rememberLabel: 'Don’t ask again',
});

describe('a setting changed by the page', () => {
  const risky: readonly SettingsChange[] = [
    { service: 'custom', serviceUrl: 'https://collector.example' },
    { service: 'pieces' },
    { mode: 'automatic' },
    { notifications: false },
    { locationData: 'share' },
    { service: 'custom', serviceUrl: 'https://c.example', mode: 'automatic', notifications: false },
  ];
  it.each(risky)('takes effect only when the person confirms it: %o', async (change) => {
    const no = setUp(false);
    expect(await no.confirmed.changeSettings(change)).toMatchObject({
      failure: { cause: 'cancelled' },
    });
    expect(no.done).toEqual([]);
    const yes = setUp(true);
    expect(await yes.confirmed.changeSettings(change)).toMatchObject({ ok: true });
    expect(yes.done).toEqual([change]);
    expect(yes.asked).toHaveLength(1);
    if (change.serviceUrl !== undefined) expect(yes.asked[0]?.detail).toContain(change.serviceUrl);
  });

  it.each<SettingsChange>([
    { theme: 'dark' },
    { locationData: 'remove' },
    { service: 'built-in' },
    { mode: 'offer' },
    { serviceUrl: 'https://not-in-use.example' },
    { notifications: true, sound: true },
  ])('takes effect at once where nothing more leaves: %o', async (change) => {
    const { asked, confirmed, done } = setUp();
    await confirmed.changeSettings(change);
    expect([asked, done]).toEqual([[], [change]]);
  });
});

describe('a token given by the page', () => {
  it('is confirmed where it leads content into another account', async () => {
    const stored = { service: 'custom', serviceUrl: 'https://share.example' } as const;
    const { asked, confirmed, done } = setUp(false, stored);
    await confirmed.changeSettings({ serviceToken: 'of somebody else' });
    expect(done).toEqual([]);
    expect(asked[0]?.detail).toContain('https://share.example');
    expect(asked[0]?.detail).not.toContain('of somebody else');
  });

  it('is taken where no custom server is in use', async () => {
    const { asked, confirmed, done } = setUp();
    await confirmed.changeSettings({ serviceToken: 'x' });
    expect([asked, done.length]).toEqual([[], 1]);
  });
});

describe('an answer from the page', () => {
  it.each(['anyway', 'once'])('lets no secret go without a confirmation: %s', async (choice) => {
    for (const answer of [false, true]) {
      const { asked, confirmed, done, model } = setUp(answer);
      model.update({ question: question('share-1', ['masked', 'once', 'discard', 'anyway']) });
      await confirmed.answer('share-1', choice, true);
      expect(done).toEqual(answer ? [['share-1', choice, true]] : []);
      expect(asked).toMatchObject([{ title: 'What main said', yes: `Do ${choice}` }]);
      expect(asked[0]?.detail).toContain('GitHub');
      expect(asked[0]?.detail).toContain('Don’t ask again');
    }
  });

  it('shares no location without one', async () => {
    const { confirmed, done, model } = setUp(false);
    model.update({ question: question('share-1', ['remove', 'share', 'discard']) });
    await confirmed.answer('share-1', 'share', true);
    expect(done).toEqual([]);
    await confirmed.answer('share-1', 'remove', true);
    expect(done).toHaveLength(1);
  });

  it('trusts no program of another user without one', async () => {
    const { confirmed, done, model } = setUp(false);
    model.update({ question: question('owner-65534', ['no', 'yes']) });
    await confirmed.answer('owner-65534', 'yes', false);
    expect(done).toEqual([]);
    await confirmed.answer('owner-65534', 'no', false);
    expect(done).toHaveLength(1);
  });

  it.each(['masked', 'discard'])('is enough where nothing secret goes: %s', async (choice) => {
    const { asked, confirmed, done, model } = setUp();
    model.update({ question: question('share-1', ['masked', 'once', 'discard', 'anyway']) });
    await confirmed.answer('share-1', choice, false);
    expect([asked, done.length]).toEqual([[], 1]);
  });
});

describe('files named by the page', () => {
  it('are shared when it has proven to know them', async () => {
    const { asked, confirmed, done } = setUp();
    await confirmed.shareFiles('one', ['x']);
    expect([asked, done]).toEqual([[], [{ from: 'files', paths: ['/home/a/x.txt'] }]]);
  });

  it('are named to the person otherwise, and shared only with a yes', async () => {
    const { asked, confirmed, done, name } = setUp(false);
    name({ paths: ['/etc/shadow', '/home/a/x.txt'], unproven: ['/etc/shadow'] });
    expect(await confirmed.shareFiles('one', [])).toMatchObject({ ok: false });
    expect(done).toEqual([]);
    expect(asked[0]?.detail).toBe('/etc/shadow');
  });

  it('must have been asked for before', async () => {
    const { confirmed, done } = setUp(true);
    expect(await confirmed.shareFiles('another', [])).toMatchObject({ ok: false });
    expect(done).toEqual([]);
  });
});

it('one dialog at a time: further questions are refused while it is open', async () => {
  let close = (_answer: boolean): void => {};
  const confirm = oneAtATime(() => new Promise((resolve) => (close = resolve)));
  const any: Confirmation = { title: '', detail: '', yes: '', no: '' };
  const first = confirm(any);
  expect(await confirm(any)).toBe(false);
  close(true);
  expect(await first).toBe(true);
});
