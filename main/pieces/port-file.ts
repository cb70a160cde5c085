import { posix, win32 } from 'node:path';

export interface PortFilePlaces {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** The Documents folder as the system names it: it may be redirected. */
  readonly documents?: string;
  /** `%LOCALAPPDATA%` */
  readonly localAppData?: string;
}

/** Where Pieces OS writes the port that it listens on; it may be any of these, newest habit first. */
export function portFilePaths(places: PortFilePlaces): readonly string[] {
  const { platform, home, localAppData } = places;
  const { join } = platform === 'win32' ? win32 : posix;
  const documents = places.documents ?? join(home, 'Documents');
  const inside = (folder: string, config: string) =>
    join(folder, 'com.pieces.os', 'production', config, '.port.txt');
  switch (platform) {
    case 'darwin':
      return [inside(join(home, 'Library'), 'Config')];
    case 'win32':
      return [
        ...(localAppData === undefined
          ? []
          : [
              inside(
                join(localAppData, 'Mesh Intelligent Technologies, Inc', 'Pieces OS'),
                'Config',
              ),
            ]),
        inside(documents, 'Config'),
      ];
    default:
      // One vendor note spells the folder in lower case, which is another one here.
      return [inside(documents, 'Config'), inside(documents, 'config')];
  }
}

/** The port in a port file; crashes were seen to leave rubbish in it. */
export function portIn(text: string): number | undefined {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^\d{1,5}$/.test(trimmed)) return undefined;
  const port = Number(trimmed);
  return port >= 1 && port <= 65_535 ? port : undefined;
}
