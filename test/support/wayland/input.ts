import { setTimeout as pause } from 'node:timers/promises';
import { connectWayland, type WaylandConnection } from './wire.ts';

/** A mouse that a test moves and presses. */
export interface Input {
  move(x: number, y: number): Promise<void>;
  click(button: 1 | 2 | 3): Promise<void>;
  close(): void;
}

/** Codes of linux/input-event-codes.h for the buttons 1 (left), 2 (middle) and 3 (right). */
const BUTTON_CODES = { 1: 0x110, 2: 0x112, 3: 0x111 } as const;

/** Programs draw and lay out between two steps of a hand, in ms. */
export const STEP_MS = 40;

export type Env = Readonly<Record<string, string>>;

/**
 * The pointer of a compositor based on wlroots (`zwlr_virtual_pointer_manager_v1`).
 * @param size of the whole screen in pixels
 */
export async function virtualPointer(
  env: Env,
  size: { readonly width: number; readonly height: number },
): Promise<Input> {
  const wayland = await connectWayland(env);
  const manager = wayland.bind('zwlr_virtual_pointer_manager_v1', 1);
  const pointer = wayland.newId();
  const [createPointer, moveTo, button, frame] = [0, 1, 2, 4];
  const anySeat = 0;
  wayland.request(manager, createPointer, anySeat, pointer);
  const now = (): number => Math.floor(performance.now());
  return createInput(wayland, {
    move(x, y) {
      wayland.request(pointer, moveTo, now(), x, y, size.width, size.height);
      wayland.request(pointer, frame);
    },
    press(code, state) {
      wayland.request(pointer, button, now(), code, state);
      wayland.request(pointer, frame);
    },
  });
}

/** @param device sends the requests of one kind of compositor */
export function createInput(
  wayland: WaylandConnection,
  device: {
    readonly move: (x: number, y: number) => void;
    readonly press: (code: number, state: 0 | 1) => void;
  },
): Input {
  const step = async (): Promise<void> => {
    await wayland.sync();
    await pause(STEP_MS);
  };
  return {
    async move(x, y) {
      device.move(x, y);
      await step();
    },
    async click(which) {
      for (const state of [1, 0] as const) {
        device.press(BUTTON_CODES[which], state);
        await step();
      }
    },
    close: () => wayland.close(),
  };
}
