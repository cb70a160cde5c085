import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message } from 'dbus-native';
import { type Bus, monitorBus } from './bus.ts';
import { runProgram } from './processes.ts';
import { waitFor } from './wait-for.ts';

/** A notification as the desktop's notification daemon received it. */
export interface ShownNotification {
  readonly id: number;
  readonly app: string;
  readonly summary: string;
  readonly body: string;
  /** Key and label of each action, in order; a plain click is `default`. */
  readonly actions: readonly { readonly key: string; readonly label: string }[];
  readonly replacesId: number;
}

export interface Notifications {
  /** All since the desktop started, oldest first. */
  all(): readonly ShownNotification[];
  /** The first one that fits, waiting for it; only those after the last `forget`. */
  waitFor(
    wanted: (notification: ShownNotification) => boolean,
    limitMs?: number,
  ): Promise<ShownNotification>;
  /** Clicks it with the mouse: its default action. */
  click(id: number): Promise<void>;
  /** Presses one of its buttons. */
  press(id: number, label: string): Promise<void>;
  /** Closes all that are shown, and forgets what came so far. */
  clear(): Promise<void>;
  close(): void;
}

const SERVICE = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
} as const;

const METHOD_CALL = 1;
const METHOD_RETURN = 2;

/** What a desktop shows of its notifications. */
export interface NotificationScreen {
  count(): Promise<number>;
  /** Clicks the only one that is shown. */
  click(): Promise<void>;
  press(id: number, label: string): Promise<void>;
}

const DUNST = 'org.dunstproject.cmd0';

/** The number of notifications that dunst shows. */
export async function dunstCount(bus: Bus): Promise<number> {
  return Number(await bus.property(SERVICE, DUNST, 'displayedLength'));
}

/**
 * Presses a button. dunst lists those of all notifications in a menu of another program, which is a
 * script here (session-files.ts) that picks one line: `#LABEL (TITLE) [ID,KEY]`.
 * @param dir where that script is
 */
export async function pressOnDunst(
  bus: Bus,
  dir: string,
  id: number,
  label: string,
): Promise<void> {
  await writeFile(join(dir, 'dmenu-choice'), `^#${label} (.*\\[${id},`);
  await bus.call({ ...SERVICE, interface: DUNST, member: 'ContextMenuCall' });
}

export function dunstOnX11(bus: Bus, env: NodeJS.ProcessEnv, dir: string): NotificationScreen {
  return {
    count: () => dunstCount(bus),
    press: (id, label) => pressOnDunst(bus, dir, id, label),
    async click() {
      const found = await runProgram(
        'xdotool',
        ['search', '--onlyvisible', '--class', 'Dunst', 'getwindowgeometry', '--shell'],
        { env },
      );
      const at = (name: string): number =>
        Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(found.toString())?.[1]);
      const x = at('X') + Math.floor(at('WIDTH') / 2);
      const y = at('Y') + Math.floor(at('HEIGHT') / 2);
      await runProgram('xdotool', ['mousemove', String(x), String(y), 'click', '1'], { env });
    },
  };
}

/** Records the notifications that programs send over a session bus. */
export async function watchNotifications(
  address: string,
  bus: Bus,
  screen: NotificationScreen,
): Promise<Notifications> {
  const asked = new Map<string, readonly unknown[]>();
  let seen: ShownNotification[] = [];

  const onMessage = (message: Message): void => {
    const { body = [] } = message;
    if (message.type === METHOD_CALL && message.member === 'Notify') {
      asked.set(`${message.sender}/${message.serial}`, body);
    } else if (message.type === METHOD_RETURN) {
      const key = `${message.destination}/${message.replySerial}`;
      const request = asked.get(key);
      const id: unknown = body[0];
      if (request !== undefined && typeof id === 'number') seen.push(toNotification(id, request));
      asked.delete(key);
    }
  };
  const stop = await monitorBus(
    address,
    [
      `type='method_call',interface='${SERVICE.interface}',member='Notify'`,
      `type='method_return',sender='${SERVICE.destination}'`,
    ],
    onMessage,
  );

  const closeOne = (id: number): Promise<unknown> =>
    // The daemon refuses where it is already gone.
    bus
      .call({ ...SERVICE, member: 'CloseNotification', signature: 'u', body: [id] })
      .catch(() => []);

  return {
    all: () => seen,
    async waitFor(wanted, limitMs) {
      const found = await waitFor('a notification', () => seen.find(wanted), limitMs).catch(
        (error: Error) => {
          const there = seen.map((n) => `${n.summary}: ${n.body}`).join('\n');
          throw new Error(`${error.message}; those that came:\n${there || '(none)'}`);
        },
      );
      await waitFor('the notification on screen', async () => (await screen.count()) > 0);
      return found;
    },
    async click(id) {
      for (const other of seen) if (other.id !== id) await closeOne(other.id);
      await waitFor('one notification on screen', async () => (await screen.count()) === 1);
      // What the click did may be told by another one at once.
      const newest = (): number | undefined => seen.at(-1)?.id;
      const before = newest();
      await screen.click();
      await waitFor(
        'the notification to close',
        async () => (await screen.count()) === 0 || newest() !== before,
      );
    },
    press: screen.press,
    async clear() {
      for (const notification of seen) await closeOne(notification.id);
      seen = [];
    },
    close: stop,
  };
}

function toNotification(id: number, body: readonly unknown[]): ShownNotification {
  // The signature is susssasa{sv}i; the daemon has already accepted it.
  const [app, replacesId, , summary, text, flat] = body as [
    string,
    number,
    string,
    string,
    string,
    string[],
  ];
  const actions = [];
  for (let i = 0; i + 1 < flat.length; i += 2) {
    actions.push({ key: flat[i] ?? '', label: flat[i + 1] ?? '' });
  }
  return { id, app, replacesId, summary, body: text, actions };
}
