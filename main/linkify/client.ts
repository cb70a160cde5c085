import { createAccountCalls } from './account-calls.ts';
import { RECOVERY_PACE } from './account-flows.ts';
import { type ClientOptions, DEFAULT_TIMEOUTS } from './client-options.ts';
import { Connection } from './connection.ts';
import * as links from './link-calls.ts';
import type { CallOptions, LinkifyService } from './model.ts';
import { badResponse } from './response.ts';
import { createServerExtensions } from './server-extensions.ts';
import { HEALTH, versionIn } from './wire.ts';

/**
 * A client of one service. Nothing is sent before the first call; with an address that can't be
 * used, each call rejects with `unusable-address`.
 */
export function createLinkifyClient(options: ClientOptions): LinkifyService {
  const { baseUrl } = options;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const connection = new Connection({ ...options, timeouts });
  return {
    baseUrl,
    own: createServerExtensions(connection),
    ...createAccountCalls(connection, baseUrl, { ...RECOVERY_PACE, ...options.recoveryPace }),
    check: (callOptions) => check(connection, callOptions),
    async connect(callOptions) {
      const { isOurServer } = await connection.application(callOptions?.signal);
      return { isOurServer };
    },
    user: (callOptions) => connection.user(callOptions),
    connectAndReadUser: (callOptions) => connection.connectAndReadUser(callOptions),
    createAsset: (item, callOptions) => links.createAsset(connection, item, callOptions),
    deleteAsset: (assetId, callOptions) => links.deleteAsset(connection, assetId, callOptions),
    linkify: (item, callOptions) => links.linkify(connection, item, callOptions),
    linkifyAsset: (asset, callOptions) => links.linkifyAsset(connection, asset, callOptions),
    linkifyMultiple: (assetIds, name, callOptions) =>
      links.linkifyMultiple(connection, assetIds, name, callOptions),
    revoke: (shareId, callOptions) => links.revoke(connection, shareId, callOptions),
    shares: (callOptions) => links.listShares(connection, callOptions),
    share: (shareId, callOptions) => links.readShare(connection, shareId, callOptions),
    close: () => connection.close(),
  };
}

/** Version and installation id, once both `.well-known` responses look like a Linkify service. */
async function check(
  connection: Connection,
  options: CallOptions | undefined,
): Promise<{ readonly version: string; readonly installation: string }> {
  const get = async (path: string): Promise<string> => {
    const response = await connection.send({
      name: 'check',
      method: 'GET',
      path: `.well-known/${path}`,
      responseMs: connection.timeouts.quickMs,
      options,
    });
    return response.body.toString('utf8');
  };
  const [health, found] = await Promise.all([get('health'), get('version')]);
  const version = versionIn(found);
  const installation = HEALTH.exec(health)?.[1]?.toLowerCase();
  if (installation === undefined || version === undefined) {
    throw badResponse('not-linkify', false);
  }
  return { version, installation };
}
