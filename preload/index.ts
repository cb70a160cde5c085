import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  CHANNELS,
  type FileChallenge,
  type LinkifyBridge,
  type Outcome,
  type ShareTerms,
  type StateChange,
} from './contract.ts';

const withTerms = (terms: ShareTerms | undefined) => (terms === undefined ? {} : { terms });

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
  share: (request, terms) =>
    ipcRenderer.invoke(CHANNELS.share, { ...request, ...withTerms(terms) }),
  shareMany: (request, terms) =>
    ipcRenderer.invoke(CHANNELS.shareMany, { ...request, ...withTerms(terms) }),
  revoke: (id) => ipcRenderer.invoke(CHANNELS.revoke, id),
  restore: (id) => ipcRenderer.invoke(CHANNELS.restore, id),
  undo: (id) => ipcRenderer.invoke(CHANNELS.undo, id),
  copy: (id) => ipcRenderer.invoke(CHANNELS.copy, id),
  open: (id) => ipcRenderer.invoke(CHANNELS.open, id),
  test: (id) => ipcRenderer.invoke(CHANNELS.test, id),
  forget: (id) => ipcRenderer.invoke(CHANNELS.forget, id),
  state: () => ipcRenderer.invoke(CHANNELS.state),
  recover: (id) => ipcRenderer.invoke(CHANNELS.recover, id),
  changeSettings: (change) => ipcRenderer.invoke(CHANNELS.changeSettings, change),
  hide: () => ipcRenderer.invoke(CHANNELS.hide),
  // Only a file that someone dropped or chose has a path; one that script made up has none.
  shareFiles: async (files, terms) => {
    const paths = files.map((file) => webUtils.getPathForFile(file));
    const named: Outcome<FileChallenge> = await ipcRenderer.invoke(CHANNELS.nameFiles, paths);
    if (!named.ok) return named;
    const { id, nonce, parts } = named.value;
    const proofs = await Promise.all(
      files.map((file, at) => proofOf(file, nonce, parts[at] ?? []).catch(() => '')),
    );
    return ipcRenderer.invoke(CHANNELS.shareFiles, { id, proofs, ...withTerms(terms) });
  },
  cancelShare: () => ipcRenderer.invoke(CHANNELS.cancelShare),
  reach: (step) => ipcRenderer.invoke(CHANNELS.reach, step),
  rename: (id, name) => ipcRenderer.invoke(CHANNELS.rename, { id, name }),
  changeExpiry: (id, expiresInSeconds) =>
    ipcRenderer.invoke(CHANNELS.changeExpiry, { id, expiresInSeconds }),
  copyAs: (id, format) => ipcRenderer.invoke(CHANNELS.copyAs, { id, format }),
  shareClips: (ids, name, terms) =>
    ipcRenderer.invoke(CHANNELS.shareClips, {
      ids,
      ...(name === undefined ? {} : { name }),
      ...(terms === undefined ? {} : { terms }),
    }),
  forgetClip: (id) => ipcRenderer.invoke(CHANNELS.forgetClip, id),
  holdShortcuts: (held) => ipcRenderer.invoke(CHANNELS.holdShortcuts, held),
  testShortcut: () => ipcRenderer.invoke(CHANNELS.testShortcut),
  sendWaiting: (id) => ipcRenderer.invoke(CHANNELS.sendWaiting, id),
  discardWaiting: (id) => ipcRenderer.invoke(CHANNELS.discardWaiting, id),
  answer: (questionId, choiceId, remember) =>
    ipcRenderer.invoke(CHANNELS.answer, { questionId, choiceId, remember }),
  keepOpen: (on) => ipcRenderer.invoke(CHANNELS.keepOpen, on),
  exportSettings: () => ipcRenderer.invoke(CHANNELS.exportSettings),
  importSettings: () => ipcRenderer.invoke(CHANNELS.importSettings),
  subscribe: (listener) => {
    // Electron's event stays here: the page gets the data alone.
    const forward = (_event: unknown, change: StateChange): void => listener(change);
    ipcRenderer.on(CHANNELS.changed, forward);
    return () => {
      ipcRenderer.off(CHANNELS.changed, forward);
    };
  },
};

contextBridge.exposeInMainWorld('linkify', bridge);
