import type { FailureView, RecoveryId } from '../../preload/contract.ts';
import { displayText } from '../clipboard/display-text.ts';
import type { Words } from '../words/words.ts';

/** What the words depend on besides the fault. */
export interface AdviceContext {
  /** Where the share was meant to go, in words: "This computer", "Pieces OS at 127.0.0.1:39300". */
  readonly serviceName: string;
  /** `custom` when it is not known. */
  readonly serviceKind?: 'built-in' | 'pieces' | 'custom';
  readonly accelerator: string;
  readonly words: Words;
}

/** What is said of one fault; its cause is its kind. */
export type Advice = Omit<FailureView, 'cause'>;

/** A sentence and a way out for every kind of fault in `F`: one that is missing does not compile. */
export type AdviceTable<F extends { readonly kind: string }> = {
  readonly [K in F['kind']]: (
    fault: Extract<F, { readonly kind: K }>,
    context: AdviceContext,
  ) => Advice;
};

export const action = (id: RecoveryId, label: string) => ({ id, label });
export const RETRY = action('retry', 'Try again');
export const USE_BUILT_IN = action('use-built-in', 'Use built-in service');
export const START_PIECES = action('start-pieces', 'Start Pieces');
export const CHOOSE_SERVICE = action('choose-service', 'Choose service');
export const UPDATE = action('update-service', 'Check for update');
export const SIGN_IN = action('sign-in', 'Sign in');
export const CONNECT_CLOUD = action('connect-cloud', 'Connect cloud');
export const DISMISS = action('dismiss', 'OK');

export const isBuiltIn = ({ serviceKind, serviceName }: AdviceContext): boolean =>
  serviceKind === 'built-in' || (serviceKind === undefined && serviceName === 'This computer');

export const isPieces = ({ serviceKind, serviceName }: AdviceContext): boolean =>
  serviceKind === 'pieces' || (serviceKind === undefined && serviceName.startsWith('Pieces'));

/** The service as the subject of a sentence. */
export const the = (context: AdviceContext): string =>
  isBuiltIn(context) ? 'The built-in service' : context.serviceName;

/** Another service, where there is another one; else another try. */
export const elsewhere = (context: AdviceContext) => (isBuiltIn(context) ? RETRY : USE_BUILT_IN);

/** What a doubt about the outcome adds. */
export const MAY_EXIST =
  'The link may have been made all the same: look for it before you try again.';

/** The service as the object of a sentence. */
export function subject(context: AdviceContext): string {
  return isBuiltIn(context) ? 'the built-in service' : context.serviceName;
}

/** Names come from outside: one line, 200 characters, nothing invisible. */
export function shown(text: string): string {
  return displayText(text);
}

export function unreadable(name: string): Advice {
  return {
    title: 'A file could not be read',
    sentence: `“${shown(name)}” was moved, deleted, or may not be read. Copy it again.`,
    action: DISMISS,
  };
}
