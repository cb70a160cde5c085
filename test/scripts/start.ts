import { spawn } from 'node:child_process';
import { ROOT, rootArgs } from '../support/app.ts';
import { SHORTCUT_WORDS } from '../support/default-shortcut.ts';
import { findRuntime } from '../support/runtime.ts';
import { runScript } from '../support/setup-problem.ts';
import { buildIfNeeded } from './build.ts';
import { runDemo } from './demo.ts';

// `npm start`: with a display the app starts and stays. Without one, or with `-- --demo`, the
// app does its main job once on a desktop without a screen. Other arguments are the app's.

runScript(async () => {
  const args = process.argv.slice(2);
  const runtime = await findRuntime();
  const built = await buildIfNeeded();
  if (built !== 0) return built;
  if (args.includes('--demo') || !hasDisplay()) return runDemo();

  console.log(
    `Linkify Tray is starting: copy something, then press ${SHORTCUT_WORDS} (Cmd on macOS).`,
  );
  return new Promise((resolve) => {
    const child = spawn(runtime.executable, [ROOT, ...rootArgs(), ...args], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 0));
  });
});

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
