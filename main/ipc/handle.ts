import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import * as v from 'valibot';
import { CALL_NAMES, channelOf, type Outcome } from '../../preload/contract.ts';
import type { CallingPage, Handlers } from './handlers.ts';

const refused = (sentence: string): Outcome<never> => ({
  ok: false,
  failure: { cause: 'refused-call', title: 'Not done', sentence },
});

/**
 * The only way in: registers the handler of each call behind a check of the sender, of the call
 * limit, and of the argument. Whatever goes wrong is answered as data; nothing of main's errors
 * reaches the page.
 * @param callerOf the page of ours that a call comes from; `undefined`: a stranger
 * @param mayCall whether one more call may run now
 */
export function registerCalls(
  ipcMain: Pick<IpcMain, 'handle'>,
  handlers: Handlers,
  callerOf: (event: IpcMainInvokeEvent) => CallingPage | undefined,
  mayCall: () => boolean,
): void {
  for (const name of CALL_NAMES) {
    const { schema, run }: AnyHandler = handlers[name];
    ipcMain.handle(channelOf(name), async (event, ...given: unknown[]) => {
      const page = callerOf(event);
      if (page === undefined) return refused('Untrusted sender.');
      if (!mayCall()) return refused('Too many calls per second.');
      const argument = v.safeParse(schema, given[0]);
      if (given.length > 1 || !argument.success) return refused('Invalid arguments.');
      try {
        return await run(argument.output, page);
      } catch {
        return refused('Internal error.');
      }
    });
  }
}

/** Each handler takes what its own schema gives. */
interface AnyHandler {
  readonly schema: v.GenericSchema;
  run(argument: unknown, page: CallingPage): unknown;
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
