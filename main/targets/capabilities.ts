import type { Capabilities } from './target.ts';

/** A server that speaks the Linkify API and nothing else. */
export const API_ONLY: Capabilities = {
  shareOptions: false,
  restore: false,
  rename: false,
  changeOptions: false,
  openCounts: false,
  openEvents: false,
  localLinks: false,
  idempotencyKey: false,
  deletesContent: false,
  inProcess: false,
  movingAddress: false,
};

/** Our own server, wherever it runs (docs/api/extensions.md). */
export const OUR_SERVER: Capabilities = {
  ...API_ONLY,
  shareOptions: true,
  restore: true,
  rename: true,
  changeOptions: true,
  openCounts: true,
  idempotencyKey: true,
  deletesContent: true,
};

/** The server in this process. */
export const THIS_COMPUTER: Capabilities = {
  ...OUR_SERVER,
  openEvents: true,
  localLinks: true,
  inProcess: true,
  movingAddress: true,
};
