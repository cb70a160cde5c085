import type { MessageKey, TextKey } from '../i18n/messages.ts';
import type { BadResponseReason, LinkifyFault, UnusableAddressReason } from '../linkify/errors.ts';
import type { CloudState } from '../linkify/model.ts';
import { nextFreeName } from '../linkify/next-free-name.ts';
import {
  type AdviceContext,
  type AdviceTable,
  action,
  elsewhere,
  isBuiltIn,
  isPieces,
  mayExist,
  nothingShared,
  shown,
  the,
  unreadable,
} from './failure-table.ts';

/** What to say when something goes wrong between us and a service. */
export const SERVICE_ADVICE: AdviceTable<LinkifyFault> = {
  'unusable-address': ({ reason }, context) => ({
    title: context.messages.t('addressTitle'),
    sentence: context.messages.join(
      context.messages.t(ADDRESS_TEXT[reason]),
      context.messages.t('fixInSettings'),
    ),
    action: action('choose-service', context),
  }),
  unreachable: ({ baseUrl }, context) => {
    const { messages } = context;
    const url = shown(baseUrl);
    if (isPieces(context)) {
      return {
        title: messages.t('piecesDownTitle'),
        sentence: messages.t('piecesDown', { url }),
        action: action(
          context.isPiecesInstalled === false ? 'get-pieces' : 'start-pieces',
          context,
        ),
      };
    }
    return isBuiltIn(context)
      ? {
          title: messages.t('builtInDownTitle'),
          sentence: messages.t('builtInDown', { url }),
          action: action('retry', context),
        }
      : {
          title: messages.t('customDownTitle'),
          sentence: messages.t('customDown', { url }),
          action: action('use-built-in', context),
        };
  },
  'unverified-peer': (_fault, context) => ({
    title: context.messages.t(isPieces(context) ? 'unverifiedTitle' : 'foreignTitle'),
    sentence: context.messages.t(isPieces(context) ? 'unverified' : 'foreign'),
    action: action('decide', context),
  }),
  'timed-out': ({ outcomeUnknown }, context) => ({
    title: context.messages.t('timedOutTitle'),
    sentence: inDoubt('timedOut', outcomeUnknown, context),
    action: action('retry', context),
  }),
  'connection-lost': ({ outcomeUnknown }, context) => ({
    title: context.messages.t('lostTitle'),
    sentence: inDoubt('lost', outcomeUnknown, context),
    action: action('retry', context),
  }),
  'untrusted-certificate': ({ baseUrl }, context) => ({
    title: context.messages.t('certificateTitle'),
    sentence: context.messages.t('certificate', { url: shown(baseUrl) }),
    action: action('use-built-in', context),
  }),
  'sign-in-required': (_, context) => ({
    title: context.messages.t('signInTitle'),
    sentence: context.messages.t('signIn', the(context)),
    action: action('sign-in', context),
  }),
  'cloud-not-connected': ({ cloud }, context) => ({
    title: context.messages.t(CLOUD_TEXT[cloud].title),
    sentence: context.messages.join(
      context.messages.t(CLOUD_TEXT[cloud].sentence),
      context.messages.t('orUseBuiltIn'),
    ),
    action: action(isBuiltIn(context) ? 'retry' : 'connect-cloud', context),
  }),
  'github-not-connected': (_, context) => ({
    title: context.messages.t('gitHubTitle'),
    sentence: context.messages.t('gitHub', the(context)),
    action: action('connect-github', context),
  }),
  'update-required': (_, context) => ({
    title: context.messages.t(isPieces(context) ? 'piecesOldTitle' : 'oldTitle'),
    sentence: context.messages.t('old', the(context)),
    action: action('update-service', context),
  }),
  'too-large': (fault, context) => {
    const { messages } = context;
    return {
      title: messages.t('tooLargeTitle'),
      sentence: messages.join(
        howLarge(fault, context),
        messages.t(isBuiltIn(context) ? 'shareSmaller' : 'useBuiltInOrSmaller'),
      ),
      action: action(isBuiltIn(context) ? 'dismiss' : 'use-built-in', context),
    };
  },
  'name-taken': ({ name }, context) => ({
    title: context.messages.t('nameTakenTitle'),
    sentence: context.messages.t('nameTaken', { name: shown(name) }),
    action: {
      ...action('choose-name', context),
      label: context.messages.t('doUseName', { name: ending(nextFreeName(shown(name))) }),
    },
  }),
  'not-uploaded-yet': (_, context) => ({
    title: context.messages.t('uploadingTitle'),
    sentence: context.messages.t('uploading', the(context)),
    action: action('retry', context),
  }),
  'not-found': (_, context) => ({
    title: context.messages.t('goneTitle'),
    sentence: context.messages.t('gone', the(context)),
    action: { id: 'retry', label: context.messages.t('doShareAgain') },
  }),
  'rate-limited': ({ retryAfterMs }, context) => ({
    title: context.messages.t('rateTitle'),
    sentence: asksToWait(retryAfterMs, context),
    action: action('retry', context),
  }),
  'storage-full': (_, context) => ({
    title: context.messages.t('fullTitle'),
    sentence: context.messages.t('full', the(context)),
    action: action(isBuiltIn(context) ? 'show-storage' : 'retry', context),
  }),
  'not-ready': ({ outcomeUnknown, retryAfterMs }, context) => {
    const { messages } = context;
    const next = outcomeUnknown
      ? mayExist(context)
      : retryAfterMs === undefined
        ? nothingShared(context, 'retryInAMoment')
        : asksToWait(retryAfterMs, context);
    return {
      title: messages.t('notReadyTitle'),
      sentence: messages.join(messages.t('notReady', the(context)), next),
      action: action('retry', context),
    };
  },
  'service-error': ({ status, outcomeUnknown }, context) => {
    const { messages } = context;
    const failed = messages.t('error', { ...the(context), status: String(status) });
    return {
      title: messages.t('errorTitle'),
      sentence: outcomeUnknown
        ? messages.join(failed, mayExist(context), messages.t('updateIfAgain'))
        : messages.join(failed, messages.t('retryThenUpdate')),
      action: action(isBuiltIn(context) ? 'retry' : 'update-service', context),
    };
  },
  unauthorized: (_, context) =>
    isPieces(context)
      ? {
          title: context.messages.t('piecesTokenTitle'),
          sentence: context.messages.t('piecesToken'),
          action: action('sign-in', context),
        }
      : {
          title: context.messages.t('tokenTitle'),
          sentence: context.messages.t('token', the(context)),
          action: action('choose-service', context),
        },
  rejected: ({ status }, context) => ({
    title: context.messages.t('rejectedTitle'),
    sentence: context.messages.join(
      context.messages.t('rejected', { ...the(context), status: String(status) }),
      context.messages.t(isBuiltIn(context) ? 'pleaseReport' : 'useAnother'),
    ),
    action: elsewhere(context),
  }),
  'bad-response': ({ reason, outcomeUnknown, shareId }, context) => {
    const { messages } = context;
    const { title, sentence, other } = RESPONSE_TEXT[reason];
    const next =
      shareId !== undefined
        ? messages.t('revokeStray')
        : outcomeUnknown
          ? mayExist(context)
          : nothingShared(context, 'nothingSharedChoose');
    return {
      title: messages.t(title),
      sentence: messages.join(messages.t(sentence, the(context)), next),
      action:
        shareId !== undefined
          ? action('revoke', context)
          : other && !isBuiltIn(context)
            ? action('choose-service', context)
            : elsewhere(context),
    };
  },
  'unreadable-content': ({ name, changed }, context) =>
    changed === true
      ? {
          title: context.messages.t('contentChangedTitle'),
          sentence: context.messages.t('contentChanged', { name: shown(name) }),
          action: action('retry', context),
        }
      : unreadable(name, context),
  cancelled: (_, context) => ({
    title: context.messages.t('cancelledTitle'),
    sentence: context.messages.t('cancelled'),
    action: action('dismiss', context),
  }),
};

