import type { LinkifyBridge } from '../preload/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload; the page's only way to the app. */
    readonly linkify: LinkifyBridge;
  }
}
