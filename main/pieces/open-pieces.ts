import { readFile } from 'node:fs/promises';
import type { LinkifyService } from '../linkify/model.ts';
import { readListeners } from '../linkify/peer/listeners.ts';
import { isPortOpen } from '../linkify/peer/port-open.ts';
import { findServices } from './find-pieces.ts';
import { isPiecesInstalled, piecesLocations } from './install-paths.ts';
import type { PortFilePlaces } from './port-file.ts';
import { probe } from './probe.ts';
import { PiecesSession } from './session.ts';
import { createPiecesWatch, type PiecesWatch } from './watch.ts';
import { watchPortFiles } from './watch-port-file.ts';

export interface PiecesOptions {
  readonly places: PortFilePlaces;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly createClient: (baseUrl: string) => Promise<LinkifyService>;
  /** What the user said of another user's service; `undefined`: never asked. */
  readonly isTrusted: (uid: number) => boolean | undefined;
  /** Ports that we listen on ourselves. */
  readonly ownPorts: ReadonlySet<number>;
  /** Calls back when the computer wakes up; returns how to stop. */
  readonly onResume: (listener: () => void) => () => void;
  /** Whether the system knows an app for `pieces://`. */
  readonly hasProtocolHandler: () => boolean;
}

/** Pieces OS on this computer: its session, what keeps that fresh, and whether it is installed. */
export interface Pieces {
  readonly session: Pick<PiecesSession, keyof PiecesSession>;
  readonly watch: PiecesWatch;
  readonly isInstalled: () => Promise<boolean>;
}

/** Pauses between two looks for Pieces OS while it is absent, in ms; docs/contributing/pieces-os.md says why. */
const LISTED = { absentMs: 60_000, waitingMs: 1_000 };
const UNLISTED = { absentMs: 5 * 60_000, waitingMs: 5_000 };

/** Prepares the search for Pieces OS; nothing is asked before the first look. */
export function openPieces(options: PiecesOptions): Pieces {
  const { platform } = options.places;
  const { portFiles, ports } = piecesLocations(options.places, options.env);
  const session = new PiecesSession({
    find: () =>
      findServices({
        portFiles,
        readFile: (path) => readFile(path, 'utf8'),
        listeners: () => readListeners(),
        isOpen: isPortOpen,
        probe,
        ownUid: process.getuid?.(),
        platform,
        except: options.ownPorts,
        ...(ports === undefined ? {} : { ports }),
      }),
    createClient: options.createClient,
    isTrusted: options.isTrusted,
    comparesInstallation: platform !== 'linux',
  });
  const watch = createPiecesWatch({
    session,
    // Linux keeps a list of listeners: a look there touches no port at all.
    ...(platform === 'linux' ? LISTED : UNLISTED),
    onEvents(listener) {
      const stopFiles = watchPortFiles(portFiles, listener);
      const stopResume = options.onResume(listener);
      return () => {
        stopFiles();
        stopResume();
      };
    },
  });
  return {
    session,
    watch,
    isInstalled: async () =>
      (await isPiecesInstalled(portFiles)) ||
      // On Linux this starts a program and waits for it.
      (platform !== 'linux' && options.hasProtocolHandler()),
  };
}
