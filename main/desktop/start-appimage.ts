import { spawn } from 'node:child_process';
import { withInheritedUmask } from '../files/private-files.ts';
import { withoutAppImage } from '../updates/appimage.ts';

/** Starts an AppImage that outlives this process; it waits for the end of this one by itself. */
export function startAppImage(appImage: string, args: readonly string[]): void {
  const env = withoutAppImage(process.env);
  withInheritedUmask(() =>
    spawn(appImage, args, { detached: true, stdio: 'ignore', env }).on('error', () => undefined),
  );
}
