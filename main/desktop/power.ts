import { powerMonitor } from 'electron';

/** Calls back when the computer wakes up. @returns how to stop */
export function onResume(listener: () => void): () => void {
  powerMonitor.on('resume', listener);
  return () => {
    powerMonitor.off('resume', listener);
  };
}

/** Calls back when the computer wakes up, or its screen is unlocked. @returns how to stop */
export function onWake(listener: () => void): () => void {
  powerMonitor.on('resume', listener);
  powerMonitor.on('unlock-screen', listener);
  return () => {
    powerMonitor.off('resume', listener);
    powerMonitor.off('unlock-screen', listener);
  };
}

/** Since the last key press or mouse move, in seconds. */
export const idleSeconds = (): number => powerMonitor.getSystemIdleTime();
