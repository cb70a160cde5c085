/** Another program keeps the clipboard open, owns it and gives no answer, or took it meanwhile. */
export class ClipboardBusyError extends Error {
  override readonly name = 'ClipboardBusyError';
  constructor() {
    super('another program keeps the clipboard to itself');
  }
}

/** This desktop lets only the program in front use the clipboard, and that is another one. */
export class ClipboardNeedsFocusError extends Error {
  override readonly name = 'ClipboardNeedsFocusError';
  constructor() {
    super('the clipboard can only be used with a window in front');
  }
}
