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
    title: context.words.say('addressTitle'),
    sentence: context.words.join(
      context.words.say(ADDRESS_TEXT[reason]),
      context.words.say('correctInPreferences'),
    ),
    action: action('choose-service', context),
  }),
  unreachable: ({ baseUrl }, context) => {
    const { words } = context;
    const url = shown(baseUrl);
    if (isPieces(context)) {
      return {
        title: words.say('piecesDownTitle'),
        sentence: words.say('piecesDown', { url }),
        action: action(
          context.isPiecesInstalled === false ? 'get-pieces' : 'start-pieces',
          context,
        ),
      };
    }
    return isBuiltIn(context)
      ? {
          title: words.say('builtInDownTitle'),
          sentence: words.say('builtInDown', { url }),
          action: action('retry', context),
        }
      : {
          title: words.say('customDownTitle'),
          sentence: words.say('customDown', { url }),
          action: action('use-built-in', context),
        };
  },
  'unverified-peer': (_fault, context) => ({
    title: context.words.say(isPieces(context) ? 'unprovenTitle' : 'foreignTitle'),
    sentence: context.words.say(isPieces(context) ? 'unproven' : 'foreign'),
    action: action('decide', context),
  }),
  'timed-out': ({ outcomeUnknown }, context) => ({
    title: context.words.say('timedOutTitle'),
    sentence: inDoubt('timedOut', outcomeUnknown, context),
    action: action('retry', context),
  }),
  'connection-lost': ({ outcomeUnknown }, context) => ({
    title: context.words.say('lostTitle'),
    sentence: inDoubt('lost', outcomeUnknown, context),
    action: action('retry', context),
  }),
  'untrusted-certificate': ({ baseUrl }, context) => ({
    title: context.words.say('certificateTitle'),
    sentence: context.words.say('certificate', { url: shown(baseUrl) }),
    action: action('use-built-in', context),
  }),
  'sign-in-required': (_, context) => ({
    title: context.words.say('signInTitle'),
    sentence: context.words.say('signIn', the(context)),
    action: action('sign-in', context),
  }),
  'cloud-not-connected': ({ cloud }, context) => ({
    title: context.words.say(CLOUD_TEXT[cloud].title),
    sentence: context.words.join(
      context.words.say(CLOUD_TEXT[cloud].sentence),
      context.words.say('orUseBuiltIn'),
    ),
    action: action(isBuiltIn(context) ? 'retry' : 'connect-cloud', context),
  }),
  'github-not-connected': (_, context) => ({
    title: context.words.say('gitHubTitle'),
    sentence: context.words.say('gitHub', the(context)),
    action: action('connect-github', context),
  }),
  'update-required': (_, context) => ({
    title: context.words.say(isPieces(context) ? 'piecesOldTitle' : 'oldTitle'),
    sentence: context.words.say('old', the(context)),
    action: action('update-service', context),
  }),
  'too-large': (fault, context) => {
    const { words } = context;
    return {
      title: words.say('tooLargeTitle'),
      sentence: words.join(
        howLarge(fault, context),
        words.say(isBuiltIn(context) ? 'shareSmaller' : 'useBuiltInOrSmaller'),
      ),
      action: action(isBuiltIn(context) ? 'dismiss' : 'use-built-in', context),
    };
  },
  'name-taken': ({ name }, context) => ({
    title: context.words.say('nameTakenTitle'),
    sentence: context.words.say('nameTaken', { name: shown(name) }),
    action: {
      ...action('choose-name', context),
      label: context.words.say('doUseName', { name: ending(nextFreeName(shown(name))) }),
    },
  }),
  'not-uploaded-yet': (_, context) => ({
    title: context.words.say('uploadingTitle'),
    sentence: context.words.say('uploading', the(context)),
    action: action('retry', context),
  }),
  'not-found': (_, context) => ({
    title: context.words.say('goneTitle'),
    sentence: context.words.say('gone', the(context)),
    action: { id: 'retry', label: context.words.say('doShareAgain') },
  }),
  'rate-limited': ({ retryAfterMs }, context) => ({
    title: context.words.say('rateTitle'),
    sentence: asksToWait(retryAfterMs, context),
    action: action('retry', context),
  }),
  'storage-full': (_, context) => ({
    title: context.words.say('fullTitle'),
    sentence: context.words.say('full', the(context)),
    action: action(isBuiltIn(context) ? 'show-storage' : 'retry', context),
  }),
  'not-ready': ({ outcomeUnknown, retryAfterMs }, context) => {
    const { words } = context;
    const next = outcomeUnknown
      ? mayExist(context)
      : retryAfterMs === undefined
        ? nothingShared(context, 'retryInAMoment')
        : asksToWait(retryAfterMs, context);
    return {
      title: words.say('notReadyTitle'),
      sentence: words.join(words.say('notReady', the(context)), next),
      action: action('retry', context),
    };
  },
  'service-error': ({ status, outcomeUnknown }, context) => {
    const { words } = context;
    const failed = words.say('error', { ...the(context), status: String(status) });
    return {
      title: words.say('errorTitle'),
      sentence: outcomeUnknown
        ? words.join(failed, mayExist(context), words.say('updateIfAgain'))
        : words.join(failed, words.say('retryThenUpdate')),
      action: action(isBuiltIn(context) ? 'retry' : 'update-service', context),
    };
  },
  unauthorized: (_, context) =>
    isPieces(context)
      ? {
          title: context.words.say('piecesTokenTitle'),
          sentence: context.words.say('piecesToken'),
          action: action('sign-in', context),
        }
      : {
          title: context.words.say('tokenTitle'),
          sentence: context.words.say('token', the(context)),
          action: action('choose-service', context),
        },
  rejected: ({ status }, context) => ({
    title: context.words.say('rejectedTitle'),
    sentence: context.words.join(
      context.words.say('rejected', { ...the(context), status: String(status) }),
      context.words.say(isBuiltIn(context) ? 'pleaseReport' : 'useAnother'),
    ),
    action: elsewhere(context),
  }),
  'bad-response': ({ reason, outcomeUnknown, shareId }, context) => {
    const { words } = context;
    const { title, sentence, other } = ANSWER_TEXT[reason];
    const next =
      shareId !== undefined
        ? words.say('revokeStray')
        : outcomeUnknown
          ? mayExist(context)
          : nothingShared(context, 'nothingSharedChoose');
    return {
      title: words.say(title),
      sentence: words.join(words.say(sentence, the(context)), next),
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
          title: context.words.say('contentChangedTitle'),
          sentence: context.words.say('contentChanged', { name: shown(name) }),
          action: action('retry', context),
        }
      : unreadable(name, context),
  cancelled: (_, context) => ({
    title: context.words.say('cancelledTitle'),
    sentence: context.words.say('cancelled'),
    action: action('dismiss', context),
  }),
};

