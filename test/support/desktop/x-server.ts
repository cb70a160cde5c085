import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { firstLine } from './first-line.ts';
import { runProgram } from './processes.ts';

/** One monitor of a desktop: its size, and where its upper left corner lies. In pixels. */
export interface Monitor {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

/** One screen of such a size (`1280x800`), or several monitors that the system tells of. */
export type Screens = string | readonly Monitor[];

export interface XServerOptions {
  readonly dir: string;
  readonly screens: Screens;
  readonly env: Readonly<Record<string, string>>;
  readonly start: (
    command: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ) => ChildProcess;
}

/**
 * Starts an X server without hardware and answers its display, such as `:3`: Xvfb for one screen;
 * for several monitors Xorg with its dummy driver, since Xvfb has one output and programs ask
 * RandR's outputs. Xorg is started by its own path: the wrapper in the PATH lets only the person
 * at a console in.
 */
export async function startXServer({ dir, screens, env, start }: XServerOptions): Promise<string> {
  if (typeof screens === 'string') {
    const screen = ['-screen', '0', `${screens}x24`];
    return displayOf(start('Xvfb', ['-displayfd', '3', ...screen, ...QUIET], env), 'Xvfb');
  }
  const config = join(dir, 'xorg.conf');
  await writeFile(config, CONFIG);
  const files = ['-config', config, '-logfile', join(dir, 'xorg.log')];
  const alone = ['-novtswitch', '-sharevts', ...QUIET];
  const args = ['-displayfd', '3', ...files, ...alone];
  const display = await displayOf(start('/usr/lib/xorg/Xorg', args, env), 'Xorg');
  await arrange(screens, { ...env, DISPLAY: display });
  return display;
}

/** The rectangle around all monitors, as X takes a size: `3200x1080`. */
export function wholeSize(screens: Screens): string {
  if (typeof screens === 'string') return screens;
  const right = Math.max(...screens.map(({ x, width }) => x + width));
  const bottom = Math.max(...screens.map(({ y, height }) => y + height));
  return `${right}x${bottom}`;
}

const QUIET = ['-nolisten', 'tcp', '-noreset'];

/** Only the first output has modes of its own; the others are told theirs. */
async function arrange(monitors: readonly Monitor[], env: NodeJS.ProcessEnv): Promise<void> {
  const outputs = monitors.map(({ width, height }, index) => ({
    output: `DUMMY${index}`,
    mode: `linkify-${width}x${height}`,
    timing: [100, width, width, width, width, height, height, height, height].map(String),
  }));
  const made = new Set<string>();
  for (const { output, mode, timing } of outputs) {
    if (!made.has(mode)) await runProgram('xrandr', ['--newmode', mode, ...timing], { env });
    made.add(mode);
    await runProgram('xrandr', ['--addmode', output, mode], { env });
  }
  const layout = outputs.flatMap(({ output, mode }, index) => [
    ...['--output', output, '--mode', mode, ...(index === 0 ? ['--primary'] : [])],
    ...['--pos', `${monitors[index]?.x}x${monitors[index]?.y}`],
  ]);
  await runProgram('xrandr', layout, { env });
  // Outputs are still noted as not connected until someone has the server look: Chromium does not.
  const seen = (await runProgram('xrandr', ['--query'], { env })).toString();
  for (const { output } of outputs) {
    if (seen.includes(`${output} connected`)) continue;
    throw new Error(`Xorg's dummy driver did not connect ${output}:\n${seen}`);
  }
}

async function displayOf(server: ChildProcess, name: string): Promise<string> {
  return `:${await firstLine(server.stdio[3] as Readable, name)}`;
}

/** No hardware is looked for: neither keyboards nor mice nor graphics cards of the machine. */
const CONFIG = `Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoEnableDevices" "false"
  Option "AutoAddGPU" "false"
  Option "AutoBindGPU" "false"
  Option "DontVTSwitch" "true"
  Option "BlankTime" "0"
  Option "StandbyTime" "0"
  Option "OffTime" "0"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 262144
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 5-1000
  VertRefresh 5-1000
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "1280x800"
  EndSubSection
EndSection
`;
