import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppState } from '../../preload/contract.ts';
import { type OpenOptions, openPopoverStage, type PopoverStage } from '../support/popover-page.ts';
import {
  emptyState,
  fullState,
  secretQuestion,
  someLinks,
  unreachable,
  waitingShares,
} from '../support/popover-states.ts';

let stage: PopoverStage;
beforeAll(async () => {
  stage = await openPopoverStage();
}, 60_000);
afterAll(() => stage?.close());

const links = someLinks();

interface Scene {
  readonly name: string;
  readonly state: AppState;
  readonly hash?: string;
  readonly keys?: readonly string[];
  /** The name of a button or tab to press first. */
  readonly click?: string;
  readonly full?: boolean;
}

const scenes: readonly Scene[] = [
  { name: 'no links yet', state: emptyState() },
  { name: 'several links', state: emptyState({ links }) },
  { name: 'a link that was just made', state: emptyState({ links, focusLinkId: 'a1' }) },
  { name: 'a question before a revoke', state: emptyState({ links }), keys: ['Delete'] },
  { name: 'a search', state: emptyState({ links }), keys: ['/', 'i'] },
  {
    name: 'a share under way and a failure',
    state: emptyState({ links, failure: unreachable, activity: { what: 'film.mp4' } }),
  },
  {
    name: 'preferences',
    state: emptyState({
      settings: { ...emptyState().settings, service: 'custom', hasServiceToken: true },
      shortcut: { accelerator: 'CommandOrControl+Shift+L', state: 'taken' },
    }),
    hash: '#preferences',
  },
  { name: 'a QR code', state: fullState({ focusLinkId: 'a1' }), full: true, click: 'QR code' },
  {
    name: 'clips that are selected, and shares that wait',
    state: fullState({ waiting: waitingShares }),
    full: true,
    click: 'Clips 6',
    keys: ['Tab', 'Space', 'Shift+ArrowDown'],
  },
  { name: 'a question', state: fullState({ question: secretQuestion }), full: true },
  { name: 'all of preferences', state: fullState(), full: true, hash: '#preferences' },
  { name: 'the first run', state: fullState(), full: true, hash: '#first-run' },
];

const looks: Readonly<Record<string, OpenOptions>> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
};

/** What axe finds, as lines that say what and where. */
async function findings(scene: Scene, options: OpenOptions): Promise<readonly string[]> {
  const { hash = '', full = false } = scene;
  const page = await stage.open(scene.state, { ...options, hash, full, reducedMotion: 'reduce' });
  try {
    if (scene.click !== undefined) {
      const named = { name: scene.click };
      await page.getByRole('button', named).or(page.getByRole('tab', named)).click();
    }
    for (const key of scene.keys ?? []) await page.keyboard.press(key);
    await page.evaluate(axe.source);
    const found = await page.evaluate(() => {
      const { axe: judge } = window as unknown as { axe: typeof axe };
      return judge.run(document, { resultTypes: ['violations'] });
    });
    expect(found.passes.length, 'rules that looked at something').toBeGreaterThan(10);
    return found.violations.flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${impact} ${id}: ${node.target.join(' ')}`),
    );
  } finally {
    await page.context().close();
  }
}

describe.each(Object.entries(looks))('axe finds nothing in %s with', (_look, options) => {
  it.each(scenes.map((scene) => [scene.name, scene] as const))('%s', async (_name, scene) => {
    expect(await findings(scene, options)).toEqual([]);
  });
});
