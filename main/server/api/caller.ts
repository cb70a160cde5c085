import { HttpFault } from '../http/fault.ts';
import { SCOPES, type Scope, type User } from '../store/users.ts';

/**
 * Who makes a call: the server's own token (of whoever runs it), which may do everything with all
 * links, or a user, who sees and changes only what is theirs.
 */
export type Caller = { readonly kind: 'server' } | { readonly kind: 'user'; readonly user: User };

/** The id of the user, for whom only what is theirs exists; `undefined` for the server's token. */
export function ownerOf(caller: Caller): string | undefined {
  return caller.kind === 'user' ? caller.user.id : undefined;
}

/** @throws HttpFault 403 where the caller's token has less than this scope */
export function refuseWithout(scope: Scope, caller: Caller): void {
  if (caller.kind === 'server') return;
  if (SCOPES.indexOf(caller.user.scope) >= SCOPES.indexOf(scope)) return;
  throw new HttpFault(403, `The token's scope must be "${scope}".`);
}

/** The largest content of this caller, in bytes. @param limitBytes of the server */
export function largestContent(caller: Caller, limitBytes: number): number {
  return caller.kind === 'server'
    ? limitBytes
    : Math.min(limitBytes, caller.user.maxContentBytes ?? limitBytes);
}
