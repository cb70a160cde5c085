import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DrivenApp, driveApp, ROOT } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { answerConfirmation } from './screens/file-dialog.ts';
import { closeSettings, settingsOn } from './screens/settings.ts';
import { type AppWindow, openWindow } from './screens/window.ts';

// What script inside the window could reach, were there ever any that is not ours.

let desktop: Desktop;
let app: DrivenApp;
let appWindow: AppWindow;

beforeAll(async () => {
  desktop = await startDesktop();
  app = await driveApp({ desktop });
  appWindow = await openWindow(app, desktop);
});

afterAll(async () => {
  await app?.close();
  await desktop?.close();
});

test('the page sees the bridge, and nothing of Node or Electron', async () => {
  const seen = await appWindow.page.evaluate(() => {
    const names = [
      'require',
      'process',
      'module',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
      'setImmediate',
    ];
    return {
      leaks: names.filter((name) => name in window),
      bridge: Object.keys((window as unknown as { linkify: object }).linkify).sort(),
      frozen: Object.isFrozen((window as unknown as { linkify: object }).linkify),
    };
  });
  expect(seen.leaks).toEqual([]);
  expect(seen.bridge).toEqual([
    'about',
    'answer',
    'askAboutSecret',
    'cancelShare',
    'changeOptions',
    'changeSettings',
    'checkForUpdates',
    'clearClips',
    'copy',
    'copyAs',
    'copyPassword',
    'discardPending',
    'exportSettings',
    'hide',
    'holdShortcuts',
    'importSettings',
    'installUpdate',
    'keepOpen',
    'open',
    'openOwnFile',
    'openSettings',
    'previewClip',
    'reach',
    'recover',
    'removeClip',
    'removeLinks',
    'removeServer',
    'rename',
    'resetSettings',
    'restore',
    'revoke',
    'sendPending',
    'setUpShortcut',
    'share',
    'shareClips',
    'shareFiles',
    'shareMany',
    'state',
    'subscribe',
    'test',
    'testShortcut',
    'undo',
  ]);
  expect(seen.frozen).toBe(true);
});

test('every window is sandboxed and isolated', async () => {
  await appWindow.page.evaluate(() => window.linkify.openSettings('general'));
  const settings = await settingsOn(app);
  const preferences = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      // Electron gives the effective web preferences out, its types do not say so.
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag } = (
        webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag };
    }),
  );
  const lockedDown = {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  };
  expect(preferences).toEqual([lockedDown, lockedDown]);
  // It is led to no other page either.
  await settings.page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  expect(settings.page.url()).toMatch(/^linkify:\/\/window\//);
  await closeSettings(app, settings);
  appWindow = await openWindow(app, desktop);
});

test('its policy allows no script, style or connection but its own', async () => {
  const policy = await appWindow.page.evaluate(async () => {
    const answer = await new Promise<string>((resolve) => {
      document.addEventListener(
        'securitypolicyviolation',
        (event) => resolve(event.originalPolicy),
        {
          once: true,
        },
      );
      fetch('https://example.com/').catch(() => {});
    });
    return answer;
  });
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
});

test('script that was smuggled in does not run', async () => {
  const ran = await appWindow.page.evaluate(async () => {
    const inline = document.createElement('script');
    inline.textContent = 'window.smuggled = 1';
    document.body.append(inline);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'window.smuggled = 2');
    image.src = 'data:image/png;base64,broken';
    document.body.append(image);
    await new Promise((resolve) => {
      image.addEventListener('error', resolve);
    });
    let evaluated = 'ran';
    try {
      // biome-ignore lint/security/noGlobalEval: it must not work.
      globalThis.eval('1');
    } catch {
      evaluated = 'refused';
    }
    inline.remove();
    image.remove();
    return { smuggled: (window as unknown as { smuggled?: number }).smuggled, evaluated };
  });
  expect(ran).toEqual({ smuggled: undefined, evaluated: 'refused' });
});

test('it cannot be led to another page', async () => {
  const before = appWindow.page.url();
  for (const target of ['https://example.com/', 'file:///etc/passwd', 'linkify://other/']) {
    await appWindow.page
      .evaluate((url) => {
        location.href = url;
      }, target)
      .catch(() => {});
  }
  expect(appWindow.page.url()).toBe(before);
  expect(await appWindow.page.evaluate(() => document.querySelector('.window') !== null)).toBe(
    true,
  );
});

test('led to an empty page, which no browser asks about, it is closed', async () => {
  await appWindow.page
    .evaluate(() => {
      location.href = 'about:blank';
    })
    .catch(() => {});
  await waitFor('the window to close', () => app.electron.windows().length === 0);
  appWindow = await openWindow(app, desktop);
  expect(appWindow.page.url()).toMatch(/^linkify:\/\/window\//);
});

test('it cannot open windows', async () => {
  const opened = await appWindow.page.evaluate(() => window.open('https://example.com/') === null);
  expect(opened).toBe(true);
  expect(app.electron.windows()).toHaveLength(1);
});

test('it gets no permission, nor a device', async () => {
  const states = await appWindow.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
    return Promise.all(
      names.map(async (name) => (await navigator.permissions.query({ name })).state),
    );
  });
  expect(states).not.toContain('granted');
});

