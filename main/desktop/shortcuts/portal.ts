import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { Message } from 'dbus-native';
import type { SessionBus } from '../dbus/session-bus.ts';

const DBUS = 'org.freedesktop.DBus';
const PORTAL = 'org.freedesktop.portal.Desktop';
const OBJECT = '/org/freedesktop/portal/desktop';
const SHORTCUTS = 'org.freedesktop.portal.GlobalShortcuts';
const REQUEST = 'org.freedesktop.portal.Request';
const SESSION = 'org.freedesktop.portal.Session';

/** At login the bus may have to start portal and backends first, in ms. */
const TIMEOUT_MS = 20_000;

export interface WantedShortcut {
  readonly id: string;
  /** Shown in the desktop's dialog. */
  readonly description: string;
  /** Keys in the syntax of the shortcuts specification; the desktop may assign others. */
  readonly trigger: string;
}

/** The keys that the desktop assigned, in its words, by id; empty: none. */
export type BoundShortcuts = ReadonlyMap<string, string>;

export type BindResult =
  /** Shortcuts that are missing were denied. */
  | { readonly kind: 'bound'; readonly shortcuts: BoundShortcuts }
  | { readonly kind: 'unavailable' }
  /** A later request took the place of this one. */
  | { readonly kind: 'superseded' };

interface PortalEvents {
  pressed: [id: string];
  released: [id: string];
  /** The user changed keys in the desktop's settings. */
  changed: [shortcuts: BoundShortcuts];
  /** The portal ended the session, or itself: nothing is bound any more. */
  ended: [];
  /** A portal has started. */
  started: [];
}

export interface ShortcutsPortalOptions {
  readonly bus: SessionBus;
  /** Name of the app's desktop file, without `.desktop`, which must be installed. */
  readonly appId: string;
  /** The portal itself must answer within this time, in ms; its dialogs have no limit. */
  readonly timeoutMs?: number;
}

interface Waiting {
  resolve(results: Readonly<Record<string, unknown>>): void;
  reject(error: Error): void;
}

/**
 * Client of the GlobalShortcuts portal, versions 1 and 2.
 * @see https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.GlobalShortcuts.html
 */
export class ShortcutsPortal extends EventEmitter<PortalEvents> {
  readonly #options: ShortcutsPortalOptions;
  /** Unique name of the portal that answers; `undefined` before it has, and after it ended. */
  #owner: string | undefined;
  #version = 0;
  #session: string | undefined;
  /** Requests that wait for their response, by object path. */
  readonly #waiting = new Map<string, Waiting>();
  /** Counts calls of `bind`: the last one wins. */
  #binds = 0;
  #isConnecting = false;
  /** Another process became the portal while a connection was made. */
  #hasStarted = false;

  constructor(options: ShortcutsPortalOptions) {
    super();
    const { bus } = options;
    this.#options = options;
    for (const name of [SHORTCUTS, REQUEST, SESSION]) {
      bus.watch(`type='signal',sender='${PORTAL}',interface='${name}'`);
    }
    bus.watch(`type='signal',sender='${DBUS}',member='NameOwnerChanged',arg0='${PORTAL}'`);
    bus.on('signal', (message) => this.#onSignal(message));
    bus.on('closed', () => this.#onOwner(''));
  }

  /** Whether `configure` opens the desktop's dialog. */
  canConfigure(): boolean {
    return this.#version >= 2 && this.#session !== undefined;
  }

  /**
   * Asks for exactly these shortcuts, in one request. The desktop may ask the user first, however
   * long that takes. Never rejects.
   */
  async bind(wanted: readonly WantedShortcut[]): Promise<BindResult> {
    const mine = ++this.#binds;
    const isLast = (): boolean => mine === this.#binds;
    try {
      await this.#connect();
      if (!isLast()) return { kind: 'superseded' };
      // Shortcuts of a session can be bound once, so each request has a session of its own. An open
      // dialog belongs to the old one.
      this.#endSession();
      const session = await this.#createSession();
      if (!isLast()) {
        this.#close(session, SESSION);
        return { kind: 'superseded' };
      }
      this.#session = session;
      const { answered } = await this.#request('BindShortcuts', 'oa(sa{sv})sa{sv}', (options) => [
        session,
        wanted.map(({ id, description, trigger }) => [
          id,
          [
            ['description', ['s', description]],
            ['preferred_trigger', ['s', trigger]],
          ],
        ]),
        '',
        options,
      ]);
      // GNOME 48 answers 2 (failed) also if it has bound them, so the code says nothing.
      const { shortcuts } = await answered;
      if (!isLast()) return { kind: 'superseded' };
      return { kind: 'bound', shortcuts: readShortcuts(shortcuts) };
    } catch {
      return { kind: isLast() ? 'unavailable' : 'superseded' };
    }
  }

