import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';
import { type AppState, SETTINGS_TABS } from '../../preload/contract.ts';
import { runAxe } from '../support/axe.ts';
import { windowText } from '../support/text.ts';
import { type OpenOptions, openWindowStage, type WindowStage } from '../support/window-page.ts';
import {
  blockedReach,
  connectedServer,
  customServers,
  emptyState,
  focusQuestion,
  fullState,
  pendingShares,
  secretQuestion,
  someLinks,
  unreachablePieces,
  variedLinks,
} from '../support/window-states.ts';

let stage: WindowStage;
beforeAll(async () => {
  stage = await openWindowStage();
}, 60_000);
afterAll(() => stage?.close());

const links = someLinks();
/** A desktop that lets only the window in front read the clipboard. */
const inFrontOnly = { canWatchClipboard: false, readsInFrontOnly: true };

interface Scene {
  readonly name: string;
  readonly state: AppState;
  readonly hash?: string;
  readonly keys?: readonly string[];
  /** The name of a button or tab to press first. */
  readonly click?: string;
}

const scenes: readonly Scene[] = [
  { name: 'no links yet', state: emptyState() },
  { name: 'several links', state: emptyState({ links }) },
  { name: 'a link that was just made', state: emptyState({ links, focusLinkId: 'a1' }) },
  {
    name: 'a question before a revoke',
    state: emptyState({ links }),
    keys: ['ArrowDown', 'Delete'],
  },
  {
    name: 'a revoke that can be taken back',
    state: fullState({ links: links.map((link) => ({ ...link, revokesWithUndo: true })) }),
    keys: ['ArrowDown', 'Delete'],
  },
  { name: 'a search', state: emptyState({ links }), keys: ['i'] },
  {
    name: 'a share under way and a failure',
    state: emptyState({ links, ...unreachablePieces(), activity: { what: 'film.mp4' } }),
  },
  {
    name: 'settings',
    state: emptyState({
      settings: { ...emptyState().settings, service: 'custom', servers: customServers },
      service: connectedServer,
      shortcut: { accelerator: DEFAULT_ACCELERATOR, state: 'taken' },
    }),
    hash: '#settings/sharing',
  },
  {
    name: 'a QR code',
    state: fullState({ focusLinkId: 'a1' }),
    click: windowText('more'),
    keys: ['Enter'],
  },
  {
    name: 'the menu of a link',
    state: fullState({ focusLinkId: 'a1' }),
    click: windowText('more'),
  },
  {
    name: 'links of every kind',
    state: emptyState({ links: variedLinks() }),
    keys: ['ArrowRight'],
  },
  {
    name: 'clips that are selected, and shares that wait',
    state: fullState({ pending: pendingShares() }),
    click: `${windowText('clips')} 6`,
    keys: ['Tab', 'Space', 'Shift+ArrowDown'],
  },
  {
    name: 'the preview of an item',
    state: fullState(),
    keys: ['Control+Tab', 'ArrowRight'],
  },
  {
    name: 'links that do not open at their address',
    state: fullState({
      links: links.map((link) => ({ ...link, canChange: true })),
      reachCheck: blockedReach,
    }),
    click: windowText('reachFix'),
  },
  {
    name: 'settings while links do not open',
    state: fullState({ reachCheck: blockedReach }),
    hash: '#settings/sharing',
  },
  { name: 'the options of the next link', state: fullState(), click: windowText('options') },
  {
    name: 'the options of a link',
    state: fullState({
      focusLinkId: 'a1',
      focusPanel: 'options',
      links: links.map((link) => ({ ...link, canChange: true, password: true })),
    }),
  },
  { name: 'a question', state: fullState({ question: secretQuestion() }) },
  {
    name: 'a share where only the window in front can read the clipboard',
    state: emptyState({ links, question: focusQuestion(), ...inFrontOnly }),
  },
  {
    name: 'a message that no notification could show',
    state: emptyState({
      links,
      missedNotice: { title: 'Link copied', body: 'Text, 12 characters' },
    }),
  },
  { name: 'a window that is kept open', state: fullState({ keptOpen: true }) },
  ...SETTINGS_TABS.map((tab) => ({
    name: `settings: ${tab}`,
    state: fullState(),
    hash: `#settings/${tab}`,
  })),
  { name: 'the first run', state: fullState(), hash: '#first-run' },
  {
    name: 'settings where only the window in front can read the clipboard',
    state: emptyState(inFrontOnly),
    hash: '#settings/clipboard',
  },
  {
    name: 'the first run where only the window in front can read the clipboard',
    state: emptyState(inFrontOnly),
    hash: '#first-run',
  },
];

/** Opens a scene, and does what leads to it. */
async function show(scene: Scene, options: OpenOptions = {}): Promise<Page> {
  const { hash = '' } = scene;
  const page = await stage.open(scene.state, { reducedMotion: 'reduce', ...options, hash });
  if (scene.click !== undefined) {
    const named = { name: scene.click };
    await page.getByRole('button', named).or(page.getByRole('tab', named)).click();
  }
  for (const key of scene.keys ?? []) await page.keyboard.press(key);
  return page;
}

