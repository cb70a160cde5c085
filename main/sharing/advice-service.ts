import type { BadResponseReason, LinkifyFault, UnusableAddressReason } from '../linkify/errors.ts';
import type { CloudState } from '../linkify/model.ts';
import {
  type AdviceTable,
  action,
  CHOOSE_SERVICE,
  CONNECT_CLOUD,
  DISMISS,
  elsewhere,
  isBuiltIn,
  isPieces,
  MAY_EXIST,
  RETRY,
  SIGN_IN,
  START_PIECES,
  shown,
  subject,
  the,
  UPDATE,
  USE_BUILT_IN,
  unreadable,
} from './advice-words.ts';
import { sizeText, waitText } from './size-text.ts';

/** What to say when something goes wrong between us and a service. */
export const SERVICE_ADVICE: AdviceTable<LinkifyFault> = {
  'unusable-address': ({ reason }) => ({
    title: 'Unusable service address',
    sentence: `${ADDRESS_TEXT[reason]} Correct it in Preferences.`,
    action: CHOOSE_SERVICE,
  }),
  unreachable: ({ baseUrl }, context) =>
    isPieces(context)
      ? {
          title: 'Pieces OS is not running',
          sentence: `Nothing answers at ${shown(baseUrl)}. Start Pieces, or use the built-in service.`,
          action: START_PIECES,
        }
      : isBuiltIn(context)
        ? {
            title: 'The built-in service is not running',
            sentence: `Nothing answers at ${shown(baseUrl)}. Try again: it is then started anew.`,
            action: RETRY,
          }
        : {
            title: 'The service is not running',
            sentence: `Nothing answers at ${shown(baseUrl)}. Start the service there, or use the built-in one.`,
            action: USE_BUILT_IN,
          },
  'timed-out': ({ outcomeUnknown }, context) => ({
    title: 'The service took too long',
    sentence: `${the(context)} gave no answer in time. ${outcomeUnknown ? MAY_EXIST : 'Nothing was shared. Try again.'}`,
    action: RETRY,
  }),
  'connection-lost': ({ outcomeUnknown }, context) => ({
    title: 'The connection was lost',
    sentence: `${the(context)} broke off the connection. ${outcomeUnknown ? MAY_EXIST : 'Nothing was shared. Try again.'}`,
    action: RETRY,
  }),
  'untrusted-certificate': ({ baseUrl }) => ({
    title: 'Can’t trust this server',
    sentence: `The certificate of ${shown(baseUrl)} does not prove that it is that server, so nothing was sent. Ask whoever runs it, or use the built-in service.`,
    action: USE_BUILT_IN,
  }),
  'sign-in-required': (_, context) => ({
    title: 'Sign in to share',
    sentence: `Nobody is signed in to ${subject(context)}. Sign in, and the share goes on.`,
    action: SIGN_IN,
  }),
  'cloud-not-connected': ({ cloud }, context) => ({
    title: CLOUD_TEXT[cloud].title,
    sentence: `${CLOUD_TEXT[cloud].sentence} Or use the built-in service, which needs no cloud.`,
    action: isBuiltIn(context) ? RETRY : CONNECT_CLOUD,
  }),
  'github-not-connected': (_, context) => ({
    title: 'Connect GitHub first',
    sentence: `${the(context)} needs your GitHub account for this share. Connect it, and the share goes on.`,
    action: action('connect-github', 'Connect GitHub'),
  }),
  'update-required': (_, context) => ({
    title: `${isPieces(context) ? 'Pieces OS' : 'The service'} is too old for links`,
    sentence: `${the(context)} needs an update before it can make links. Check for one, or use the built-in service.`,
    action: UPDATE,
  }),
  'too-large': ({ sizeBytes, limitBytes }, context) => ({
    title: 'Too large to share',
    sentence: `${sizeBytes > 0 ? `${sizeText(sizeBytes)} is` : 'This is'} more than ${subject(context)} takes${
      limitBytes === undefined ? '' : ` (${sizeText(limitBytes)})`
    }. ${isBuiltIn(context) ? 'Share something smaller.' : 'Use the built-in service, or share something smaller.'}`,
    action: isBuiltIn(context) ? DISMISS : USE_BUILT_IN,
  }),
  'name-taken': ({ name }) => ({
    title: 'That name is taken',
    sentence: `There is a collection named “${shown(name)}” already. Choose another name.`,
    action: action('choose-name', 'Choose another name'),
  }),
  'not-uploaded-yet': (_, context) => ({
    title: 'Still uploading',
    sentence: `${the(context)} has not uploaded everything yet, so the link cannot be made. Try again in a moment.`,
    action: RETRY,
  }),
  'not-found': (_, context) => ({
    title: 'Gone on the service',
    sentence: `${the(context)} does not know this any more. Share it again.`,
    action: action('retry', 'Share again'),
  }),
  'rate-limited': ({ retryAfterMs }, context) => ({
    title: 'Too many requests',
    sentence: `${the(context)} asks to wait. Try again in ${waitText(retryAfterMs)}.`,
    action: RETRY,
  }),
  'storage-full': (_, context) => ({
    title: 'No space on the service',
    sentence: `${the(context)} has no space left. Revoke links that are no longer needed, then try again.`,
    action: RETRY,
  }),
  'not-ready': ({ outcomeUnknown, retryAfterMs }, context) => ({
    title: 'The service is not ready yet',
    sentence: `${the(context)} cannot be reached behind its address just now. ${
      outcomeUnknown
        ? MAY_EXIST
        : `Try again ${retryAfterMs === undefined ? 'in a moment' : `in ${waitText(retryAfterMs)}`}.`
    }`,
    action: RETRY,
  }),
  'service-error': ({ status, outcomeUnknown }, context) => ({
    title: 'The service had an error',
    sentence: `${the(context)} failed (status ${status}). ${outcomeUnknown ? `${MAY_EXIST} If it happens again, check for an update.` : 'Try again; if it happens again, check for an update.'}`,
    action: isBuiltIn(context) ? RETRY : UPDATE,
  }),
  unauthorized: (_, context) =>
    isPieces(context)
      ? {
          title: 'Pieces OS does not accept this app',
          sentence: 'Pieces OS turned us away twice. Sign in there again.',
          action: SIGN_IN,
        }
      : {
          title: 'The service wants another token',
          sentence: `${the(context)} does not accept our token. Check it in Preferences.`,
          action: CHOOSE_SERVICE,
        },
  rejected: ({ status }, context) => ({
    title: 'The service refused',
    sentence: `${the(context)} refused the request (status ${status}), and would again. ${isBuiltIn(context) ? 'Please report this.' : 'Use the built-in service, or another one.'}`,
    action: elsewhere(context),
  }),
  'bad-response': ({ reason, outcomeUnknown, shareId }, context) => {
    const { title, sentence, other } = ANSWER_TEXT[reason];
    return {
      title,
      sentence: `${the(context)} ${sentence} ${
        shareId !== undefined
          ? 'Revoke it: it is on the service, and not on your clipboard.'
          : outcomeUnknown
            ? MAY_EXIST
            : 'Nothing was shared. Choose another service.'
      }`,
      action:
        shareId !== undefined
          ? action('revoke', 'Revoke')
          : other && !isBuiltIn(context)
            ? CHOOSE_SERVICE
            : elsewhere(context),
    };
  },
  'unreadable-content': ({ name }) => unreadable(name),
  cancelled: () => ({
    title: 'Cancelled',
    sentence: 'The share was stopped. Your clipboard was left alone.',
    action: DISMISS,
  }),
};

