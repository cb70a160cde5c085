import {
  type Argument,
  decode,
  type Encoded,
  encode,
  MessageSplitter,
  type Received,
  type Signature,
} from '../../../main/desktop/wayland/wire.ts';

/** Requests of a client, by the object's interface and opcode. */
const REQUESTS: Readonly<Record<string, readonly (readonly [string, Signature])[]>> = {
  display: [
    ['sync', ['u']],
    ['get_registry', ['u']],
  ],
  registry: [['bind', ['u', 's', 'u', 'u']]],
  manager: [
    ['create_data_source', ['u']],
    ['get_data_device', ['u', 'u']],
  ],
  device: [['set_selection', ['u']]],
  source: [
    ['offer', ['s']],
    ['destroy', []],
  ],
  offer: [
    ['receive', ['s', 'h']],
    ['destroy', []],
  ],
};

/**
 * A compositor with data-control, for a client without a socket: `transmit` takes the client's
 * messages, and `deliver` gets the compositor's.
 */
export class FakeCompositor {
  /** What the client asked for, such as `bind` or `receive`. */
  readonly requests: { readonly name: string; readonly args: readonly Argument[] }[] = [];
  /** Called before the next `sync` is answered. */
  beforeSync: (() => void) | undefined;
  readonly #deliver: (message: Received, fds: number[]) => void;
  readonly #globals: readonly string[];
  readonly #objects = new Map<number, string>([[1, 'display']]);
  readonly #sourceTypes = new Map<number, string[]>();
  #registry = 0;
  #device = 0;
  #source = 0;
  #nextOffer = 0xff000000;

  constructor(
    deliver: (message: Received, fds: number[]) => void,
    globals: readonly string[] = ['wl_seat', 'zwlr_data_control_manager_v1'],
  ) {
    this.#deliver = deliver;
    this.#globals = globals;
  }

  readonly transmit = ({ bytes, fds }: Encoded): void => {
    const waiting = [...fds];
    for (const { object, opcode, body } of new MessageSplitter().push(bytes)) {
      const [name, signature] = REQUESTS[this.#objects.get(object) ?? '']?.[opcode] ?? [];
      if (name === undefined || signature === undefined) {
        throw new Error(`no request ${opcode} of object ${object}`);
      }
      const args = decode(body, signature, () => waiting.shift());
      this.requests.push({ name, args });
      this.#handle(name, object, args);
    }
  };

  /** Another program copies something of these types; none: what was there is gone. */
  select(types: readonly string[] | undefined, kind: 'selection' | 'primary' = 'selection'): void {
    const opcode = kind === 'selection' ? 1 : 3;
    if (kind === 'selection' && this.#source !== 0) {
      this.send(this.#source, 1, [], []);
      this.#source = 0;
    }
    this.#offer(types, opcode);
  }

  /** Another program reads what the client copied. */
  read(source: number, type: string, fd: number): void {
    this.send(source, 0, ['s', 'h'], [type, fd]);
  }

  finish(): void {
    this.send(this.#device, 2, [], []);
  }

  send(object: number, opcode: number, signature: Signature, args: readonly Argument[]): void {
    const { bytes, fds } = encode(object, opcode, signature, args);
    for (const message of new MessageSplitter().push(bytes)) this.#deliver(message, [...fds]);
  }

  #offer(types: readonly string[] | undefined, opcode: number): void {
    if (types === undefined) {
      this.send(this.#device, opcode, ['u'], [0]);
      return;
    }
    const offer = this.#nextOffer++;
    this.#objects.set(offer, 'offer');
    this.send(this.#device, 0, ['u'], [offer]);
    for (const type of types) this.send(offer, 0, ['s'], [type]);
    this.send(this.#device, opcode, ['u'], [offer]);
  }

  #handle(name: string, object: number, [first = 0, second, , fourth]: readonly Argument[]): void {
    const id = Number(first);
    switch (name) {
      case 'sync': {
        const run = this.beforeSync;
        this.beforeSync = undefined;
        run?.();
        this.send(id, 0, ['u'], [0]);
        this.send(1, 1, ['u'], [id]);
        break;
      }
      case 'get_registry':
        this.#registry = id;
        this.#objects.set(id, 'registry');
        for (const [index, type] of this.#globals.entries()) {
          this.send(this.#registry, 0, ['u', 's', 'u'], [index + 1, type, 9]);
        }
        break;
      case 'bind':
        this.#objects.set(Number(fourth), second === 'wl_seat' ? 'seat' : 'manager');
        break;
      case 'create_data_source':
        this.#objects.set(id, 'source');
        this.#sourceTypes.set(id, []);
        break;
      case 'get_data_device':
        this.#device = id;
        this.#objects.set(id, 'device');
        this.send(this.#device, 1, ['u'], [0]);
        break;
      case 'offer':
        this.#sourceTypes.get(object)?.push(String(first));
        break;
      case 'set_selection':
        if (this.#source !== 0) this.send(this.#source, 1, [], []);
        this.#source = id;
        this.#offer(id === 0 ? undefined : this.#sourceTypes.get(id), 1);
        break;
      case 'destroy':
        this.#objects.delete(object);
        if (object < 0xff000000) this.send(1, 1, ['u'], [object]);
        break;
    }
  }
}
