import type { Desktop } from '../desktop.ts';
import { soakApp } from './app-soak.ts';
import { soakServer } from './server-soak.ts';
import type { Soaked } from './soak-record.ts';

/** A restart takes from the memory what has grown in it: few of them in a short run. */
const MINUTES_A_KILL = 4;

/** Uses a headless server and the app at once. @param minutes besides starts and the end */
export async function soak(desktop: Desktop, minutes: number): Promise<readonly Soaked[]> {
  const kills = Math.max(1, Math.floor(minutes / MINUTES_A_KILL));
  return await Promise.all([soakServer(minutes, kills), soakApp(desktop, minutes, kills)]);
}
