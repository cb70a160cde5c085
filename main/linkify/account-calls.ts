import { connectCloud, type RecoveryCalls, type RecoveryPace, signIn } from './account-flows.ts';
import { jsonOf, shaped } from './answer.ts';
import type { Calls } from './calls.ts';
import { bodyOfValue } from './http/json-body.ts';
import type { LinkifyService, UpdateState } from './model.ts';
import { allocationSchema, cloudStateOf, updateStatusSchema } from './wire.ts';

export type AccountCalls = Pick<
  LinkifyService,
  'signIn' | 'connectCloud' | 'linkGitHub' | 'checkForUpdate'
>;

export interface AccountCallsNeeds {
  readonly calls: Calls;
  readonly baseUrl: string;
  readonly pace: RecoveryPace;
}

/** The calls by which a person gets a service ready again: sign-in, cloud, GitHub, update. */
export function createAccountCalls({ calls, baseUrl, pace }: AccountCallsNeeds): AccountCalls {
  const { asApplication, changes, patience, reads, send, user } = calls;

  const recovery: RecoveryCalls = {
    baseUrl,
    user,

    startSignIn: (callOptions) =>
      asApplication(callOptions, async (app) => {
        await send({
          name: 'sign-in',
          method: 'POST',
          path: 'os/sign_in',
          application: app,
          responseMs: patience.personMs,
          options: callOptions,
        });
      }),

    startCloud: (signedIn, callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'connect-cloud',
          method: 'POST',
          path: 'allocations/connect',
          body: bodyOfValue(signedIn.raw),
          application: app,
          responseMs: patience.cloudMs,
          options: callOptions,
        });
        return cloudStateOf(shaped(allocationSchema, jsonOf(answer, changes()), changes()));
      }),
  };

  return {
    signIn: (callOptions = {}) => signIn(recovery, callOptions, pace),

    connectCloud: (callOptions = {}) => connectCloud(recovery, callOptions, pace),

    linkGitHub: (callOptions) =>
      asApplication(callOptions, async (app) => {
        await send({
          name: 'link-provider',
          method: 'POST',
          path: 'os/link_provider',
          body: bodyOfValue({ type: 'github' }),
          application: app,
          responseMs: patience.personMs,
          options: callOptions,
        });
      }),

    checkForUpdate: (callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'update-check',
          method: 'POST',
          path: 'os/update/check',
          body: bodyOfValue({}),
          application: app,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        const found = shaped(updateStatusSchema, jsonOf(answer, reads()), reads());
        const status = UPDATE_STATES.get(found.status ?? '') ?? 'unknown';
        return {
          status,
          ...(found.percentage === undefined ? {} : { percentage: found.percentage }),
        };
      }),
  };
}

const UPDATE_STATES: ReadonlyMap<string, UpdateState['status']> = new Map([
  ['UP_TO_DATE', 'up-to-date'],
  ['AVAILABLE', 'available'],
  ['DOWNLOADING', 'downloading'],
  ['READY_TO_RESTART', 'ready-to-restart'],
  ['REINSTALL_REQUIRED', 'reinstall-required'],
  ['CONTACT_SUPPORT', 'contact-support'],
]);
