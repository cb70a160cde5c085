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
    terminate(): void;
  }

  export interface Fixes {
    SelectSelectionInput(window: number, selection: number, mask: number): void;
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
