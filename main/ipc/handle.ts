import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import type { Outcome } from '../../preload/contract.ts';

export interface HandleNeeds {
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean;
  /** May this call still run, or were there too many of late? */
  readonly mayCall: () => boolean;
}

const refused = (sentence: string): Outcome<never> => ({
  ok: false,
  failure: { cause: 'refused-call', title: 'Not done', sentence },
});

/**
 * The only way in: checks who calls, then what they say, then calls. Whatever goes wrong
 * is answered as data; nothing of main's errors reaches the page.
 */
export function createHandle({ ipcMain, isTrusted, mayCall }: HandleNeeds) {
  return <Schema extends v.GenericSchema, T>(
    channel: string,
    schema: Schema,
    run: (argument: v.InferOutput<Schema>) => Promise<Outcome<T>> | T,
  ): void => {
    ipcMain.handle(channel, async (event, ...given: unknown[]) => {
      if (!isTrusted(event)) return refused('This call did not come from the popover.');
      if (!mayCall()) return refused('Too many calls at once.');
      const argument = v.safeParse(schema, given[0]);
      if (given.length > 1 || !argument.success) return refused('This call made no sense.');
      try {
        return await run(argument.output);
      } catch {
        return refused('Something went wrong inside Linkify Tray. Please try again.');
      }
    });
  };
}

/** Lets so many calls through within a second, and no more. */
export function createCallLimit(perSecond: number, nowMs: () => number): () => boolean {
  let windowStartMs = nowMs();
  let calls = 0;
  return () => {
    const now = nowMs();
    if (now - windowStartMs >= 1000) {
      windowStartMs = now;
      calls = 0;
    }
    calls++;
    return calls <= perSecond;
  };
}
