import { contextBridge, ipcRenderer } from 'electron';
import { type AppState, CHANNELS, type LinkifyBridge } from './contract.ts';

const bridge: LinkifyBridge = {
  share: (request) => ipcRenderer.invoke(CHANNELS.share, request),
  shareMany: (request) => ipcRenderer.invoke(CHANNELS.shareMany, request),
  revoke: (id) => ipcRenderer.invoke(CHANNELS.revoke, id),
  undo: (id) => ipcRenderer.invoke(CHANNELS.undo, id),
  copy: (id) => ipcRenderer.invoke(CHANNELS.copy, id),
  open: (id) => ipcRenderer.invoke(CHANNELS.open, id),
  forget: (id) => ipcRenderer.invoke(CHANNELS.forget, id),
  state: () => ipcRenderer.invoke(CHANNELS.state),
  recover: (id) => ipcRenderer.invoke(CHANNELS.recover, id),
  changeSettings: (change) => ipcRenderer.invoke(CHANNELS.changeSettings, change),
  hide: () => ipcRenderer.invoke(CHANNELS.hide),
  subscribe: (listener) => {
    // Electron's event stays here: the page gets the data alone.
    const forward = (_event: unknown, state: AppState): void => listener(state);
    ipcRenderer.on(CHANNELS.changed, forward);
    return () => {
      ipcRenderer.off(CHANNELS.changed, forward);
    };
  },
};

contextBridge.exposeInMainWorld('linkify', bridge);
