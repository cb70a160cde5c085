import { connectX11, within } from './connection.ts';

/** Longest time that the X server may take to answer, in ms; it takes less than 1. */
const RESPONSE_TIMEOUT_MS = 500;

/** Which keys are down, as the X server sees it: one bit for each keycode. */
export interface PressedKeys {
  /** Rejects where the X server is gone or silent. */
  read(): Promise<Uint8Array>;
  close(): void;
}

/**
 * Opens a connection that tells which keys are down. Global shortcuts are reported when pressed,
 * and again for each auto-repeat, but never when released.
 * @throws where there is no X server
 */
export async function openPressedKeys(): Promise<PressedKeys> {
  const { asked, client, close } = await within(RESPONSE_TIMEOUT_MS, connectX11());
  return {
    read: () =>
      within(
        RESPONSE_TIMEOUT_MS,
        asked((done) => client.QueryKeymap(done)),
      ),
    close,
  };
}
