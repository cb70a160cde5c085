import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Starts the system's Chromium, as anyone has it who opens a link. */
export function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return launch(CHROMIUM, options);
}

/**
 * Starts Chromium without its window, PDF viewer and prefetching: the same engine, but a page takes
 * a third of the CPU time. Where it is not installed, starts the whole Chromium.
 */
export function launchHeadlessShell(options: LaunchOptions = {}): Promise<Browser> {
  const useShell = process.env.CHROMIUM === undefined && existsSync(HEADLESS_SHELL);
  return launch(useShell ? HEADLESS_SHELL : CHROMIUM, options);
}

async function launch(
  executablePath: string,
  { args = [], ...options }: LaunchOptions,
): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `Chromium is missing at ${executablePath}: apt-get install chromium, or set CHROMIUM.`,
    );
  }
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...asRoot, ...args], ...options });
}
