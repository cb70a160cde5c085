import type { RecoveryId } from '../../../preload/contract.ts';
import type { Label } from './failure-rows.ts';

/** What becomes of a share: it waits and goes out by itself, is held for the person, or is over. */
export type Kept = 'waits' | 'held' | 'over';

/** What a person reads of a share that failed, where a service of their own is in use. */
export interface FailureOutcome {
  readonly title: string;
  /** `*` stands for what differs: a status, a time, a size. */
  readonly sentence: string;
  readonly action: RecoveryId;
  readonly kept: Kept;
}

const DOUBT =
  'It may have made the link all the same: that is looked up before anything is sent again.';
const NOT_YET = 'Nothing was shared yet.';
const STRAY = 'Revoke it: it is on the service, and not on your clipboard.';

/** By what the client makes of it. A doubt, or a stray link, adds a sentence or changes the button. */
export const OUTCOMES: Readonly<Record<Exclude<Label, NeverOfAShare>, FailureOutcome>> = {
  unreachable: {
    title: 'The service is not running',
    sentence: 'Nothing answers at *. Start the service there, or use the built-in one.',
    action: 'use-built-in',
    kept: 'waits',
  },
  'timed-out': {
    title: 'The service took too long',
    sentence: `the service gave no answer in time. ${DOUBT}`,
    action: 'retry',
    kept: 'waits',
  },
  'connection-lost': {
    title: 'The connection was lost',
    sentence: 'the service broke off the connection. *',
    action: 'retry',
    kept: 'waits',
  },
  'untrusted-certificate': {
    title: 'Can’t trust this server',
    sentence:
      'The certificate of * does not prove that it is that server, so nothing was sent. Ask whoever runs it, or use the built-in service.',
    action: 'use-built-in',
    kept: 'held',
  },
  'sign-in-required': {
    title: 'Sign in to share',
    sentence: 'the service has nobody signed in. Sign in, and the share goes on.',
    action: 'sign-in',
    kept: 'waits',
  },
  'cloud-not-connected': {
    title: '*our cloud*',
    sentence: '*. Or use the built-in service, which needs no cloud.',
    action: 'connect-cloud',
    kept: 'waits',
  },
  'github-not-connected': {
    title: 'Connect GitHub first',
    sentence:
      'the service needs your GitHub account for this share. Connect it, and the share goes on.',
    action: 'connect-github',
    kept: 'held',
  },
  'update-required': {
    title: 'The service is too old for links',
    sentence:
      'the service needs an update before it can make links. Check for one, or use the built-in service.',
    action: 'update-service',
    kept: 'waits',
  },
  'too-large': {
    title: 'Too large to share',
    sentence: 'the service *. Use the built-in service, or share something smaller.',
    action: 'use-built-in',
    kept: 'held',
  },
  'name-taken': {
    title: 'That name is taken',
    sentence: 'There is a collection named “notes” already. Choose another name.',
    action: 'choose-name',
    kept: 'held',
  },
  'not-uploaded-yet': {
    title: 'Still uploading',
    sentence:
      'the service has not uploaded everything yet, so the link cannot be made. Try again in a moment.',
    action: 'retry',
    kept: 'waits',
  },
  'not-found': {
    title: 'Gone on the service',
    sentence: 'the service does not know this any more. Share it again.',
    action: 'retry',
    kept: 'held',
  },
  'rate-limited': {
    title: 'Too many requests',
    sentence: 'the service asks to wait *.',
    action: 'retry',
    kept: 'waits',
  },
  'storage-full': {
    title: 'No space on the service',
    sentence:
      'the service has no space left. Revoke links that are no longer needed, then try again.',
    action: 'retry',
    kept: 'held',
  },
  'not-ready': {
    title: 'The service is not ready yet',
    sentence: 'the service cannot be reached behind its address just now. *',
    action: 'retry',
    kept: 'waits',
  },
  'service-error': {
    title: 'The service had an error',
    sentence: `the service failed (status *). ${DOUBT} If it happens again, check for an update.`,
    action: 'update-service',
    kept: 'waits',
  },
  unauthorized: {
    title: 'The service wants another token',
    sentence: 'the service does not accept our token. Check it in Preferences.',
    action: 'choose-service',
    kept: 'held',
  },
  rejected: {
    title: 'The service refused',
    sentence:
      'the service refused the request (status *), and would again. Use the built-in service, or another one.',
    action: 'use-built-in',
    kept: 'held',
  },
  'not-json': {
    title: 'Unreadable answer',
    sentence: `the service gave an answer that cannot be read. ${DOUBT}`,
    action: 'use-built-in',
    kept: 'held',
  },
  'wrong-shape': {
    title: 'Unreadable answer',
    sentence: `the service gave an answer that lacks what is needed. ${DOUBT}`,
    action: 'use-built-in',
    kept: 'held',
  },
  'no-link': {
    title: 'No link came back',
    sentence: 'the service answered without a link. *',
    action: 'use-built-in',
    kept: 'held',
  },
  'unusable-link': {
    title: 'Unusable link',
    sentence: `the service gave a link that is not safe to open, so it was not copied. ${STRAY}`,
    action: 'revoke',
    kept: 'held',
  },
  redirect: {
    title: 'Sent elsewhere',
    sentence: `the service sent us to another address, which was not followed. ${NOT_YET}`,
    action: 'choose-service',
    kept: 'waits',
  },
  'web-page': {
    title: 'Not a Linkify service',
    sentence: `the service answered with a web page: another program, or a network that asks for a login. ${NOT_YET}`,
    action: 'choose-service',
    kept: 'waits',
  },
  'too-long': {
    title: 'Answer too long',
    sentence: `the service gave an answer without an end in sight. ${DOUBT}`,
    action: 'use-built-in',
    kept: 'held',
  },
  'unexpected-status': {
    title: 'Unexpected answer',
    sentence: `the service gave an answer that is neither a link nor an error. ${DOUBT}`,
    action: 'use-built-in',
    kept: 'held',
  },
  'not-linkify': {
    title: 'Not a Linkify service',
    sentence: `the service does not know this request: another program seems to answer there. ${NOT_YET}`,
    action: 'choose-service',
    kept: 'waits',
  },
  'not-http': {
    title: 'Not a Linkify service',
    sentence: `the service does not speak HTTP: another program answers there. ${DOUBT}`,
    action: 'choose-service',
    kept: 'waits',
  },
  cancelled: {
    title: 'Cancelled',
    sentence: 'The share was stopped. Your clipboard was left alone.',
    action: 'dismiss',
    kept: 'over',
  },
};

/** An address that is never used, and a file of the person's own: no service does that. */
type NeverOfAShare = 'unusable-address' | 'unreadable-content' | 'unverified-peer';

/** Whether a text is what the table says, with anything in place of `*`. */
export function says(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.?()[\]{}+^$|\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(text);
}
