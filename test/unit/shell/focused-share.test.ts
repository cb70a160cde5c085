import { describe, expect, it } from 'vitest';
import { LinkifyError } from '../../../main/linkify/errors.ts';
import type { LinkifyClient } from '../../../main/linkify/model.ts';
import { openWindowForShares } from '../../../main/shell/focused-share.ts';
import { fakeClient } from '../../support/fakes.ts';
import { createTestApp } from '../../support/test-app.ts';

/** The app where only the window in front may read the clipboard, and its window. */
function setUp(overrides: Partial<LinkifyClient> = {}) {
  const app = createTestApp(fakeClient(overrides), {
    findSecrets: (text) =>
      text === 'TOKEN-1' ? [{ kind: 'made-up', label: 'token', start: 0, end: 7 }] : [],
  });
  const { clipboard, failures, questions, sharing } = app;
  clipboard.setNeedsFocus(true);
  const window = { isShown: false };
  const setShown = (isShown: boolean): void => {
    window.isShown = isShown;
    clipboard.setNeedsFocus(!isShown);
  };
  openWindowForShares({
    questions,
    sharing,
    failures,
    window: { show: () => setShown(true), hide: () => setShown(false) },
  });
  return { ...app, window };
}

const SHARE = { from: 'clipboard' } as const;
const NEEDS_FOCUS = { cause: 'clipboard-needs-focus' };

describe('where only the window in front may read the clipboard', () => {
  it('a share opens the window, shares what is there, and closes it', async () => {
    const { actions, answer, clipboard, links, model, notices, window } = setUp();
    expect(await actions.share(SHARE)).toMatchObject({ ok: false, failure: NEEDS_FOCUS });
    expect(window.isShown).toBe(true);
    expect(notices).toEqual([]);
    expect(model.get()).toMatchObject({ failure: null, question: { cancelId: 'discard' } });

    expect(await answer('share')).toBe('shared');
    expect(clipboard.writes).toEqual([{ kind: 'text', text: links.list()[0]?.link }]);
    expect(window.isShown).toBe(false);
    expect(notices).toMatchObject([{ cause: 'shared' }]);
  });

  it('the first choice shares, so that Enter does', async () => {
    const { actions, model } = setUp();
    await actions.share(SHARE);
    expect(model.get().question?.choices[0]?.id).toBe('share');
  });

  it('a share that is not wanted closes the window', async () => {
    const { actions, answer, links, window } = setUp();
    await actions.share(SHARE);
    expect(await answer('discard')).toBe('over');
    expect(window.isShown).toBe(false);
    expect(links.list()).toEqual([]);
  });

  it('it asks again when the window lost the focus before it could read', async () => {
    const { actions, answer, clipboard, window } = setUp();
    await actions.share(SHARE);
    clipboard.setNeedsFocus(true);
    expect(await answer('share')).toBe('asked');
    expect(window.isShown).toBe(true);
    expect(await answer('share')).toBe('shared');
  });

  it('the shortcut in front of the open window shares, and leaves the window', async () => {
    const { actions, window } = setUp();
    await actions.share(SHARE);
    expect(await actions.share(SHARE)).toMatchObject({ ok: true });
    expect(window.isShown).toBe(true);
  });

  it('the window stays for the next question, and closes after that', async () => {
    const { actions, answer, clipboard, window } = setUp();
    clipboard.set({ kind: 'text', text: 'TOKEN-1' });
    await actions.share(SHARE);
    expect(await answer('share')).toBe('asked');
    expect(window.isShown).toBe(true);
    expect(await answer('anyway')).toBe('shared');
    expect(window.isShown).toBe(false);
  });

  it('the window stays with what went wrong', async () => {
    const rejects = async () => {
      throw new LinkifyError({ kind: 'rejected', status: 400 });
    };
    const { actions, answer, model, window } = setUp({ createAsset: rejects, linkify: rejects });
    await actions.share(SHARE);
    expect(await answer('share')).toBe('failed');
    expect(window.isShown).toBe(true);
    expect(model.get().failure).not.toBeNull();
  });

  it('the window stays when the link could not be copied', async () => {
    const { actions, answer, clipboard, model, window } = setUp();
    await actions.share(SHARE);
    clipboard.setBusy(true);
    expect(await answer('share')).toBe('shared');
    expect(window.isShown).toBe(true);
    expect(model.get().failure).toMatchObject({ cause: 'link-not-copied' });
  });

  it('what is not on the clipboard is shared without the window', async () => {
    const { actions, links, window } = setUp();
    const shared = await actions.share({ from: 'text', text: 'typed' });
    expect(shared).toMatchObject({ ok: true });
    expect(links.list()).toHaveLength(1);
    expect(window.isShown).toBe(false);
  });

  it('nothing is shared automatically', async () => {
    const { links, sharing, window } = setUp();
    await sharing.shareAutomatically(SHARE);
    expect(window.isShown).toBe(false);
    expect(links.list()).toEqual([]);
  });
});
