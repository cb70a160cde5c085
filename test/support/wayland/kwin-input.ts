import { setTimeout as pause } from 'node:timers/promises';
import { createInput, type Env, type Input, STEP_MS } from './input.ts';
import { connectWayland } from './wire.ts';

/** Codes of linux/input-event-codes.h, by the names that `key` takes. */
const KEY_CODES: Readonly<Record<string, number>> = {
  ctrl: 29,
  shift: 42,
  alt: 56,
  super: 125,
  return: 28,
  escape: 1,
  delete: 111,
  k: 37,
  l: 38,
  z: 44,
};

/**
 * Mouse and keyboard of KWin (`org_kde_kwin_fake_input`), which allows them where it was started
 * with KWIN_WAYLAND_NO_PERMISSION_CHECKS.
 */
export async function kwinInput(
  env: Env,
): Promise<Input & { readonly key: (keys: string) => Promise<void> }> {
  const wayland = await connectWayland(env);
  const fake = wayland.bind('org_kde_kwin_fake_input', 4);
  const [authenticate, button, moveTo, keyboardKey] = [0, 2, 9, 10];
  wayland.request(fake, authenticate, 'tests', 'end-to-end tests');
  const fixed = (pixels: number): number => Math.round(pixels * 256);
  return {
    ...createInput(wayland, {
      move: (x, y) => wayland.request(fake, moveTo, fixed(x), fixed(y)),
      press: (code, state) => wayland.request(fake, button, code, state),
    }),
    async key(keys) {
      const codes = keys.toLowerCase().split('+').map(keyCode);
      for (const code of codes) wayland.request(fake, keyboardKey, code, 1);
      await pause(STEP_MS);
      for (const code of codes.toReversed()) wayland.request(fake, keyboardKey, code, 0);
      await wayland.sync();
    },
  };
}

function keyCode(name: string): number {
  const code = KEY_CODES[name];
  if (code === undefined) throw new Error(`No code is known for the key ${name}`);
  return code;
}
