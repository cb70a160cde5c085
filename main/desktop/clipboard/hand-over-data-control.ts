import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataControlClient } from '../wayland/data-control.ts';
import type { HandedOver } from '../x11/clipboard-handover.ts';

/** How long `wl-copy` may take to own the clipboard, in ms; it takes about 10. */
const WL_COPY_TIMEOUT_MS = 400;
/** How long a clipboard manager may take to notice that nothing is copied any more, in ms. */
const TAKEOVER_TIMEOUT_MS = 250;
const POLL_INTERVAL_MS = 20;

/** What wl-copy is given: it takes one type, and adds all names of text to a text. */
const WL_COPY_TYPES = ['text/uri-list', 'text/plain'] as const;

/**
 * Hands the clipboard's content over before this process ends, for on Wayland it lives in the program
 * that copied it. `wl-copy` holds it where that is installed. Otherwise it is released a little before
 * the end: clipboard managers then restore what they saved. Takes 650 ms at most.
 */
export async function handOverDataControl(
  client: DataControlClient,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HandedOver> {
  const copied = client.copied();
  if (copied === undefined) return 'not-ours';
  const type = WL_COPY_TYPES.find((name) => copied.has(name)) ?? [...copied.keys()][0];
  const content = type === undefined ? undefined : copied.get(type);
  if (type === undefined || content === undefined) return 'not-ours';
  const isReplaced = (): boolean => client.copied() === undefined;
  const failed = startWlCopy(type, content, env);
  await Promise.race([failed, until(isReplaced, WL_COPY_TIMEOUT_MS)]);
  if (isReplaced()) return 'kept';
  await client.write(new Map());
  const isTaken = async (): Promise<boolean> => (await client.current()).types.length > 0;
  return (await until(isTaken, TAKEOVER_TIMEOUT_MS)) ? 'kept' : 'lost';
}

/**
 * It goes into the background, and outlives this process: it must hold none of our pipes.
 * @returns resolves if it fails, or isn't installed
 */
function startWlCopy(
  type: string,
  content: Uint8Array,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const child = spawn('wl-copy', ['--type', type], {
    env: { ...env },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(content);
  child.unref();
  return new Promise((resolve) => {
    child.on('error', () => resolve());
    child.on('exit', (code) => {
      if (code !== 0) resolve();
    });
  });
}

async function until(isTrue: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += POLL_INTERVAL_MS) {
    if (await isTrue()) return true;
    await pause(POLL_INTERVAL_MS);
  }
  return isTrue();
}
