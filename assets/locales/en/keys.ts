/** Keys as keyboards print them; those that are the same everywhere are in preload/key-names.ts. */
export const keys = {
  keyCtrl: 'Ctrl',
  keyShift: 'Shift',
  keyEnter: 'Enter',
  keySpace: 'Space',
  keyBackspace: 'Backspace',
  keyDelete: 'Del',
  keyInsert: 'Insert',
  keyHome: 'Home',
  keyEnd: 'End',
  keyPageUp: 'Page Up',
  keyPageDown: 'Page Down',
  keyPrintScreen: 'Print Screen',
} as const;
