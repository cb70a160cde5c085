import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppDatabase, DATABASE_FILE } from '../../main/storage/app-database.ts';
import { launchApp, newProfile } from '../support/app.ts';
import { type Desktop, startDesktop } from '../support/desktop.ts';
import { pressForLink } from './screens/clipboard-link.ts';

// What stands in settings.json, and would take keys away from every other program.

let desktop: Desktop;

beforeAll(async () => {
  desktop = await startDesktop();
});

afterAll(async () => {
  await desktop?.close();
});

test.each([
  ['Nonsense+Q', 'q'],
  ['F13', 'w'],
  ['Shift+E', 'shift+e'],
])(
  '%s in settings.json is not grabbed; the default works, and this is said once',
  async (accelerator, key) => {
    const profile = await newProfile(desktop, {
      version: 1,
      graceSeconds: 0,
      shareShortcut: accelerator,
    });
    const first = await launchApp({ desktop, profile });
    const told = await desktop.notifications.waitFor(({ body }) => body.includes('shareShortcut'));
    expect(told.summary).not.toBe('');
    await desktop.clipboard.writeText('typed, not shared');
    await desktop.key(key);
    // A share that the key began would come first: one share at a time, in order.
    const link = await pressForLink(desktop);
    expect(link).toMatch(/^http/);
    const database = new AppDatabase({ path: join(profile, DATABASE_FILE), readOnly: true });
    expect(database.rows('select id from links')).toHaveLength(1);
    database.close();
    await first.close();

    const before = desktop.notifications.all().length;
    const second = await launchApp({ desktop, profile });
    await desktop.clipboard.writeText('after the second start');
    await pressForLink(desktop);
    const later = desktop.notifications.all().slice(before);
    expect(later.filter(({ body }) => body.includes('shareShortcut'))).toEqual([]);
    await second.close();
    const copies = (await readdir(profile)).filter((name) => name.includes('corrupt'));
    expect(copies).toHaveLength(1);
  },
);
