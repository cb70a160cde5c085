import type { FailureView, RecoveryId } from '../../preload/contract.ts';
import { spokenAccelerator } from '../../preload/key-names.ts';
import { displayText } from '../clipboard/display-text.ts';
import type { Messages, TextKey } from '../i18n/messages.ts';
import type { TargetKind } from '../settings/table.ts';

/** What the words depend on besides the fault. */
export interface AdviceContext {
  /** Where the share was meant to go, in words: "This computer", "Pieces OS at 127.0.0.1:39300". */
  readonly serviceName: string;
  /** `custom` when it is not known. */
  readonly serviceKind?: TargetKind;
  /** Whether Pieces OS could be started here; yes when it is not known. */
  readonly isPiecesInstalled?: boolean;
  readonly accelerator: string;
  /** Whose keys are named; absent: this computer's. */
  readonly platform?: NodeJS.Platform;
  readonly messages: Messages;
  /** When it failed, in ms since 1970. */
  readonly nowMs: number;
  /** A share that is kept in the outbox, or a revoke; absent: a share that is not kept. */
  readonly doing?: 'kept' | 'revoke';
}

/** What is said of one fault; its cause is its kind. */
export type Advice = Omit<FailureView, 'cause'>;

/** A message and an action for every fault kind in `F`. A missing kind doesn't compile. */
export type AdviceTable<F extends { readonly kind: string }> = {
  readonly [K in F['kind']]: (
    fault: Extract<F, { readonly kind: K }>,
    context: AdviceContext,
  ) => Advice;
};

const LABELS: Readonly<Record<RecoveryId, TextKey>> = {
  retry: 'doRetry',
  'use-built-in': 'doUseBuiltIn',
  'start-pieces': 'doStartPieces',
  'get-pieces': 'doGetPieces',
  'stop-waiting': 'doStopWaiting',
  'choose-service': 'doChooseService',
  'update-service': 'doUpdate',
  'sign-in': 'doSignIn',
  'connect-cloud': 'doConnectCloud',
  'connect-github': 'doConnectGitHub',
  'choose-shortcut': 'doChooseShortcut',
  'choose-name': 'doChooseName',
  'show-storage': 'doShowStorage',
  decide: 'doDecide',
  revoke: 'doRevoke',
  'copy-link': 'copy',
  'open-window': 'menuOpen',
  'check-for-updates': 'doRetry',
  'get-update': 'doGetUpdate',
  dismiss: 'doDismiss',
};

/** The button that does this. */
export const action = (
  id: RecoveryId,
  { messages }: Pick<AdviceContext, 'messages'>,
): NonNullable<FailureView['action']> => ({ id, label: messages.t(LABELS[id]) });

export const isBuiltIn = ({ serviceKind, serviceName, messages }: AdviceContext): boolean =>
  serviceKind === 'built-in' ||
  (serviceKind === undefined && serviceName === messages.t('thisComputer'));

export const isPieces = ({ serviceKind, serviceName }: AdviceContext): boolean =>
  serviceKind === 'pieces' || (serviceKind === undefined && serviceName.startsWith('Pieces'));

/** The service as the subject of a sentence, which it begins. */
export const the = (context: AdviceContext): { readonly service: string } => ({
  service: isBuiltIn(context) ? context.messages.t('theBuiltIn') : context.serviceName,
});

/** The service may have created the link anyway. For a pending share the app checks that itself. */
export const mayExist = ({ messages, doing }: AdviceContext): string =>
  messages.t(doing === 'kept' ? 'mayExistPending' : 'mayExist');

/** Nothing was shared. A pending share is retried automatically, so it needs no advice. */
export const nothingShared = ({ messages, doing }: AdviceContext, advice: TextKey): string =>
  messages.t(doing === 'kept' ? 'notSharedYet' : advice);

/** Another service, where there is another one; else another try. */
export const elsewhere = (context: AdviceContext) =>
  action(isBuiltIn(context) ? 'retry' : 'use-built-in', context);

/** Keys as this platform's keyboards have them. */
export function keysOf(
  accelerator: string,
  { platform = process.platform, messages }: Pick<AdviceContext, 'messages' | 'platform'>,
): string {
  return shown(spokenAccelerator(accelerator, keyboardOf(platform), messages.t));
}

function keyboardOf(platform: NodeJS.Platform): 'mac' | 'windows' | 'linux' {
  return platform === 'darwin' ? 'mac' : platform === 'win32' ? 'windows' : 'linux';
}

/** Names come from outside: one line, 200 characters, nothing invisible. */
export function shown(text: string): string {
  return displayText(text);
}

export function unreadable(name: string, context: AdviceContext): Advice {
  const { messages } = context;
  return {
    title: messages.t('fileTitle'),
    sentence: messages.t('file', { name: shown(name) }),
    action: action('dismiss', context),
  };
}