  /**
   * Opens the desktop's dialog for the keys of what is bound (version 2).
   * @throws where it can't: see `canConfigure`
   */
  async configure(): Promise<void> {
    if (!this.canConfigure()) throw new Error('the portal has no dialog for keys');
    await this.#call({
      interface: SHORTCUTS,
      member: 'ConfigureShortcuts',
      signature: 'osa{sv}',
      body: [this.#session, '', []],
    });
  }

  /** Finds the portal, and tells it which app this connection belongs to. @throws without a portal */
  async #connect(): Promise<void> {
    if (this.#owner !== undefined) return;
    this.#isConnecting = true;
    this.#hasStarted = false;
    try {
      // Before any other call: the portal takes the app from its first one. Portals before 1.20 have
      // no registry, and derive the app from the process.
      await this.#call({
        interface: 'org.freedesktop.host.portal.Registry',
        member: 'Register',
        signature: 'sa{sv}',
        body: [this.#options.appId, []],
      }).catch((error: unknown) => {
        if (isTimeout(error)) throw error;
      });
      this.#version = await this.#call<number>({
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [SHORTCUTS, 'version'],
      });
      this.#owner = await this.#options.bus.call<string>(
        {
          destination: DBUS,
          path: '/org/freedesktop/DBus',
          interface: DBUS,
          member: 'GetNameOwner',
          signature: 's',
          body: [PORTAL],
        },
        this.#timeoutMs(),
      );
      this.#isConnecting = false;
    } catch (error) {
      this.#isConnecting = false;
      // It started after it was called.
      if (this.#hasStarted) this.emit('started');
      throw error;
    }
  }

  async #createSession(): Promise<string> {
    const { path, answered } = await this.#request('CreateSession', 'a{sv}', (options) => [
      [...options, ['session_handle_token', ['s', newToken()]]],
    ]);
    const timer = setTimeout(
      () => this.#waiting.get(path)?.reject(new Error('the portal does not answer')),
      this.#timeoutMs(),
    );
    const { session_handle: handle } = await answered.finally(() => clearTimeout(timer));
    if (typeof handle !== 'string') throw new Error('the portal created no session');
    return handle;
  }

  /**
   * Makes a call that is answered by a signal (org.freedesktop.portal.Request).
   * @returns the path of the request, and its results
   */
  async #request(
    member: string,
    signature: string,
    body: (options: readonly unknown[]) => unknown[],
  ): Promise<{
    readonly path: string;
    readonly answered: Promise<Readonly<Record<string, unknown>>>;
  }> {
    const { name = '' } = await this.#options.bus.open();
    const token = newToken();
    const path = `${OBJECT}/request/${name.slice(1).replaceAll('.', '_')}/${token}`;
    const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    this.#waiting.set(path, { resolve, reject });
    const answered = promise.finally(() => this.#waiting.delete(path));
    // The call fails first, or nobody waits any more.
    answered.catch(() => {});
    const call = { interface: SHORTCUTS, member, signature };
    await this.#call({ ...call, body: body([['handle_token', ['s', token]]]) }).catch(
      (error: Error) => {
        reject(error);
        throw error;
      },
    );
    return { path, answered };
  }

  #call<T = unknown>(message: Message): Promise<T> {
    return this.#options.bus.call<T>(
      { destination: PORTAL, path: OBJECT, ...message },
      this.#timeoutMs(),
    );
  }

  #timeoutMs(): number {
    return this.#options.timeoutMs ?? TIMEOUT_MS;
  }

  /** Lets go of what is bound and asked for. */
  #endSession(): void {
    for (const [path, { reject }] of this.#waiting) {
      this.#close(path, REQUEST);
      reject(new Error('another request took its place'));
    }
    if (this.#session !== undefined) this.#close(this.#session, SESSION);
    this.#session = undefined;
  }

  #close(path: string, of: typeof REQUEST | typeof SESSION): void {
    void this.#call({ path, interface: of, member: 'Close' }).catch(() => {});
  }

  #onSignal({ sender, path, interface: of, member, body = [] }: Message): void {
    if (sender === DBUS && member === 'NameOwnerChanged' && body[0] === PORTAL) {
      this.#onOwner(String(body[2]));
      return;
    }
    // Anyone on the bus can send us signals.
    if (sender === undefined || sender !== this.#owner || path === undefined) return;
    if (of === REQUEST && member === 'Response') {
      this.#waiting.get(path)?.resolve(recordOf(body[1]));
    } else if (of === SESSION && member === 'Closed' && path === this.#session) {
      this.#session = undefined;
      this.emit('ended');
    } else if (of === SHORTCUTS && body[0] === this.#session) {
      if (member === 'Activated' && typeof body[1] === 'string') this.emit('pressed', body[1]);
      if (member === 'Deactivated' && typeof body[1] === 'string') this.emit('released', body[1]);
      if (member === 'ShortcutsChanged') this.emit('changed', readShortcuts(body[1]));
    }
  }

  /** Another process is the portal now; empty: none. */
  #onOwner(owner: string): void {
    // Our own first call starts it.
    if (this.#isConnecting) this.#hasStarted ||= owner !== '';
    if (this.#isConnecting || owner === this.#owner) return;
    const hadOne = this.#owner !== undefined;
    this.#owner = undefined;
    this.#session = undefined;
    this.#version = 0;
    for (const { reject } of this.#waiting.values()) reject(new Error('the portal has ended'));
    if (owner !== '') this.emit('started');
    else if (hadOne) this.emit('ended');
  }
}

const newToken = (): string => `linkify_${randomBytes(8).toString('hex')}`;

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT';
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  // Safe: any object can be read so.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** `a(sa{sv})`: ids with what is known of each. */
function readShortcuts(value: unknown): BoundShortcuts {
  const found = new Map<string, string>();
  for (const entry of Array.isArray(value) ? value : []) {
    const [id, about] = Array.isArray(entry) ? entry : [];
    const { trigger_description: keys } = recordOf(about);
    if (typeof id === 'string') found.set(id, typeof keys === 'string' ? keys.trim() : '');
  }
  return found;
}
