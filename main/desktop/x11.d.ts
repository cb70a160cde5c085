/** What is used here of the package x11, which ships no types. */
declare module 'x11/lib/xcore.js' {
  export interface Display {
    readonly client: Client;
    readonly screen: readonly { readonly root: number }[];
  }

  export interface Client {
    InternAtom(onlyIfExists: boolean, name: string, done: Done<number>): void;
    QueryPointer(
      window: number,
      done: Done<{ readonly rootX: number; readonly rootY: number }>,
    ): void;
    require(extension: 'fixes', done: Done<Fixes>): void;
    on(event: 'event', listener: (event: XEvent) => void): void;
    on(event: 'error', listener: (error: unknown) => void): void;
    terminate(): void;
  }

  export interface Fixes {
    SelectSelectionInput(window: number, selection: number, mask: number): void;
  }

  export interface XEvent {
    readonly name?: string;
    readonly selection?: number;
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
