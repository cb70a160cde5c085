import { LinkifyError, type LinkifyFault } from '../linkify/errors.ts';
import type { LinkifyClient } from '../linkify/model.ts';

/** The same client, which also tells the fault of each call that fails, those of `own` included. */
export function reportFaults<Client extends LinkifyClient>(
  client: Client,
  note: (fault: LinkifyFault) => void,
): Client {
  return noting(client, note);
}

function noting<Calls extends object>(calls: Calls, note: (fault: LinkifyFault) => void): Calls {
  return new Proxy(calls, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member === 'object' && member !== null) return noting(member, note);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(member, target, given);
        if (result instanceof Promise) {
          result.catch((error: unknown) => {
            if (error instanceof LinkifyError) note(error.fault);
          });
        }
        return result;
      };
    },
  });
}
