import type * as v from 'valibot';
import { connectCloud, type RecoveryCalls, type RecoveryPace, signIn } from './account-flows.ts';
import type { Connection } from './connection.ts';
import { bodyOfValue } from './http/json-body.ts';
import type { LinkifyService, UpdateState } from './model.ts';
import { jsonOf, validated } from './response.ts';
import { allocationSchema, cloudStateOf, updateStatusSchema } from './wire.ts';

export type AccountCalls = Pick<
  LinkifyService,
  'signIn' | 'connectCloud' | 'linkGitHub' | 'checkForUpdate'
>;

/** The calls that make a service ready again: sign-in, cloud, GitHub, update. */
export function createAccountCalls(
  connection: Connection,
  baseUrl: string,
  pace: RecoveryPace,
): AccountCalls {
  const { timeouts } = connection;
  const recovery: RecoveryCalls = {
    baseUrl,
    user: (callOptions) => connection.user(callOptions),

    startSignIn: (callOptions) =>
      connection.asApplication(callOptions, async (app) => {
        await connection.send({
          name: 'sign-in',
          method: 'POST',
          path: 'os/sign_in',
          application: app,
          responseMs: timeouts.signInMs,
          options: callOptions,
        });
      }),

    startCloud: (signedIn, callOptions) =>
      connection.asApplication(callOptions, async (app) => {
        const response = await connection.send({
          name: 'connect-cloud',
          method: 'POST',
          path: 'allocations/connect',
          body: bodyOfValue(signedIn.raw),
          application: app,
          responseMs: timeouts.cloudMs,
          options: callOptions,
        });
        return cloudStateOf(
          validated(allocationSchema, jsonOf(response, connection.changes), connection.changes),
        );
      }),
  };

  return {
    signIn: (callOptions = {}) => signIn(recovery, callOptions, pace),

    connectCloud: (callOptions = {}) => connectCloud(recovery, callOptions, pace),

    linkGitHub: (callOptions) =>
      connection.asApplication(callOptions, async (app) => {
        await connection.send({
          name: 'link-provider',
          method: 'POST',
          path: 'os/link_provider',
          body: bodyOfValue({ type: 'github' }),
          application: app,
          responseMs: timeouts.signInMs,
          options: callOptions,
        });
      }),

    checkForUpdate: (callOptions) =>
      connection.asApplication(callOptions, async (app) => {
        const response = await connection.send({
          name: 'update-check',
          method: 'POST',
          path: 'os/update/check',
          body: bodyOfValue({}),
          application: app,
          responseMs: timeouts.quickMs,
          options: callOptions,
        });
        const { reads } = connection;
        return updateStateOf(validated(updateStatusSchema, jsonOf(response, reads), reads));
      }),
  };
}

function updateStateOf({
  status = '',
  percentage,
}: v.InferOutput<typeof updateStatusSchema>): UpdateState {
  const known = UPDATE_STATES.get(status) ?? 'unknown';
  return percentage === undefined ? { status: known } : { status: known, percentage };
}

const UPDATE_STATES: ReadonlyMap<string, UpdateState['status']> = new Map([
  ['UP_TO_DATE', 'up-to-date'],
  ['AVAILABLE', 'available'],
  ['DOWNLOADING', 'downloading'],
  ['READY_TO_RESTART', 'ready-to-restart'],
  ['REINSTALL_REQUIRED', 'reinstall-required'],
  ['CONTACT_SUPPORT', 'contact-support'],
]);