/** A wait this short is told as such; a longer one by the clock on the wall, which a glance compares. */
const SHORT_WAIT_MS = 100_000;
const MINUTE_MS = 60_000;

function asksToWait(ms: number, context: AdviceContext): string {
  const { messages, nowMs } = context;
  if (ms < SHORT_WAIT_MS) return messages.t('rate', { ...the(context), wait: messages.wait(ms) });
  // The minute by which it is over.
  const time = messages.clock(Math.ceil((nowMs + ms) / MINUTE_MS) * MINUTE_MS);
  return messages.t('rateUntil', { ...the(context), time });
}

function inDoubt(
  key: 'timedOut' | 'lost',
  outcomeUnknown: boolean,
  context: AdviceContext,
): string {
  const { messages } = context;
  return messages.join(
    messages.t(key, the(context)),
    outcomeUnknown ? mayExist(context) : nothingShared(context, 'nothingSharedRetry'),
  );
}

function howLarge(
  { sizeBytes, limitBytes, refusedBytes }: Extract<LinkifyFault, { readonly kind: 'too-large' }>,
  context: AdviceContext,
): string {
  const { messages } = context;
  const service = the(context);
  const size = messages.size(sizeBytes);
  if (refusedBytes !== undefined) {
    return messages.t('tooLargeBefore', { ...service, size, limit: messages.size(refusedBytes) });
  }
  if (limitBytes === undefined) {
    return sizeBytes > 0
      ? messages.t('tooLargeSize', { ...service, size })
      : messages.t('tooLarge', service);
  }
  const limit = messages.size(limitBytes);
  return sizeBytes > 0
    ? messages.t('tooLargeBoth', { ...service, size, limit })
    : messages.t('tooLargeLimit', { ...service, limit });
}

