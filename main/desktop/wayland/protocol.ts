import {
  type Argument,
  decode,
  type Encoded,
  encode,
  type Received,
  type Signature,
} from './wire.ts';

/** The managers that compositors offer, the standard one first. Both have the same messages. */
export const MANAGERS = ['ext_data_control_manager_v1', 'zwlr_data_control_manager_v1'] as const;

/** What the compositor reports. */
export interface DataControlEvents {
  /** Everything is bound, and the current selection is known. */
  ready(): void;
  /** The compositor has no data-control, or no seat. */
  unavailable(): void;
  /** Something was copied, by any program. */
  selection(): void;
  /** A program reads what we copied: write it to the descriptor, then close that. */
  send(source: number, type: string, fd: number): void;
  /** What we copied is no longer on the clipboard. */
  cancelled(source: number): void;
  /** The compositor has ended it, for this reason: nothing can be read or written any more. */
  ended(reason: string): void;
}

/** What is on the clipboard. */
export interface Selection {
  /** Counts up with each selection. */
  readonly serial: number;
  readonly types: readonly string[];
}

const DISPLAY = 1;
/** A program may offer any number of types; of more than this only the first are kept. */
const MAX_TYPES = 1_000;

/** What an object of ours is, which decides how its events are understood. */
type Role = 'registry' | 'callback' | 'seat' | 'manager' | 'device' | 'source' | 'offer';

/** Events by role and opcode. What isn't listed is ignored. */
const EVENTS: { readonly [R in Role | 'display']: readonly (readonly [string, Signature])[] } = {
  display: [
    ['error', ['u', 'u', 's']],
    ['delete_id', ['u']],
  ],
  registry: [['global', ['u', 's', 'u']]],
  callback: [['done', ['u']]],
  seat: [],
  manager: [],
  device: [
    ['data_offer', ['u']],
    ['selection', ['u']],
    ['finished', []],
    ['primary_selection', ['u']],
  ],
  source: [
    ['send', ['s', 'h']],
    ['cancelled', []],
  ],
  offer: [['offer', ['s']]],
};

/**
 * The clipboard of a Wayland compositor, without focus or window: a client of ext-data-control-v1 or
 * zwlr-data-control-unstable-v1. Knows no socket: takes messages, and hands out messages to be sent.
 * Call `start` first.
 */
export class DataControl {
  readonly #transmit: (message: Encoded) => void;
  readonly #events: DataControlEvents;
  readonly #roles = new Map<number, Role>();
  readonly #globals = new Map<string, { readonly name: number; readonly version: number }>();
  readonly #callbacks = new Map<number, () => void>();
  /** Types by offer; of offers that are neither the selection nor about to become it there are none. */
  readonly #offers = new Map<number, string[]>();
  /** Ids that the compositor has released. */
  readonly #freeIds: number[] = [];
  #nextId = 2;
  #manager = 0;
  #device = 0;
  /** The offer of the selection; 0: nothing is copied. */
  #offer = 0;
  #serial = 0;
  #hasEnded = false;

  constructor(transmit: (message: Encoded) => void, events: DataControlEvents) {
    this.#transmit = transmit;
    this.#events = events;
  }

