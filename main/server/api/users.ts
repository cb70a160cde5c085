import * as v from 'valibot';
import { HttpFault } from '../http/fault.ts';
import { sendJson } from '../http/response.ts';
import { queryOf } from '../http/router.ts';
import { type AuditEntry, type IssuedToken, SCOPES, type User } from '../store/users.ts';
import { type ApiHandler, type Call, jsonBodyOf } from './call.ts';
import { largestContent } from './caller.ts';
import { parse } from './requests.ts';

/** How many entries of the audit log one response holds at most. */
const AUDIT_LIMIT = 1_000;

const limit = v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));

/** Letters and digits of any language, and what stands in names and mail addresses. */
export const userNameSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@+'-]{0,63}$/u),
);

export const newUserSchema = v.strictObject({
  name: userNameSchema,
  scope: v.optional(v.picklist(SCOPES), 'share'),
  quotaBytes: limit,
  maxContentBytes: limit,
  requestsPerMinute: limit,
});

/** The caller: "Connected as Anna, 1.2 of 5 GB used". */
export const getMe: ApiHandler = async ({ caller, response }, api) => {
  const maxContentBytes = largestContent(caller, api.maxContentBytes);
  if (caller.kind === 'server') {
    const usedBytes = await api.store.readUsedBytes();
    const quotaBytes = api.quotaBytes();
    return sendJson(response, 200, { scope: 'admin', usedBytes, quotaBytes, maxContentBytes });
  }
  const { name, scope, usedBytes, quotaBytes } = caller.user;
  sendJson(response, 200, { name, scope, usedBytes, quotaBytes, maxContentBytes });
};

export const listUsers: ApiHandler = async ({ response }, { users }) =>
  sendJson(response, 200, { iterable: (await users.list()).map(wireUserOf) });

export const addUser: ApiHandler = async (call, { users }) => {
  const issued = await users.add(parse(newUserSchema, await jsonBodyOf(call)));
  if (issued === undefined) throw new HttpFault(409, 'User name already in use.');
  sendToken(call, issued);
};

export const disableUser: ApiHandler = async ({ parameters, response }, { users }) =>
  sendJson(response, 200, wireUserOf(known(await users.setDisabled(parameters.user ?? '', true))));

export const enableUser: ApiHandler = async ({ parameters, response }, { users }) =>
  sendJson(response, 200, wireUserOf(known(await users.setDisabled(parameters.user ?? '', false))));

export const rotateToken: ApiHandler = async (call, { users }) =>
  sendToken(call, known(await users.rotate(call.parameters.user ?? '')));

/** Responds once all links of the user are revoked. */
export const removeUser: ApiHandler = async ({ parameters, response }, { users, store }) => {
  const id = parameters.user ?? '';
  known(await users.setDisabled(id, true));
  await store.endAllOf(id);
  sendJson(response, 200, wireUserOf(known(await users.remove(id))));
};

export const getAudit: ApiHandler = async ({ request, response }, { users }) => {
  const query = queryOf(request);
  const limit = Number(query.get('limit') ?? AUDIT_LIMIT);
  const before = query.get('before');
  const entries = await users.audit(
    Number.isInteger(limit) && limit > 0 ? Math.min(limit, AUDIT_LIMIT) : AUDIT_LIMIT,
    before !== null && /^\d{1,15}$/.test(before) ? Number(before) : undefined,
  );
  sendJson(response, 200, { iterable: entries.map(wireEntryOf) });
};

function sendToken({ response }: Call, { user, token }: IssuedToken): void {
  sendJson(response, 200, { user: wireUserOf(user), token });
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new HttpFault(404, 'User not found.');
  return found;
}

function wireUserOf({ createdAtMs, isDisabled, ...user }: User) {
  return { ...user, disabled: isDisabled, createdAt: new Date(createdAtMs).toISOString() };
}

function wireEntryOf({ atMs, userName, action, shareHash }: AuditEntry) {
  return { at: new Date(atMs).toISOString(), user: userName, action, shareHash };
}
