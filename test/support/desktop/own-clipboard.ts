import x11, { type Client, type Display, type XEvent } from 'x11';

/** A program that owns the clipboard for as long as it is not closed. */
export interface ClipboardOwner {
  close(): void;
}

const XA_ATOM = 4;

/**
 * Owns the clipboard with several formats at once, as an X client of its own: xclip offers one.
 * @param parts contents by their formats (`UTF8_STRING`, `text/html`), 100 KB at most each
 */
export async function ownClipboard(
  display: string,
  parts: Readonly<Record<string, string>>,
): Promise<ClipboardOwner> {
  const { client, screen } = await connect(display);
  const atom = (name: string) => promised<number>((done) => client.InternAtom(false, name, done));
  const [clipboard, targets] = [await atom('CLIPBOARD'), await atom('TARGETS')];
  const offered = new Map<number, Buffer>();
  for (const [format, content] of Object.entries(parts)) {
    offered.set(await atom(format), Buffer.from(content));
  }
  const window = client.AllocID();
  client.CreateWindow(window, screen[0]?.root ?? 0, 0, 0, 1, 1);
  client.on('event', (event) => answer(client, event, targets, offered));
  client.SetSelectionOwner(window, clipboard);
  // A question is answered once all before it was done.
  await atom('CLIPBOARD_OWNED');
  return { close: () => client.terminate() };
}

/** Whether a program owns this selection, such as `CLIPBOARD_MANAGER`. */
export async function isOwned(display: string, selection: string): Promise<boolean> {
  const { client } = await connect(display);
  try {
    const atom = await promised<number>((done) => client.InternAtom(false, selection, done));
    return (await promised<number>((done) => client.GetSelectionOwner(atom, done))) !== 0;
  } finally {
    client.terminate();
  }
}

const connect = (display: string): Promise<Display> =>
  promised((done) => {
    x11.createClient({ display }, done).on('error', () => {});
  });

/** ICCCM, section 2.2: the content goes into the property that was asked for, then the notice. */
function answer(
  client: Client,
  event: XEvent,
  targets: number,
  offered: ReadonlyMap<number, Buffer>,
): void {
  const { name, time = 0, requestor, selection = 0, target = 0, property = 0 } = event;
  if (name !== 'SelectionRequest' || requestor === undefined) return;
  const content = offered.get(target);
  const into = property === 0 ? target : property;
  if (target === targets) {
    client.ChangeProperty(0, requestor, into, XA_ATOM, 32, [targets, ...offered.keys()]);
  } else if (content !== undefined) {
    client.ChangeProperty(0, requestor, into, target, 8, content);
  }
  const done = target === targets || content !== undefined ? into : 0;
  client.SendEvent(requestor, 0, 0, {
    name: 'SelectionNotify',
    time,
    requestor,
    selection,
    target,
    property: done,
  });
}

function promised<T>(
  call: (done: (error: Error | null | undefined, value: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value)));
  });
}
