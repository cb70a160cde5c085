import type { Message } from 'dbus-native';
import { isUri, locationOfUri } from '../../clipboard/file-location.ts';
import type { SessionBus } from './session-bus.ts';

const NAME = 'app.linkify.tray';
const OBJECT = '/app/linkify/tray';
const INTERFACE = 'org.freedesktop.Application';

/** `RequestName`: fail if another process has the name, instead of waiting for it. */
const DO_NOT_QUEUE = 4;
const PRIMARY_OWNER = 1;

export const APPLICATION_ACTIONS = ['share-clipboard', 'open', 'settings'] as const;
export type ApplicationAction = (typeof APPLICATION_ACTIONS)[number];

export interface ApplicationHandlers {
  activate(): void;
  /** @param paths absolute paths of files of this computer, as `FileLocation`; one at least */
  open(paths: readonly string[]): void;
  action(name: ApplicationAction): void;
}

/**
 * Offers the app on the session bus (Desktop Entry Specification 1.5, "D-Bus Activation"): desktops
 * activate it, and a bound command reaches it without another process of the app. Calls are answered
 * before they are done.
 * @returns whether the app has the name; false: another process has it, or there is no bus
 */
export async function serveApplication(
  bus: SessionBus,
  handlers: ApplicationHandlers,
): Promise<boolean> {
  try {
    const connection = await bus.open();
    // Without a prototype: the names of members come from other programs.
    const methods = withoutPrototype({
      Activate(...call: unknown[]): null {
        argumentsOf(call, 'a{sv}');
        setImmediate(() => handlers.activate());
        return null;
      },
      Open(...call: unknown[]): null {
        const [uris] = argumentsOf(call, 'asa{sv}');
        const paths = pathsOf(uris);
        setImmediate(() => handlers.open(paths));
        return null;
      },
      ActivateAction(...call: unknown[]): null {
        const [name, parameters] = argumentsOf(call, 'sava{sv}');
        const action = APPLICATION_ACTIONS.find((known) => known === name);
        if (action === undefined) throw invalidArguments('unknown action');
        if (!Array.isArray(parameters) || parameters.length > 0) {
          throw invalidArguments('actions take no parameter');
        }
        setImmediate(() => handlers.action(action));
        return null;
      },
    });
    connection.exportInterface(methods, OBJECT, {
      name: INTERFACE,
      methods: withoutPrototype({
        Activate: ['a{sv}', '', ['platform_data'], []],
        Open: ['asa{sv}', '', ['uris', 'platform_data'], []],
        ActivateAction: ['sava{sv}', '', ['action_name', 'parameter', 'platform_data'], []],
      }),
      signals: {},
    });
    return (await connection.requestName(NAME, DO_NOT_QUEUE)) === PRIMARY_OWNER;
  } catch {
    return false;
  }
}

/**
 * The arguments of a call; dbus-native passes them with the message behind them, and doesn't compare
 * them with the signature of the method.
 */
function argumentsOf(call: readonly unknown[], signature: string): readonly unknown[] {
  // Safe: the last argument is the message.
  const message = call.at(-1) as Message;
  if (message.signature !== signature) throw invalidArguments(`expected (${signature})`);
  return call.slice(0, -1);
}

function pathsOf(uris: unknown): readonly string[] {
  const locations = (Array.isArray(uris) ? uris : []).map((uri) => locationOfUri(String(uri)));
  if (locations.length === 0) throw invalidArguments('no files');
  if (locations.some((location) => isUri(location) || !location.startsWith('/'))) {
    throw invalidArguments('not a file of this computer');
  }
  return locations;
}

/** An error that the caller gets as `org.freedesktop.DBus.Error.InvalidArgs`. */
function invalidArguments(message: string): Error {
  return Object.assign(new Error(message), { dbusName: 'org.freedesktop.DBus.Error.InvalidArgs' });
}

function withoutPrototype<T extends object>(members: T): T {
  // Safe: the same members.
  return Object.assign(Object.create(null), members) as T;
}
