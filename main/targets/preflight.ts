import { LinkifyError } from '../linkify/errors.ts';
import type { CloudState, LinkifyClient } from '../linkify/model.ts';

/** A cloud in one of these states makes no links; of the others its own answer tells. */
const DOWN: ReadonlySet<CloudState> = new Set([
  'pending',
  'failed',
  'disconnected',
  'never-connected',
]);

/**
 * Asks a service that could not do it the last time whether it can now, before anything of what is
 * shared goes out again: one small request in place of a whole upload.
 * @throws LinkifyError when it still cannot
 */
export async function preflight(
  client: Pick<LinkifyClient, 'user' | 'check'>,
  lastFault: { readonly kind: string } | undefined,
): Promise<void> {
  switch (lastFault?.kind) {
    case 'sign-in-required':
    case 'cloud-not-connected': {
      const user = await client.user();
      if (user === null) throw new LinkifyError({ kind: 'sign-in-required' });
      if (DOWN.has(user.cloud)) {
        throw new LinkifyError({ kind: 'cloud-not-connected', cloud: user.cloud });
      }
      return;
    }
    case 'bad-response':
    case 'unreachable':
      // Another program may have taken its port since.
      await client.check();
      return;
  }
}