  start(): void {
    this.#send(DISPLAY, 1, ['u'], [this.#create('registry')]);
    this.sync(() => this.#bind());
  }

  /** Calls back once the compositor has handled all that was sent before. */
  sync(done: () => void): void {
    const callback = this.#create('callback');
    this.#callbacks.set(callback, done);
    this.#send(DISPLAY, 0, ['u'], [callback]);
  }

  /** What is on the clipboard, as the compositor last reported it. */
  current(): Selection {
    return { serial: this.#serial, types: this.#offers.get(this.#offer) ?? [] };
  }

  /**
   * Has the selection's owner write its content into this descriptor, which the caller closes.
   * @returns false if that is no longer the selection
   */
  receive(serial: number, type: string, fd: number): boolean {
    if (serial !== this.#serial || this.#offer === 0) return false;
    this.#send(this.#offer, 0, ['s', 'h'], [type, fd]);
    return true;
  }

  /** Copies: offers these types, the best first. Returns the source, which `send` names. */
  copy(types: readonly string[]): number {
    const source = this.#create('source');
    this.#send(this.#manager, 0, ['u'], [source]);
    for (const type of types) this.#send(source, 0, ['s'], [type]);
    this.#send(this.#device, 0, ['u'], [source]);
    return source;
  }

  clear(): void {
    this.#send(this.#device, 0, ['u'], [0]);
  }

  /**
   * @param takeFd gives the descriptors that came with the messages
   * @throws WireError if the message is not understood
   */
  handle({ object, opcode, body }: Received, takeFd: () => number | undefined): void {
    if (this.#hasEnded) return;
    const role = object === DISPLAY ? 'display' : this.#roles.get(object);
    const [name, signature] = (role === undefined ? undefined : EVENTS[role][opcode]) ?? [];
    if (name === undefined || signature === undefined) return;
    const args = decode(body, signature, takeFd);
    const [first = 0] = args;
    switch (name) {
      case 'error':
        this.#end(`protocol error ${args[1]} of object ${first}`);
        break;
      case 'delete_id':
        this.#freeIds.push(Number(first));
        break;
      case 'global':
        this.#addGlobal(args);
        break;
      case 'done':
        this.#done(object);
        break;
      case 'data_offer':
        this.#roles.set(Number(first), 'offer');
        this.#offers.set(Number(first), []);
        break;
      case 'offer':
        this.#addType(object, String(first));
        break;
      case 'selection':
        this.#select(Number(first));
        break;
      case 'primary_selection':
        this.#drop(Number(first));
        break;
      case 'finished':
        this.#end('the seat is gone');
        break;
      case 'send':
        this.#events.send(object, String(first), Number(args[1]));
        break;
      case 'cancelled':
        this.#send(object, 1, [], []);
        this.#roles.delete(object);
        this.#events.cancelled(object);
        break;
    }
  }

  #addGlobal([name, type, version]: readonly Argument[]): void {
    // Of several seats the first one counts.
    if (this.#globals.has(String(type))) return;
    this.#globals.set(String(type), { name: Number(name), version: Number(version) });
  }

  #bind(): void {
    const type = MANAGERS.find((name) => this.#globals.has(name));
    const seat = this.#bindGlobal('wl_seat', 'seat');
    if (type === undefined || seat === undefined) {
      this.#events.unavailable();
      return;
    }
    // Version 1 of zwlr's reports no primary selection, which changes with each selected word.
    this.#manager = this.#bindGlobal(type, 'manager') ?? 0;
    this.#device = this.#create('device');
    this.#send(this.#manager, 1, ['u', 'u'], [this.#device, seat]);
    this.sync(() => this.#events.ready());
  }

  #bindGlobal(type: string, role: Role): number | undefined {
    const found = this.#globals.get(type);
    if (found === undefined) return undefined;
    const id = this.#create(role);
    this.#send(2, 0, ['u', 's', 'u', 'u'], [found.name, type, 1, id]);
    return id;
  }

  #done(callback: number): void {
    const done = this.#callbacks.get(callback);
    this.#callbacks.delete(callback);
    this.#roles.delete(callback);
    done?.();
  }

  #addType(offer: number, type: string): void {
    const types = this.#offers.get(offer);
    if (types !== undefined && types.length < MAX_TYPES) types.push(type);
  }

  #select(offer: number): void {
    if (offer !== this.#offer) this.#drop(this.#offer);
    this.#offer = offer;
    this.#serial += 1;
    this.#events.selection();
  }

  /** Releases an offer that is not the selection. */
  #drop(offer: number): void {
    if (!this.#offers.delete(offer)) return;
    this.#roles.delete(offer);
    this.#send(offer, 1, [], []);
  }

  #end(reason: string): void {
    this.#hasEnded = true;
    this.#events.ended(reason);
  }

  /** Ids must be used without gaps, so those that were released come first. */
  #create(role: Role): number {
    const id = this.#freeIds.pop() ?? this.#nextId++;
    this.#roles.set(id, role);
    return id;
  }

  #send(object: number, opcode: number, signature: Signature, args: readonly Argument[]): void {
    if (!this.#hasEnded) this.#transmit(encode(object, opcode, signature, args));
  }
}
