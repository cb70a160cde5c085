import type { Given } from './arguments.ts';
import type { CommandName, Shell } from './commands.ts';
import type { AppCommand } from './protocol.ts';

/** What one start is asked to do. */
export type CommandLineAction =
  /** `background`: without a window, also when the app is running already. */
  | { readonly kind: 'start'; readonly background?: true }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'completion'; readonly shell: Shell }
  | AppCommand;

export interface Options {
  readonly action: CommandLineAction;
  /** Whether the result is printed as JSON. */
  readonly json?: true;
  /** Whether no progress is shown. */
  readonly quiet?: true;
  /** Whether the command ends once the app has it, before there is a result. */
  readonly noWait?: true;
  /** Where the password of the new link comes from: the terminal, or the first line of a file. */
  readonly password?: 'terminal' | { readonly file: string };
  /** The value of a setting is asked for on the terminal, or read from a pipe. */
  readonly readsValue?: true;
  /** The server to use instead of the one in the settings: http(s), http on this computer only. */
  readonly serviceUrl?: string;
  readonly serviceToken?: string;
  /** The profile folder, absolute. */
  readonly userDataDir?: string;
  /** Switches that are not ours, for Chromium and Electron: a start of the app passes them on. */
  readonly switches: readonly string[];
}

/** A command line that can't be used. */
export interface Problem {
  readonly ok: false;
  /** What is wrong with it, in a sentence for a person. */
  readonly sentence: string;
}

export const problem = (sentence: string): Problem => ({ ok: false, sentence });

/** A command with what was given to it. */
export interface Asked {
  readonly command: CommandName;
  /** The flag that stands for the command, if there was one. */
  readonly flag: string | undefined;
  readonly given: readonly Given[];
  readonly operands: readonly string[];
  /** Whether `-` was among the files. */
  readonly hasStdin: boolean;
  readonly cwd: string | undefined;
}

/** The part of the options that a command decides. */
export type CommandOptions = Pick<Options, 'action' | 'password' | 'readsValue'>;

export type ReadCommand = { readonly ok: true; readonly value: CommandOptions } | Problem;

export const asks = (action: CommandLineAction): ReadCommand => ({ ok: true, value: { action } });
