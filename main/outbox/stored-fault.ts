import * as v from 'valibot';
import { type Fault, SERVICE_START_REASONS } from '../failures/faults.ts';
import { BAD_RESPONSE_REASONS, UNUSABLE_ADDRESS_REASONS } from '../linkify/errors.ts';
import { CLOUD_STATES } from '../linkify/model.ts';

const kind = <const Kind extends Fault['kind']>(name: Kind) => v.literal(name);
const whole = v.pipe(v.number(), v.safeInteger());
const baseUrl = v.string();
const outcomeUnknown = v.boolean();

/** What a share or a cleanup in the outbox can have failed with. */
const storedFaultSchema = v.variant('kind', [
  v.object({
    kind: v.picklist([
      'sign-in-required',
      'github-not-connected',
      'update-required',
      'not-uploaded-yet',
      'not-found',
      'storage-full',
      'unauthorized',
      'unverified-service',
      'token-lost',
      'internal',
    ]),
  }),
  v.object({
    kind: kind('unusable-address'),
    reason: v.picklist(UNUSABLE_ADDRESS_REASONS),
  }),
  v.object({ kind: v.picklist(['unreachable', 'untrusted-certificate']), baseUrl }),
  v.object({ kind: kind('timed-out'), baseUrl, outcomeUnknown }),
  v.object({ kind: kind('connection-lost'), outcomeUnknown }),
  v.object({ kind: kind('unverified-peer'), port: whole, uid: whole }),
  v.object({
    kind: kind('cloud-not-connected'),
    cloud: v.picklist(CLOUD_STATES),
  }),
  v.object({
    kind: kind('too-large'),
    sizeBytes: whole,
    limitBytes: v.exactOptional(whole),
    refusedBytes: v.exactOptional(whole),
  }),
  v.object({
    kind: v.picklist(['name-taken', 'unreadable-file', 'file-changed']),
    name: v.string(),
  }),
  v.object({ kind: kind('rate-limited'), retryAfterMs: v.number() }),
  v.object({
    kind: kind('not-ready'),
    status: whole,
    outcomeUnknown,
    retryAfterMs: v.exactOptional(v.number()),
  }),
  v.object({ kind: kind('service-error'), status: whole, outcomeUnknown }),
  v.object({ kind: kind('rejected'), status: whole }),
  v.object({
    kind: kind('bad-response'),
    reason: v.picklist(BAD_RESPONSE_REASONS),
    outcomeUnknown,
    shareId: v.exactOptional(v.string()),
  }),
  v.object({
    kind: kind('service-did-not-start'),
    reason: v.picklist(SERVICE_START_REASONS),
  }),
  v.object({ kind: kind('unusable-service-address'), address: v.string() }),
  v.object({ kind: kind('pending-expired'), what: v.string() }),
]) satisfies v.GenericSchema<unknown, Fault>;

/** A fault as it was stored; `internal` for one that only another version knows. */
export const storedFault = v.pipe(
  v.unknown(),
  v.transform((stored): Fault => {
    const parsed = v.safeParse(storedFaultSchema, stored);
    return parsed.success ? parsed.output : { kind: 'internal' };
  }),
);
