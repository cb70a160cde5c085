import type { TestService } from './run.ts';
import { type Api, apiOf } from './run.ts';

export interface TestUser {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly api: Api;
}

/**
 * Creates a user over the API, with the server's own token.
 * @param limits such as `quotaBytes`
 * @param baseUrls of the servers that the user's requests go to, in turn
 */
export async function addUser(
  { api, service }: TestService,
  name: string,
  limits: object = {},
  baseUrls: readonly string[] = [service.apiBaseUrl],
): Promise<TestUser> {
  const answer = await api.call('POST', '/x-linkify/users', { name, ...limits });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const { user, token } = answer.json;
  return { id: user.id, name, token, api: apiOf(baseUrls, token) };
}
