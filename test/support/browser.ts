import { join } from 'node:path';
import { _electron, type Page } from 'playwright-core';
import { newProfile, ROOT, rootArgs } from './app.ts';
import type { Desktop } from './desktop.ts';
import { findRuntime } from './runtime.ts';

/** A Chromium window of its own, as somebody has who opens a link. */
export interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

export async function openBrowser(desktop: Desktop): Promise<Browser> {
  const { executable } = await findRuntime();
  const electron = await _electron.launch({
    executablePath: executable,
    args: [
      join(ROOT, 'test/support/browser-app'),
      ...rootArgs(),
      `--user-data-dir=${await newProfile(desktop, null)}`,
    ],
    env: { ...desktop.env },
    cwd: desktop.dir,
  });
  const page = await electron.firstWindow();
  return {
    page,
    async close() {
      await electron.close();
    },
  };
}
