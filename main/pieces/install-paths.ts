import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type PortFilePlaces, portFilePaths } from './port-file.ts';

/** Where Pieces OS is looked for. */
export interface PiecesLocations {
  readonly portFiles: readonly string[];
  /** Absent: the usual ones. */
  readonly ports?: readonly number[];
}

/** Longest range that can be named. */
const MAX_PORTS = 100;

/**
 * The usual places, unless the environment names others: `LINKIFY_TRAY_PIECES_PORTS`, such as
 * `39300-39333`, and `LINKIFY_TRAY_PIECES_PORT_FILE`, a path. What cannot be read there is ignored.
 */
export function piecesLocations(
  places: PortFilePlaces,
  env: Readonly<Record<string, string | undefined>>,
): PiecesLocations {
  const file = env.LINKIFY_TRAY_PIECES_PORT_FILE;
  const ports = rangeIn(env.LINKIFY_TRAY_PIECES_PORTS ?? '');
  return {
    portFiles: file === undefined || file === '' ? portFilePaths(places) : [file],
    ...(ports === undefined ? {} : { ports }),
  };
}

function rangeIn(text: string): readonly number[] | undefined {
  const [, first = '', last = ''] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const from = Number(first);
  const count = Number(last) - from + 1;
  if (first === '' || from < 1 || Number(last) > 65_535 || count < 1 || count > MAX_PORTS) {
    return undefined;
  }
  return Array.from({ length: count }, (_, index) => from + index);
}

/** Folders that Pieces OS leaves where it is installed, besides those of its port files. */
const SNAP = '/snap/pieces-os';

/** Whether Pieces OS has ever run here, or is installed as the snap that Linux has it as. */
export async function isPiecesInstalled(portFiles: readonly string[]): Promise<boolean> {
  const folders = [...portFiles.map((file) => dirname(file)), SNAP];
  const found = await Promise.all(
    folders.map((folder) =>
      access(folder).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