test('files outside its folder are not served to it', async () => {
  const statuses = await app.electron.evaluate(async ({ session }) => {
    const paths = [
      '/../../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/preload/index.cjs',
      '//etc/passwd',
      '/index.html%00.png',
    ];
    return Promise.all(
      paths.map((path) =>
        session.defaultSession.fetch(`linkify://window${path}`).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    );
  });
  expect(statuses.filter((status) => status === 200)).toEqual([]);
});

test('calls with wrong arguments are answered as failures, not done', async () => {
  const answers = await appWindow.page.evaluate(async () => {
    const bridge = (
      window as unknown as { linkify: Record<string, (...args: unknown[]) => Promise<unknown>> }
    ).linkify;
    const wrong: [string, unknown[]][] = [
      ['share', [{ from: 'files', paths: ['/etc/passwd'] }]],
      ['share', [null]],
      ['share', [{ from: 'text', text: 5 }]],
      ['shareMany', [{ items: 'all' }]],
      ['shareMany', [{ items: [] }]],
      ['revoke', [{}]],
      ['restore', [{}]],
      ['restore', ['no-such-link']],
      ['open', ['file:///etc/passwd']],
      ['copy', ['no-such-link']],
      ['recover', ['format-disk']],
      ['changeSettings', [{ serviceUrl: 'javascript:alert(1)' }]],
    ];
    return Promise.all(
      wrong.map(async ([method, args]) => {
        try {
          const answer = (await bridge[method]?.(...args)) as { ok?: boolean };
          return `${method}: ${answer?.ok === true ? 'DONE' : 'refused'}`;
        } catch {
          return `${method}: refused`;
        }
      }),
    );
  });
  expect(answers.filter((answer) => answer.endsWith('DONE'))).toEqual([]);
});

describe('script that took the page over', () => {
  type Bridge = Record<string, (...args: unknown[]) => Promise<{ ok: boolean }>>;
  /** Asks main for something, as any script of the page can. */
  const ask = (method: string, ...args: unknown[]): Promise<boolean> =>
    appWindow.page.evaluate(
      async ([name, given]) => {
        const bridge = (window as unknown as { linkify: Bridge }).linkify;
        return (await bridge[name as string]?.(...(given as unknown[])))?.ok === true;
      },
      [method, args] as const,
    );
  const settings = () =>
    appWindow.page.evaluate(async () => (await window.linkify.state()).settings);
  const links = () =>
    appWindow.page.evaluate(async () => (await window.linkify.state()).links.length);

  test.each([
    { service: 'custom', serviceUrl: 'https://collector.example' },
    { shareAutomatically: 'everything' },
    { notifications: 'off' },
  ])('cannot change without the person: %o', async (change) => {
    const before = await settings();
    const answer = ask('changeSettings', change);
    await desktop.screenshot(join(ROOT, 'test-results', 'confirm-settings.png'));
    await answerConfirmation(desktop, 'no');
    expect(await answer).toBe(false);
    expect(await settings()).toEqual(before);
  });

  test('cannot pile questions up: the next one is refused while one is open', async () => {
    const first = ask('changeSettings', { notifications: 'off' });
    const second = await ask('changeSettings', { shareAutomatically: 'images' });
    expect(second).toBe(false);
    await answerConfirmation(desktop, 'no');
    expect(await first).toBe(false);
  });

  test('cannot answer the question about a secret by itself', async () => {
    const token = `ghp_${Array.from({ length: 36 }, (_, index) => 'aB3dE6gH9'[index % 9]).join('')}`;
    const before = await links();
    expect(await ask('share', { from: 'text', text: `token ${token}` })).toBe(false);
    const id = await appWindow.page.evaluate(
      async () => (await window.linkify.state()).question?.id,
    );
    for (const choice of ['anyway', 'once']) {
      const answer = ask('answer', { questionId: id, choiceId: choice, remember: true });
      await answerConfirmation(desktop, 'no');
      expect(await answer).toBe(false);
    }
    expect(await links()).toBe(before);
    expect(await ask('answer', { questionId: id, choiceId: 'discard', remember: false })).toBe(
      true,
    );
  });

  test('cannot take keys that every program needs', async () => {
    const { shareShortcut } = await settings();
    for (const keys of ['Control+C', 'CommandOrControl+V', 'Shift+A', 'Q']) {
      expect(await ask('changeSettings', { shareShortcut: keys })).toBe(false);
    }
    expect((await settings()).shareShortcut).toBe(shareShortcut);
  });

  test('cannot name files: neither by a path, nor by a file that it made up', async () => {
    const before = await links();
    expect(await ask('share', { from: 'files', paths: ['/etc/passwd'] })).toBe(false);
    const made = await appWindow.page.evaluate(async () => {
      const file = new File(['x'], 'passwd');
      Object.defineProperty(file, 'path', { value: '/etc/passwd' });
      return (await window.linkify.shareFiles([file]))?.ok === true;
    });
    expect(made).toBe(false);
    expect(await links()).toBe(before);
  });

  test('that speaks to main past the preload script gets a dialog that names the file', async () => {
    const before = await links();
    // The handlers themselves, called as the page's own frame would call them.
    const shared = app.electron.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const [window] = BrowserWindow.getAllWindows();
      const handlers = (
        ipcMain as unknown as {
          _invokeHandlers: Map<string, (event: object, argument: unknown) => Promise<unknown>>;
        }
      )._invokeHandlers;
      const event = {
        sender: window?.webContents,
        senderFrame: window?.webContents.mainFrame,
      };
      const named = (await handlers.get('linkify:nameFiles')?.(event, ['/etc/shadow'])) as {
        value: { id: string };
      };
      const answer = (await handlers.get('linkify:shareNamedFiles')?.(event, {
        id: named.value.id,
        proofs: ['0'.repeat(64)],
      })) as { ok: boolean };
      return answer.ok;
    });
    await answerConfirmation(desktop, 'no');
    expect(await shared).toBe(false);
    expect(await links()).toBe(before);
  });
});