const ADDRESS_TEXT: Readonly<Record<UnusableAddressReason, TextKey>> = {
  'not-a-url': 'addressNotAUrl',
  'plain-http': 'addressPlainHttp',
  credentials: 'addressCredentials',
};

const CLOUD_TEXT: Readonly<
  Record<CloudState, { readonly title: TextKey; readonly sentence: TextKey }>
> = {
  'never-connected': { title: 'cloudNeverTitle', sentence: 'cloudNever' },
  disconnected: { title: 'cloudDisconnectedTitle', sentence: 'cloudDisconnected' },
  failed: { title: 'cloudFailedTitle', sentence: 'cloudFailed' },
  pending: { title: 'cloudPendingTitle', sentence: 'cloudPending' },
  unknown: { title: 'cloudUnknownTitle', sentence: 'cloudUnknown' },
  running: { title: 'cloudRefusedTitle', sentence: 'cloudRunning' },
  succeeded: { title: 'cloudRefusedTitle', sentence: 'cloudSucceeded' },
};

type ResponseKey =
  Extract<MessageKey, `response${string}`> extends infer Key ? Exclude<Key, TextKey> : never;

/** `other`: most likely not the service that we want to talk to. */
const RESPONSE_TEXT: Readonly<
  Record<
    BadResponseReason,
    { readonly title: TextKey; readonly sentence: ResponseKey; readonly other?: true }
  >
> = {
  'not-json': { title: 'unreadableResponseTitle', sentence: 'responseNotJson' },
  'wrong-shape': { title: 'unreadableResponseTitle', sentence: 'responseIncomplete' },
  'no-link': { title: 'responseNoLinkTitle', sentence: 'responseNoLink' },
  'unusable-link': { title: 'responseUnsafeLinkTitle', sentence: 'responseUnsafeLink' },
  redirect: { title: 'responseRedirectTitle', sentence: 'responseRedirect', other: true },
  'web-page': { title: 'notLinkifyTitle', sentence: 'responseWebPage', other: true },
  'too-long': { title: 'responseTooLongTitle', sentence: 'responseTooLong' },
  'unexpected-status': { title: 'responseStatusTitle', sentence: 'responseStatus' },
  'not-linkify': { title: 'notLinkifyTitle', sentence: 'responseNotLinkify', other: true },
  'not-http': { title: 'notLinkifyTitle', sentence: 'responseNotHttp', other: true },
};

/** Of a name as much as fits a button: its end, which is what changes. */
function ending(name: string): string {
  const MOST = 16;
  return name.length > MOST ? `…${name.slice(1 - MOST).toWellFormed()}` : name;
}
