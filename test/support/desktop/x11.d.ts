/** What tests and benchmarks use of the package x11, which ships no types. */
declare module 'x11' {
  export interface Display {
    readonly client: Client;
    readonly screen: readonly { readonly root: number }[];
    readonly min_keycode: number;
    readonly max_keycode: number;
  }
  export interface Client {
    InternAtom(onlyIfExists: boolean, name: string, done: Done<number>): void;
    GetKeyboardMapping(
      first: number,
      count: number,
      done: Done<readonly (readonly number[])[]>,
    ): void;
    AllocID(): number;
    CreateWindow(
      id: number,
      parent: number,
      x: number,
      y: number,
      width: number,
      height: number,
    ): void;
    ChangeProperty(
      mode: 0,
      window: number,
      property: number,
      type: number,
      bits: 8 | 32,
      data: Buffer | readonly number[],
    ): void;
    GetSelectionOwner(selection: number, done: Done<number>): void;
    SetSelectionOwner(owner: number, selection: number): void;
    SendEvent(
      destination: number,
      propagate: 0,
      mask: number,
      event: { readonly name: 'SelectionNotify' } & SelectionFields,
    ): void;
    require(extension: 'fixes', done: Done<Fixes>): void;
    require(extension: 'xtest', done: Done<XTest>): void;
    on(event: 'event', listener: (event: XEvent) => void): void;
    on(event: 'error', listener: (error: unknown) => void): void;
    terminate(): void;
  }
  export interface Fixes {
    SelectSelectionInput(window: number, selection: number, mask: number): void;
  }
  export interface XTest {
    readonly KeyPress: number;
    readonly KeyRelease: number;
    FakeInput(
      type: number,
      keycode: number,
      time: number,
      window: number,
      x: number,
      y: number,
    ): void;
  }
  export interface SelectionFields {
    readonly time: number;
    readonly requestor: number;
    readonly selection: number;
    readonly target: number;
    readonly property: number;
  }
  export interface XEvent extends Partial<SelectionFields> {
    readonly name?: string;
    readonly owner?: number;
  }
  type Done<T> = (error: Error | null | undefined, value: T) => void;
  const x11: {
    createClient(options: { readonly display: string }, done: Done<Display>): Client;
  };
  export default x11;
}
