import type { ClientOptions } from '../linkify/client-options.ts';
import type { LinkifyService } from '../linkify/model.ts';

/** Creates a client of one server; the HTTP client is loaded with the first one. */
export type CreateClient = (
  server: Pick<ClientOptions, 'baseUrl' | 'token' | 'peer'>,
) => Promise<LinkifyService>;

export const clientCreator =
  (app: Pick<ClientOptions, 'appVersion' | 'platform'>): CreateClient =>
  async (server) => {
    const { createLinkifyClient } = await import('../linkify/client.ts');
    return createLinkifyClient({ ...server, ...app });
  };
