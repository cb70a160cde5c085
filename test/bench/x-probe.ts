import x11, { type Display, type Fixes, type XTest } from 'x11';
import { SHORTCUT_KEYSYMS } from '../support/default-shortcut.ts';

const NEW_OWNER = 1;

/**
 * Presses keys and sees the clipboard change from one resident X client. A press is written to the
 * X server in the same call that reads the clock: no program has to start first.
 */
export interface XProbe extends ClipboardProbe {
  /** Presses the app's shortcut; answers the ms until somebody else owns the clipboard. */
  pressUntilClipboardChanges(limitMs: number): Promise<number>;
  press(): void;
}

/** Sees the clipboard change, without a program that starts for it. */
export interface ClipboardProbe {
  /**
   * Runs the task; answers the ms from then until somebody else owns the clipboard.
   * @throws Error where nobody does within `limitMs`
   */
  untilClipboardChanges(task: () => void, limitMs: number): Promise<number>;
  close(): void;
}

/** One measurement at a time: when the clipboard changes, `changed` is called. */
export function createClipboardProbe(close: () => void): {
  readonly probe: ClipboardProbe;
  readonly changed: (atMs: number) => void;
} {
  let onChange: ((atMs: number) => void) | undefined;
  return {
    changed: (atMs) => onChange?.(atMs),
    probe: {
      untilClipboardChanges(task, limitMs) {
        return new Promise((resolve, reject) => {
          const late = setTimeout(() => {
            onChange = undefined;
            reject(new Error(`no link within ${limitMs} ms`));
          }, limitMs);
          const startedMs = performance.now();
          onChange = (atMs) => {
            clearTimeout(late);
            onChange = undefined;
            resolve(atMs - startedMs);
          };
          task();
        });
      },
      close,
    },
  };
}

export async function openXProbe(display: string): Promise<XProbe> {
  const { client, screen, min_keycode, max_keycode } = await connect(display);
  const root = screen[0]?.root ?? 0;
  const clipboard = await promised<number>((done) => client.InternAtom(false, 'CLIPBOARD', done));
  const fixes = await promised<Fixes>((done) => client.require('fixes', done));
  const xtest = await promised<XTest>((done) => client.require('xtest', done));
  const rows = await promised<readonly (readonly number[])[]>((done) =>
    client.GetKeyboardMapping(min_keycode, max_keycode - min_keycode + 1, done),
  );
  const codes = SHORTCUT_KEYSYMS.map((keysym) => {
    const row = rows.findIndex((keysyms) => keysyms.includes(keysym));
    if (row < 0) throw new Error(`no key for keysym ${keysym}`);
    return min_keycode + row;
  });
  fixes.SelectSelectionInput(root, clipboard, NEW_OWNER);

  const { probe, changed } = createClipboardProbe(() => client.terminate());
  client.on('event', ({ name, selection, owner }) => {
    const nowMs = performance.now();
    if (name === 'SelectionNotify' && selection === clipboard && owner !== 0) changed(nowMs);
  });

  const send = (type: number, code: number): void => xtest.FakeInput(type, code, 0, root, 0, 0);
  const press = (): void => {
    for (const code of codes) send(xtest.KeyPress, code);
    for (const code of codes.toReversed()) send(xtest.KeyRelease, code);
  };
  return {
    ...probe,
    press,
    pressUntilClipboardChanges: (limitMs) => probe.untilClipboardChanges(press, limitMs),
  };
}

function connect(display: string): Promise<Display> {
  return promised((done) => {
    x11
      .createClient({ display }, done)
      .on('error', (error) => done(error as Error, undefined as never));
  });
}

function promised<T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}
