/** What is used here of the package x11, which ships no types. */
declare module 'x11/lib/xcore.js' {
  export interface Display {
    readonly client: Client;
    readonly screen: readonly { readonly root: number }[];
  }

  export interface Client {
    AllocID(): number;
    InternAtom(onlyIfExists: boolean, name: string, done: Done<number>): void;
    QueryPointer(
      window: number,
      done: Done<{ readonly rootX: number; readonly rootY: number }>,
    ): void;
    require(extension: 'fixes', done: Done<Fixes>): void;
    require(extension: 'res', done: Done<Resources>): void;
    on(event: 'event', listener: (event: XEvent) => void): void;
    on(event: 'error', listener: (error: unknown) => void): void;
    GetAtomName(atom: number, done: Done<string>): void;
    CreateWindow(
      window: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
      borderWidth: number,
      depth: number,
      windowClass: number,
      visual: number,
      values: { readonly eventMask: number },
    ): void;
    ConvertSelection(
      requestor: number,
      selection: number,
      target: number,
      property: number,
      time: number,
    ): void;
    /** Offset and length in units of 4 bytes; type 0 is any. */
    GetProperty(
      remove: 0 | 1,
      window: number,
      property: number,
      type: number,
      offset: number,
      length: number,
      done: Done<Property>,
    ): void;
    DeleteProperty(window: number, property: number): void;
    /** One bit for each keycode from 0 on, 32 bytes; set while the key is down. */
    QueryKeymap(done: Done<Buffer>): void;
    SetSelectionOwner(owner: number, selection: number, time: number): void;
    /** 0 when nobody owns it. */
    GetSelectionOwner(selection: number, done: Done<number>): void;
    /** Mode 0 replaces what is there, 2 appends. */
    ChangeProperty(
      mode: 0 | 2,
      window: number,
      property: number,
      type: number,
      bits: 8 | 32,
      data: Buffer | readonly number[],
    ): void;
    SendEvent(
      destination: number,
      propagate: 0,
      mask: 0,
      event: {
        readonly name: 'SelectionNotify';
        readonly time: number;
        readonly requestor: number;
        readonly selection: number;
        readonly target: number;
        readonly property: number;
      },
    ): void;
    terminate(): void;
  }

  export interface Fixes {
    SelectSelectionInput(window: number, selection: number, mask: number): void;
  }

  /** X-Resource extension. */
  export interface Resources {
    QueryVersion(major: number, minor: number, done: Done<unknown>): void;
    QueryClientIds(
      specs: readonly { readonly client: number; readonly mask: number }[],
      done: Done<readonly { readonly value: readonly number[] }[]>,
    ): void;
  }

  export interface XEvent {
    readonly name?: string;
    readonly selection?: number;
    readonly requestor?: number;
    readonly target?: number;
    readonly property?: number;
    readonly wid?: number;
    readonly atom?: number;
    readonly state?: number;
    /** When a selection was asked for, in ms of the X server's clock; 0 is now. */
    readonly time?: number;
    readonly owner?: number;
  }

  export interface Property {
    readonly type: number;
    readonly bytesAfter: number;
    readonly data: Buffer;
  }

  type Done<T> = (error: Error | null | undefined, value: T) => void;

  const x11: {
    createClient(
      options: { readonly shm: false; readonly disableBigRequests: true },
      done: Done<Display>,
    ): Client;
  };
  export default x11;
}