const SIZE = { width: 400, height: 600 };
const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colors': { colorScheme: 'light', forcedColors: 'active' },
} as const;

const named = scenes.map((scene) => [scene.name, scene] as const);

// One page for all checks of a scene: loading it takes longer than a check.
describe.each(named)('%s', (_name, scene) => {
  let page: Page;
  beforeAll(async () => {
    page = await show(scene);
  });
  afterAll(() => page?.context().close());

  it.each(Object.entries(looks))('axe finds nothing in %s', async (_look, media) => {
    await page.emulateMedia(media);
    const { passes, findings } = await runAxe(page);
    expect(passes, 'rules that looked at something').toBeGreaterThan(10);
    expect(findings).toEqual([]);
  });

  it('nothing is cut off without a way to it with twice as large text', async () => {
    onTestFinished(() => setFontSize(page, ''));
    await setFontSize(page, LARGE);
    expect(await cutOff(page)).toEqual([]);
  });

  it('nothing is cut off without a way to it at a width of 320 px', async () => {
    onTestFinished(() => page.setViewportSize(SIZE));
    await page.setViewportSize({ width: 320, height: 480 });
    expect(await cutOff(page)).toEqual([]);
  });

  // Last: it moves the focus.
  it.each(['Tab', 'Shift+Tab'])('%s leads through everything and comes back', async (key) => {
    const stops = await tabStops(page, key === 'Shift+Tab');
    const reached = new Set<string | undefined>();
    // Buttons of a row are there while it has the focus, so there are some more than counted.
    for (let press = 0; press < stops.length * 2 + 12; press += 1) {
      if (stops.every((stop) => reached.has(stop))) break;
      await page.keyboard.press(key);
      reached.add(
        await page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.stop),
      );
    }
    expect([...reached]).toEqual(expect.arrayContaining(stops));
  });
});

describe.each(['de', 'ja'])('in %s nothing is cut off at 360 px with large text:', (locale) => {
  // What a scene clicks on has an English name.
  it.each(named.filter(([, { click }]) => click === undefined))('%s', async (_name, scene) => {
    const page = await show(scene, { viewport: { width: 360, height: 600 }, locale });
    onTestFinished(() => page.context().close());
    await setFontSize(page, LARGE);
    expect(await cutOff(page)).toEqual([]);
  });
});

/** Twice as large as the window's own font size. */
const LARGE = '162.5%';

function setFontSize(page: Page, size: string): Promise<void> {
  return page.evaluate((fontSize) => {
    document.documentElement.style.fontSize = fontSize;
  }, size);
}

/** Numbers everything that Tab must lead to, and returns the numbers. */
function tabStops(page: Page, backwards: boolean): Promise<(string | undefined)[]> {
  return page.evaluate((isBackwards) => {
    for (const numbered of document.querySelectorAll<HTMLElement>('[data-stop]')) {
      delete numbered.dataset.stop;
    }
    const all = document.querySelectorAll<HTMLElement>('button, input, select, [tabindex="0"]');
    const stops = [...all].filter((stop) => stop.tabIndex >= 0 && stop.checkVisibility());
    stops.forEach((stop, index) => {
      stop.dataset.stop = String(index);
    });
    // Of radio buttons with one name, the chosen one is the stop.
    return (
      stops
        .filter(
          (stop) => !(stop instanceof HTMLInputElement && stop.type === 'radio' && !stop.checked),
        )
        // A row shows its buttons when it is entered: coming back, it is entered last.
        .filter((stop) => !(isBackwards && stop.closest('.row-actions')))
        .map((stop) => stop.dataset.stop)
    );
  }, backwards);
}

/** Texts that are wider than their place, and fields whose text does not grow with the rest. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) problems.push('the page');
    const words = 'button, label, legend, h1, h2, .share-title, .setting-help, .setting-note, p';
    for (const element of document.querySelectorAll<HTMLElement>(words)) {
      if (element.closest('.sr-only') || !element.checkVisibility()) continue;
      const { left, right } = element.getBoundingClientRect();
      const beyond = left < -1 || right > innerWidth + 1;
      if (beyond || element.scrollWidth > element.clientWidth + 1) {
        if (getComputedStyle(element).display === 'inline') continue;
        problems.push(`${element.className || element.tagName}: ${element.textContent}`);
      }
    }
    // What one chooses from grows with everything else.
    const large = Number.parseFloat(getComputedStyle(document.body).fontSize);
    for (const field of document.querySelectorAll('select, input[type="text"]')) {
      const own = Number.parseFloat(getComputedStyle(field).fontSize);
      if (own < large * 0.9) problems.push(`small: ${field.ariaLabel ?? field.outerHTML}`);
    }
    return problems;
  });
}

it('moves nothing for people who want no motion', async () => {
  const state = emptyState({ links, activity: { what: 'film.mp4' } });
  const page = await show({ name: 'a share', state, keys: ['Control+c'] });
  onTestFinished(() => page.context().close());
  await page
    .getByRole('status')
    .filter({ hasText: windowText('linkCopied') })
    .waitFor();
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});
