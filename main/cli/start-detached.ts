import { type ChildProcess, spawn } from 'node:child_process';
import type { Options } from './options.ts';

/**
 * Starts the app as a process of its own, without a window.
 * @param folder the profile folder, which exists
 */
export function startDetached(
  [program, ...args]: readonly [string, ...string[]],
  folder: string,
  { serviceToken, serviceUrl, switches, userDataDir }: Options,
): ChildProcess {
  const given = [
    ...switches,
    ...(userDataDir === undefined ? [] : [`--user-data-dir=${userDataDir}`]),
    '--background',
    ...(serviceUrl === undefined ? [] : [`--service-url=${serviceUrl}`]),
  ];
  return spawn(program, [...args, ...given], {
    cwd: folder,
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      // Not on the command line, which every user can read.
      ...(serviceToken === undefined ? {} : { LINKIFY_TRAY_TOKEN: serviceToken }),
    },
  });
}
