import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { app, powerMonitor } from 'electron';
import type { LinkifyService } from './linkify/model.ts';
import { readListeners } from './linkify/peer/listeners.ts';
import { isPortOpen } from './linkify/peer/port-open.ts';
import { findServices } from './pieces/find-pieces.ts';
import { isPiecesHere, piecesPlaces } from './pieces/install-paths.ts';
import { probe } from './pieces/probe.ts';
import { createPiecesSession, type PiecesSession } from './pieces/session.ts';
import { createPiecesWatch, type PiecesWatch } from './pieces/watch.ts';
import { watchPortFiles } from './pieces/watch-port-file.ts';

export interface ComposePiecesNeeds {
  readonly createClient: (baseUrl: string) => Promise<LinkifyService>;
  readonly isTrusted: (uid: number) => boolean | undefined;
  /** Ports that we listen on ourselves. */
  readonly ownPorts: () => ReadonlySet<number>;
}

/** Pauses between two looks for Pieces OS while it is absent, in ms; docs/pieces-os.md says why. */
const LISTED = { absentMs: 60_000, waitingMs: 1_000 };
const UNLISTED = { absentMs: 5 * 60_000, waitingMs: 5_000 };

/** Connects the parts that find Pieces OS and keep its state fresh. */
export function composePieces(needs: ComposePiecesNeeds): {
  readonly session: PiecesSession;
  readonly watch: PiecesWatch;
  readonly isInstalled: () => Promise<boolean>;
} {
  const { platform, env } = process;
  const { portFiles, ports } = piecesPlaces(
    {
      platform,
      home: homedir(),
      documents: app.getPath('documents'),
      ...(env.LOCALAPPDATA === undefined ? {} : { localAppData: env.LOCALAPPDATA }),
    },
    env,
  );
  const session = createPiecesSession({
    find: () =>
      findServices({
        portFiles,
        readFile: (path) => readFile(path, 'utf8'),
        listeners: () => readListeners(),
        isOpen: isPortOpen,
        probe,
        ownUid: process.getuid?.(),
        platform,
        except: needs.ownPorts(),
        ...(ports === undefined ? {} : { ports }),
      }),
    createClient: needs.createClient,
    isTrusted: needs.isTrusted,
    comparesInstallation: platform !== 'linux',
  });
  const watch = createPiecesWatch({
    session,
    // Linux keeps a list of listeners: a look there touches no port at all.
    ...(platform === 'linux' ? LISTED : UNLISTED),
    onEvents(listener) {
      const stopFiles = watchPortFiles(portFiles, listener);
      powerMonitor.on('resume', listener);
      return () => {
        stopFiles();
        powerMonitor.off('resume', listener);
      };
    },
  });
  return {
    session,
    watch,
    isInstalled: async () =>
      (await isPiecesHere(portFiles)) ||
      // On Linux this starts a program and waits for it.
      (platform !== 'linux' && app.getApplicationNameForProtocol('pieces://') !== ''),
  };
}
