import { describe, expect, it } from 'vitest';
import { geotagQuestion } from '../../../main/questions/geotag-question.ts';
import { ownerQuestion } from '../../../main/questions/owner-question.ts';
import { type Question, Questions } from '../../../main/questions/questions.ts';
import { secretQuestion } from '../../../main/questions/secret-question.ts';
import { openSettings } from '../../../main/settings/settings.ts';
import { type Confirmation, oneAtATime } from '../../../main/shell/confirmation.ts';
import { createConfirmed } from '../../../main/shell/confirmed-calls.ts';
import type { SettingsChange } from '../../../preload/contract.ts';
import { english } from '../../support/messages.ts';

function setUp(answer = false, ...stored: readonly SettingsChange[]) {
  const asked: Confirmation[] = [];
  const done: unknown[] = [];
  const settings = openSettings({
    store: { load: () => undefined, save: () => {}, setAside: () => {} },
    secrets: { available: () => false, encrypt: (text) => text, decrypt: (text) => text },
  });
  for (const change of stored) settings.change(change);
  const questions = new Questions(english);
  let files = { paths: ['/home/a/x.txt'] as string[], unproven: [] as string[] };
  const confirmed = createConfirmed({
    model: { invalidate: () => {} },
    actions: {
      describe: ({ kind }) => ({ cause: kind, title: kind, sentence: kind }),
      answer: async (...given) => {
        done.push(given.slice(1));
        return { ok: true, value: null };
      },
      share: async (source) => {
        done.push(source);
        return { ok: true, value: {} as never };
      },
    },
    questions,
    settingsActions: {
      change(change) {
        done.push(change);
        return { ok: true, value: settings.view() };
      },
      reset() {
        done.push('reset');
        return { ok: true, value: settings.reset() };
      },
    },
    settings,
    files: {
      challenge: async () => ({ id: 'one', nonce: '', parts: [] }),
      check: (id) => (id === 'one' ? files : undefined),
    },
    async confirm(question) {
      asked.push(question);
      return answer;
    },
    messages: english,
  });
  return { asked, done, questions, confirmed, name: (named: typeof files) => (files = named) };
}

/** Opens a question, and returns how the page answers it. */
function opened<Choice extends string>(
  { confirmed, questions }: Pick<ReturnType<typeof setUp>, 'confirmed' | 'questions'>,
  question: Question<Choice>,
) {
  void questions.ask(question);
  const id = questions.current()?.view.id ?? '';
  return (choice: Choice, remember = false) => confirmed.answer(id, choice, remember);
}

const secret = secretQuestion(
  {
    kind: 'looks-like-secret',
    labels: ['GitHub token'],
    kinds: ['github'],
    canMask: true,
    count: 1,
  },
  true,
);

describe('a reset of all settings', () => {
  it('is asked about outside the window, and done after a yes', async () => {
    const { asked, confirmed, done } = setUp(true, { theme: 'dark' });
    expect(await confirmed.resetSettings()).toMatchObject({ ok: true, value: { theme: 'system' } });
    expect(asked).toHaveLength(1);
    expect(done).toEqual(['reset']);
  });

  it('changes nothing after a no', async () => {
    const { asked, confirmed, done } = setUp(false);
    expect(await confirmed.resetSettings()).toMatchObject({ failure: { cause: 'cancelled' } });
    expect(asked).toHaveLength(1);
    expect(done).toEqual([]);
  });
});

describe('a setting changed by the page', () => {
  const risky: readonly SettingsChange[] = [
    { service: 'custom', serviceUrl: 'https://collector.example' },
    { service: 'pieces' },
    { shareAutomatically: 'images' },
    { notifications: 'off' },
    { locationData: 'share' },
    {
      service: 'custom',
      serviceUrl: 'https://c.example',
      shareAutomatically: 'everything',
      notifications: 'off',
    },
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
    { offerToShare: 'everything' },
    { serviceUrl: 'https://not-in-use.example' },
    { notifications: 'on' },
  ])('takes effect at once where nothing more leaves: %o', async (change) => {
    const { asked, confirmed, done } = setUp();
    await confirmed.changeSettings(change);
    expect([asked, done]).toEqual([[], [change]]);
  });
});

describe('a server that was confirmed before', () => {
  const stored = { service: 'custom', serviceUrl: 'https://share.example' } as const;

  it('is switched to and away from at once', async () => {
    const away = { service: 'custom', serviceUrl: 'https://links.example' } as const;
    const { asked, confirmed, done } = setUp(false, stored, away);
    await confirmed.changeSettings(stored);
    expect([asked, done]).toEqual([[], [stored]]);
  });

  it('is confirmed again with another token: it may be another account', async () => {
    const { asked, confirmed, done } = setUp(false, stored, { service: 'built-in' });
    await confirmed.changeSettings({ ...stored, serviceToken: 'of somebody else' });
    expect(done).toEqual([]);
    expect(asked[0]?.detail).toContain('https://share.example');
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
  it.each(['anyway', 'once'] as const)(
    'lets no secret go without a confirmation: %s',
    async (choice) => {
      for (const isConfirmed of [false, true]) {
        const all = setUp(isConfirmed);
        await opened(all, secret)(choice, true);
        expect(all.done).toEqual(isConfirmed ? [[choice, true]] : []);
        const view = all.questions.current()?.view;
        expect(all.asked).toMatchObject([
          { title: view?.title, yes: view?.choices.find(({ id }) => id === choice)?.label },
        ]);
        expect(all.asked[0]?.detail).toContain('GitHub');
        expect(all.asked[0]?.detail).toContain(view?.rememberLabel);
      }
    },
  );

  it('shares no location without one', async () => {
    const all = setUp(false);
    const answer = opened(
      all,
      geotagQuestion({ kind: 'has-location', name: 'a.jpg', count: 1, canRemove: true }),
    );
    await answer('share', true);
    expect(all.done).toEqual([]);
    await answer('remove', true);
    expect(all.done).toHaveLength(1);
  });

  it('trusts no program of another user without one', async () => {
    const all = setUp(false);
    const answer = opened(all, ownerQuestion({ isServer: false, port: 1, uid: 65_534 }));
    await answer('yes');
    expect(all.done).toEqual([]);
    await answer('no');
    expect(all.done).toHaveLength(1);
  });

  it.each(['masked', 'discard'] as const)(
    'is enough where nothing secret goes: %s',
    async (choice) => {
      const all = setUp();
      await opened(all, secret)(choice);
      expect([all.asked, all.done.length]).toEqual([[], 1]);
    },
  );
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
