import { faultOf, SharingError } from '../failures/faults.ts';
import type { LinkCheckResult } from '../linkify/check-link.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type {
  CallOptions,
  LinkifyClient,
  Share,
  ShareItem,
  ShareStateResponse,
} from '../linkify/model.ts';
import {
  type ConfirmedOptions,
  confirmedOptionsOf,
  type OptionsChange,
  type ShareOptions,
} from '../share-options.ts';
import { preflight } from './preflight.ts';
import { findShare, send } from './send.ts';
import type { Capabilities, RevokeResult, ShareCall, Target, TargetStatus } from './target.ts';
import { type TargetId, type TargetRef, targetId } from './target-ref.ts';

/** What all three targets share: they speak the Linkify API. */
export abstract class LinkifyTarget implements Target {
  abstract readonly ref: TargetRef;
  abstract readonly capabilities: Capabilities | undefined;
  abstract readonly status: TargetStatus;

  abstract client(): Promise<LinkifyClient>;
  abstract checkLink(link: string, method: 'GET' | 'HEAD'): Promise<LinkCheckResult>;

  get id(): TargetId {
    return targetId(this.ref);
  }

  get name(): string {
    return this.ref.name;
  }

  async connect(_call?: Pick<CallOptions, 'signal'>): Promise<void> {
    await this.client();
  }

  async preflight(lastFault: { readonly kind: string } | undefined): Promise<void> {
    await preflight(await this.client(), lastFault);
  }

  async share(
    items: readonly ShareItem[],
    options: ShareOptions,
    { name, journal, ...call }: ShareCall,
  ): Promise<Share> {
    return send({
      client: await this.client(),
      items,
      name,
      options: { ...call, shareOptions: options },
      journal,
      hasIdempotencyKey: this.capabilities?.idempotencyKey === true,
      // What is stored is created in two steps everywhere: it is found again by its assets.
      inOneCall: this.capabilities?.inProcess === true && journal === undefined,
    });
  }

  async find(assetIds: readonly string[]): Promise<Share | undefined> {
    return findShare(await this.client(), assetIds);
  }

  async revoke(shareId: string, isFinal: boolean): Promise<RevokeResult> {
    const client = await this.client();
    if (!isFinal && this.capabilities?.restore === true) {
      try {
        return { restorableUntilMs: await client.own.close(shareId) };
      } catch (error) {
        // Gone already, or another program's answer: a revoke tells these apart.
        if (faultOf(error).kind !== 'not-found') throw error;
      }
    }
    await client.revoke(shareId);
    return {};
  }

  async restore(shareId: string): Promise<void> {
    const client = await this.client();
    if (this.capabilities?.restore !== true) throw new LinkifyError({ kind: 'not-found' });
    await client.own.reopen(shareId);
  }

  async stateOf(shareId: string): Promise<ShareStateResponse['state']> {
    return (await (await this.client()).own.state(shareId)).state;
  }

  async deleteAsset(assetId: string): Promise<void> {
    await (await this.client()).deleteAsset(assetId);
  }

  async rename(shareId: string, name: string): Promise<string> {
    return (await this.client()).own.rename(shareId, name);
  }

  async changeOptions(shareId: string, change: OptionsChange): Promise<ConfirmedOptions> {
    const client = await this.client();
    try {
      const { extension } = await client.own.changeOptions(shareId, change);
      return confirmedOptionsOf(extension ?? {});
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'rejected' || fault.status !== 409) throw error;
      throw new SharingError({ kind: 'maximum-reached' }, { cause: error });
    }
  }

  onReachable(_listener: () => void): (() => void) | undefined {
    return undefined;
  }
}
