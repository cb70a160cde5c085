import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { pathOf } from '../http/router.ts';
import { idOfBytes } from '../ids.ts';
import { type AssetRecord, isTombstone, type ShareRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { StoreError } from '../store/store-error.ts';

/**
 * A key is known for one to two days, in ms: longer than any client goes on trying before it
 * looks at its list of shares.
 */
const DAY_MS = 24 * 60 * 60 * 1_000;

/** What is stored in a share of the request that created it. */
export interface RequestIdentity {
  /** The share's id; derived from the key, so that a repeated request finds the share by it. */
  readonly id: string;
  /** Tells whether a repeated request has the same body. */
  readonly request: string;
}

export interface Created {
  readonly share: ShareRecord;
  /** Created with it. */
  readonly asset?: AssetRecord;
}

export type CreateOnce = ReturnType<typeof createIdempotency>;

interface IdempotencyOptions {
  readonly store: Pick<ShareStore, 'share'>;
  /** Of this installation: ids of shares can't be guessed from keys. */
  readonly secret: string;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/**
 * Creates once for each `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a repeated
 * request is answered with the share that the first one created, also after a restart, for the
 * share's id is derived from its key. Without the header each request creates.
 */
export function createIdempotency({ store, secret, now }: IdempotencyOptions) {
  const inProgress = new Map<string, Promise<unknown>>();
  const hmac = (...parts: readonly string[]): Buffer =>
    createHmac('sha256', secret).update(JSON.stringify(parts)).digest();

  /** @throws HttpFault 422 for another body, 410 for a share that is gone */
  const repeated = async (
    ids: readonly string[],
    request: string,
  ): Promise<Created | undefined> => {
    for (const id of ids) {
      const share = await store.share(id);
      if (share === undefined) continue;
      if (isTombstone(share)) throw new HttpFault(410, `Share is ${share.ended}.`);
      if (share.request !== request) {
        throw new HttpFault(422, 'Idempotency-Key already used for another request.');
      }
      if (share.closed !== undefined) throw new HttpFault(410, `Share is ${share.closed.how}.`);
      return { share };
    }
    return undefined;
  };

  /** @param asked the body as it was parsed, and the user who sent it: keys are those of one user */
  return async function createOnce(
    httpRequest: IncomingMessage,
    { body, owner }: { readonly body: unknown; readonly owner: string | undefined },
    create: (identity: RequestIdentity | Record<string, never>) => Promise<Created>,
  ): Promise<Created> {
    const given = keyOf(httpRequest.headersDistinct['idempotency-key']);
    if (given === undefined) return create({});
    const key = owner === undefined ? given : JSON.stringify([owner, given]);
    // A second request with the key waits for the first, and is answered as it was.
    while (inProgress.has(key)) await inProgress.get(key);
    const day = Math.floor(now() / DAY_MS);
    const [today = '', yesterday = ''] = [day, day - 1].map((of) =>
      idOfBytes(hmac('id', key, String(of)).subarray(0, 16)),
    );
    const request = hmac('request', pathOf(httpRequest), JSON.stringify(body)).toString(
      'base64url',
    );
    const run = async (): Promise<Created> => {
      const before = await repeated([today, yesterday], request);
      if (before !== undefined) return before;
      try {
        return await create({ id: today, request });
      } catch (error) {
        if (!(error instanceof StoreError) || error.fault.kind !== 'id-taken') throw error;
        // Another process has created it meanwhile.
        const created = await repeated([today], request);
        if (created === undefined) throw error;
        return created;
      }
    };
    const result = run();
    const settled = result.catch(() => undefined);
    inProgress.set(key, settled);
    try {
      return await result;
    } finally {
      inProgress.delete(key);
    }
  };
}

/** A string of Structured Fields (RFC 8941, 3.3.3), of 1 to 255 characters. */
function keyOf(values: readonly string[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  const key =
    values.length === 1 ? /^"([\x20-\x21\x23-\x5b\x5d-\x7e]{1,255})"$/.exec(values[0] ?? '') : null;
  if (key?.[1] === undefined) {
    throw new HttpFault(400, 'Idempotency-Key must be a quoted string of 1 to 255 characters.');
  }
  return key[1];
}
