import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CALL_NAMES, type CallMethods, CHANGED_CHANNEL, channelOf } from './calls.ts';
import type { FileChallenge, LinkifyBridge, StateChange } from './contract.ts';

/**
 * One method for each call in the table (`share`, `shareMany`, `revoke` and the others), each bound
 * to its own channel: the page can't choose one. Main checks sender and argument.
 */
const { nameFiles, shareNamedFiles, ...calls } = Object.fromEntries(
  CALL_NAMES.map((name) => [
    name,
    (...argument: unknown[]) => ipcRenderer.invoke(channelOf(name), ...argument.slice(0, 1)),
  ]),
  // Safe: main registers the table's handlers, whose argument and result these types are.
) as CallMethods;

/** Shows that the page can read a file: main does not take a path for it. SHA-256, in hex. */
async function proofOf(
  file: File,
  nonce: string,
  parts: FileChallenge['parts'][number],
): Promise<string> {
  const known = await new Blob([
    Uint8Array.from(nonce.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)),
    ...parts.map(({ offset, bytes }) => file.slice(offset, offset + bytes)),
  ]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', known));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const bridge: LinkifyBridge = {
  ...calls,
  // Only a file that someone dropped or chose has a path; one that script made up has none.
  async shareFiles(files, shareOptions) {
    const named = await nameFiles(files.map((file) => webUtils.getPathForFile(file)));
    if (!named.ok) return named;
    const { id, nonce, parts } = named.value;
    const proofs = await Promise.all(
      files.map((file, at) => proofOf(file, nonce, parts[at] ?? []).catch(() => '')),
    );
    return shareNamedFiles({ id, proofs, ...(shareOptions === undefined ? {} : { shareOptions }) });
  },
  subscribe(listener) {
    // Electron's event stays here: the page gets the data alone.
    const forward = (_event: unknown, change: StateChange): void => listener(change);
    ipcRenderer.on(CHANGED_CHANNEL, forward);
    return () => {
      ipcRenderer.off(CHANGED_CHANNEL, forward);
    };
  },
};

contextBridge.exposeInMainWorld('linkify', bridge);