/** A wait this short is told as such; a longer one by the clock on the wall, which a glance compares. */
const SHORT_WAIT_MS = 100_000;
const MINUTE_MS = 60_000;

function asksToWait(ms: number, context: AdviceContext): string {
  const { words, nowMs } = context;
  if (ms < SHORT_WAIT_MS) return words.say('rate', { ...the(context), wait: words.wait(ms) });
  // The minute by which it is over.
  const time = words.clock(Math.ceil((nowMs + ms) / MINUTE_MS) * MINUTE_MS);
  return words.say('rateUntil', { ...the(context), time });
}

function inDoubt(
  key: 'timedOut' | 'lost',
  outcomeUnknown: boolean,
  context: AdviceContext,
): string {
  const { words } = context;
  return words.join(
    words.say(key, the(context)),
    outcomeUnknown ? mayExist(context) : nothingShared(context, 'nothingSharedRetry'),
  );
}

function howLarge(
  { sizeBytes, limitBytes, refusedBytes }: Extract<LinkifyFault, { readonly kind: 'too-large' }>,
  context: AdviceContext,
): string {
  const { words } = context;
  const service = the(context);
  const size = words.size(sizeBytes);
  if (refusedBytes !== undefined) {
    return words.say('tooLargeBefore', { ...service, size, limit: words.size(refusedBytes) });
  }
  if (limitBytes === undefined) {
    return sizeBytes > 0
      ? words.say('tooLargeSize', { ...service, size })
      : words.say('tooLarge', service);
  }
  const limit = words.size(limitBytes);
  return sizeBytes > 0
    ? words.say('tooLargeBoth', { ...service, size, limit })
    : words.say('tooLargeLimit', { ...service, limit });
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

type AnswerKey =
  Extract<MessageKey, `answer${string}`> extends infer Key ? Exclude<Key, TextKey> : never;

/** `other`: most likely not the service that we want to talk to. */
const ANSWER_TEXT: Readonly<
  Record<
    BadResponseReason,
    { readonly title: TextKey; readonly sentence: AnswerKey; readonly other?: true }
  >
> = {
  'not-json': { title: 'unreadableAnswerTitle', sentence: 'answerNotJson' },
  'wrong-shape': { title: 'unreadableAnswerTitle', sentence: 'answerWrongShape' },
  'no-link': { title: 'answerNoLinkTitle', sentence: 'answerNoLink' },
  'unusable-link': { title: 'answerBadLinkTitle', sentence: 'answerBadLink' },
  redirect: { title: 'answerRedirectTitle', sentence: 'answerRedirect', other: true },
  'web-page': { title: 'notLinkifyTitle', sentence: 'answerWebPage', other: true },
  'too-long': { title: 'answerTooLongTitle', sentence: 'answerTooLong' },
  'unexpected-status': { title: 'answerStatusTitle', sentence: 'answerStatus' },
  'not-linkify': { title: 'notLinkifyTitle', sentence: 'answerNotLinkify', other: true },
  'not-http': { title: 'notLinkifyTitle', sentence: 'answerNotHttp', other: true },
};

/** Of a name as much as fits a button: its end, which is what changes. */
function ending(name: string): string {
  const MOST = 16;
  return name.length > MOST ? `…${name.slice(1 - MOST).toWellFormed()}` : name;
}
