import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { type AppCommand, launchApp, newProfile, type RunningApp } from '../support/app.ts';
import { monitorBus } from '../support/desktop/bus.ts';
import type { Desktop } from '../support/desktop.ts';
import { treeUse } from './process-tree.ts';
import { round, type Summary, summarise } from './statistics.ts';

export interface WatchPlan {
  readonly rounds: number;
  readonly settleMs: number;
  readonly measureMs: number;
  /** How many copies of 1 MB are timed. */
  readonly copies: number;
}

export interface WatchResult {
  readonly idle: readonly {
    readonly onClipboard: string;
    /** CPU of the whole process tree, in percent of one core. */
    readonly watching: Summary;
    readonly off: Summary;
    /** 1 where both use nothing that can be measured. */
    readonly ratio: number;
  }[];
  /** From the copy of 1 MB of text until the tray's menu says so, in ms. */
  readonly noticedMs: Summary;
  /** CPU time of the main process's main thread for one such copy, in ms. */
  readonly mainThreadMs: Summary;
}

/** What watching costs while nothing is copied, and what a copy costs. */
export async function measureWatching(
  desktop: Desktop,
  app: AppCommand,
  plan: WatchPlan,
): Promise<WatchResult> {
  const contents = [
    ['100 KB of text', () => desktop.clipboard.writeText(textOf(100_000))],
    ['an image of 1920x1080', () => desktop.clipboard.writeImage(picture(1920, 1080))],
  ] as const;
  const idle = [];
  for (const [onClipboard, put] of contents) {
    await put();
    const cpu: Record<'watching' | 'off', number[]> = { watching: [], off: [] };
    for (let turn = 0; turn < plan.rounds; turn += 1) {
      const order =
        turn % 2 === 0 ? (['watching', 'off'] as const) : (['off', 'watching'] as const);
      for (const which of order) {
        cpu[which].push(await idleCpu(desktop, app, which === 'watching', plan));
      }
    }
    const watching = summarise(cpu.watching);
    const off = summarise(cpu.off);
    const ratio = watching.median === off.median ? 1 : round(watching.median / off.median);
    idle.push({ onClipboard, watching, off, ratio });
  }
  return { idle, ...(await measureCopies(desktop, app, plan.copies)) };
}

async function start(
  desktop: Desktop,
  command: AppCommand,
  watching: boolean,
): Promise<RunningApp> {
  const profile = await newProfile(desktop, {
    version: 1,
    graceSeconds: 0,
    watchClipboard: watching,
  });
  return launchApp({ desktop, command, profile });
}

async function idleCpu(
  desktop: Desktop,
  command: AppCommand,
  watching: boolean,
  plan: WatchPlan,
): Promise<number> {
  const running = await start(desktop, command, watching);
  try {
    // A process that was started has its id.
    const pid = running.child.pid as number;
    await pause(plan.settleMs);
    const before = treeUse(pid).cpuMs;
    const startedMs = performance.now();
    await pause(plan.measureMs);
    return ((treeUse(pid).cpuMs - before) / (performance.now() - startedMs)) * 100;
  } finally {
    await running.close();
  }
}

async function measureCopies(
  desktop: Desktop,
  command: AppCommand,
  copies: number,
): Promise<Pick<WatchResult, 'noticedMs' | 'mainThreadMs'>> {
  const running = await start(desktop, command, true);
  let onMenu: (() => void) | undefined;
  const stop = await monitorBus(
    desktop.env.DBUS_SESSION_BUS_ADDRESS ?? '',
    ["type='signal',interface='com.canonical.dbusmenu'"],
    ({ member }) => {
      if (member === 'LayoutUpdated' || member === 'ItemsPropertiesUpdated') onMenu?.();
    },
  );
  const noticed: number[] = [];
  const spent: number[] = [];
  try {
    await pause(3_000);
    for (let copy = 0; copy < copies + 2; copy += 1) {
      // Of another length each time, so that the menu has something new to say.
      const text = textOf(1_000_000 + copy);
      const beforeMs = mainThreadMs(running.child.pid as number);
      const startedMs = performance.now();
      const seen = new Promise<number>((resolve) => {
        onMenu = () => resolve(performance.now() - startedMs);
      });
      await desktop.clipboard.writeText(text);
      const tookMs = await seen;
      onMenu = undefined;
      await pause(700);
      // The first ones pay for what is loaded when it is needed.
      if (copy < 2) continue;
      noticed.push(tookMs);
      spent.push(mainThreadMs(running.child.pid as number) - beforeMs);
    }
  } finally {
    stop();
    await running.close();
  }
  return { noticedMs: summarise(noticed), mainThreadMs: summarise(spent) };
}

/** Time that the first thread of a process was on a CPU, in ms (Linux counts it in ns). */
function mainThreadMs(pid: number): number {
  const [ns] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(ns) / 1e6;
}

function textOf(bytes: number): string {
  const line = `${Math.random()} the quick brown fox jumps over the lazy dog\n`;
  return line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
}

/** A grey picture with noise, as PNG (third edition, 5.3 and 11.2). */
function picture(widthPx: number, heightPx: number): Buffer {
  const pixels = Buffer.alloc(heightPx * (1 + widthPx * 3));
  for (let at = 0; at < pixels.length; at += 7) pixels[at] = (at * 31) & 0x7f;
  for (let row = 0; row < heightPx; row += 1) pixels[row * (1 + widthPx * 3)] = 0;
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.byteLength, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Time that passes is what is being measured. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
