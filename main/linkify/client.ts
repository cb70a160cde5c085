import { createAccountCalls } from './account-calls.ts';
import { RECOVERY_PACE } from './account-flows.ts';
import { badResponse } from './answer.ts';
import { createCalls } from './calls.ts';
import { type ClientOptions, PATIENCE } from './client-options.ts';
import { bodyOfValue } from './http/json-body.ts';
import { createLinkCalls } from './link-calls.ts';
import type { LinkifyService } from './model.ts';
import { createOwnCalls } from './own-calls.ts';
import { HEALTH, versionIn } from './wire.ts';

/**
 * A client of one service. Nothing is sent before the first call; an address that may not be
 * used makes each call reject with `unusable-address`.
 */
export function createLinkifyClient(options: ClientOptions): LinkifyService {
  const { baseUrl } = options;
  const calls = createCalls({ ...options, patience: { ...PATIENCE, ...options.patience } });
  const { application, asApplication, changes, hello, patience, reads, send, user } = calls;
  const own = createOwnCalls({
    reads,
    changes,
    call: (name, path, body, callOptions) =>
      asApplication(callOptions, (app) =>
        send({
          name,
          method: body === undefined ? 'GET' : 'POST',
          path,
          ...(body === undefined ? {} : { body: bodyOfValue(body) }),
          application: app,
          repeatable: true,
          responseMs: patience.quickMs,
          options: callOptions,
        }),
      ),
  });

  return {
    baseUrl,
    own,
    ...createLinkCalls(calls),
    ...createAccountCalls({
      calls,
      baseUrl,
      pace: { ...RECOVERY_PACE, ...options.recoveryPace },
    }),

    async check(callOptions) {
      const get = async (path: string): Promise<string> => {
        const answer = await send({
          name: 'check',
          method: 'GET',
          path: `.well-known/${path}`,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        return answer.body.toString('utf8');
      };
      const [health, found] = await Promise.all([get('health'), get('version')]);
      const version = versionIn(found);
      const installation = HEALTH.exec(health)?.[1]?.toLowerCase();
      if (installation === undefined || version === undefined) {
        throw badResponse('not-linkify', false);
      }
      return { version, installation };
    },

    async connect(callOptions) {
      const { isOurServer } = await application(callOptions?.signal);
      return { isOurServer };
    },

    user,
    hello,
    close: calls.close,
  };
}