const ADDRESS_TEXT: Readonly<Record<UnusableAddressReason, string>> = {
  'not-a-url': 'The address of the service is no web address.',
  'plain-http':
    'The address of the service is not encrypted: http is used on this computer only, https elsewhere.',
  credentials: 'The address of the service has a user name or password in it.',
};

const CLOUD_TEXT: Readonly<
  Record<CloudState, { readonly title: string; readonly sentence: string }>
> = {
  'never-connected': {
    title: 'Connect your cloud to share',
    sentence: 'Links are made by your Pieces cloud, which was never connected. Connect it once.',
  },
  disconnected: {
    title: 'Your cloud is disconnected',
    sentence: 'Links are made by your Pieces cloud, which is disconnected. Connect it.',
  },
  failed: {
    title: 'Your cloud could not be connected',
    sentence: 'Pieces OS could not connect your cloud. Connect it again.',
  },
  pending: {
    title: 'Your cloud is starting',
    sentence: 'Your Pieces cloud is still starting. Wait for it.',
  },
  unknown: {
    title: 'Your cloud is not ready',
    sentence: 'Pieces OS does not say how your cloud is. Connect it again.',
  },
  running: {
    title: 'Your cloud refused the share',
    sentence: 'Your Pieces cloud is running but did not take the share. Connect it again.',
  },
  succeeded: {
    title: 'Your cloud refused the share',
    sentence: 'Your Pieces cloud is connected but did not take the share. Connect it again.',
  },
};

/** `other`: most likely not the service that we want to talk to. */
const ANSWER_TEXT: Readonly<
  Record<
    BadResponseReason,
    { readonly title: string; readonly sentence: string; readonly other?: true }
  >
> = {
  'not-json': { title: 'Unreadable answer', sentence: 'gave an answer that cannot be read.' },
  'wrong-shape': {
    title: 'Unreadable answer',
    sentence: 'gave an answer that lacks what is needed.',
  },
  'no-link': { title: 'No link came back', sentence: 'answered without a link.' },
  'unusable-link': {
    title: 'Unusable link',
    sentence: 'gave a link that is not safe to open, so it was not copied.',
  },
  redirect: {
    title: 'Sent elsewhere',
    sentence: 'sent us to another address, which was not followed.',
    other: true,
  },
  'web-page': {
    title: 'Not a Linkify service',
    sentence: 'answered with a web page: another program, or a network that asks for a login.',
    other: true,
  },
  'too-long': { title: 'Answer too long', sentence: 'gave an answer without an end in sight.' },
  'unexpected-status': {
    title: 'Unexpected answer',
    sentence: 'gave an answer that is neither a link nor an error.',
  },
  'not-linkify': {
    title: 'Not a Linkify service',
    sentence: 'does not know this request: another program seems to answer there.',
    other: true,
  },
  'not-http': {
    title: 'Not a Linkify service',
    sentence: 'does not speak HTTP: another program answers there.',
    other: true,
  },
};
