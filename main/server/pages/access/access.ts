import { COMMON_HEADERS } from '../../http/response.ts';
import type { PathParameters } from '../../http/router.ts';
import type { Passwords } from '../../password.ts';
import { isTombstone, type ShareRecord } from '../../store/model.ts';
import type { ShareStore } from '../../store/share-store.ts';
import type { AssetBodies } from '../asset-body.ts';
import { wantsPage } from '../client-kind.ts';
import { typeNameOf } from '../content/content-kind.ts';
import type { ContentRequest } from '../content-gate.ts';
import { expiryText, type PageMessages } from '../i18n.ts';
import { senderOf } from '../markup/frame.ts';
import { oneTimeForm, passwordForm, tooManyMessage, unknownMessage } from '../markup/messages.ts';
import type { RecentRecords } from '../recent-records.ts';
import type { Renderer } from '../render/renderer.ts';
import { type Exchange, sendPage } from '../send.ts';
import type { FindShare } from './find-share.ts';
import { readForm } from './form-body.ts';
import type { FormKeys } from './form-keys.ts';
import type { Grants } from './grants.ts';
import { isShownOnce, openOnce } from './open-once.ts';
import type { VisitLimits } from './visit-limits.ts';

/** A visitor who may see the share: at the link itself, or with a grant. */
export interface Visit extends ContentRequest {
  readonly parameters: PathParameters;
}

export type Show = (visit: Visit) => Promise<void>;
export type Handle = (exchange: Exchange, parameters: PathParameters) => Promise<void>;

interface AccessDeps {
  readonly store: ShareStore;
  readonly renderer: Renderer;
  readonly records: RecentRecords;
  readonly bodies: AssetBodies;
  readonly passwords: Passwords;
  readonly limits: VisitLimits;
  readonly grants: Grants;
  readonly formKeys: FormKeys;
  /** In ms since 1970. */
  readonly now: () => number;
  readonly find: FindShare;
}

/** A number of an item within a collection. */
const ITEM = /^[1-9]\d{0,3}$/;

/** How long the link works, for the end of a page. */
export function expiryNote(
  messages: PageMessages,
  { expiresAtMs }: ShareRecord,
  nowMs: number,
): string | undefined {
  return expiresAtMs === undefined ? undefined : expiryText(messages, expiresAtMs - nowMs);
}

/** Who may see a share: one with a password, or a one-time share, asks before it shows anything. */
export class Access {
  readonly #deps: AccessDeps;

  constructor(deps: AccessDeps) {
    this.#deps = deps;
  }

  /** At the link itself: shows a share without conditions, and asks for the others. */
  atLink(show: Show): Handle {
    return async (exchange, parameters) => {
      const share = await this.#deps.find(exchange, parameters.share ?? '');
      if (share === undefined) return;
      if (share.options.once || share.options.password)
        return this.#askFirst(exchange, share, parameters);
      await show({ ...exchange, parameters, share, root: `${exchange.basePath}/s/${share.id}` });
    };
  }

  /** With a grant: shows the share, or asks for the password again at the same address. */
  atGrant(show: Show): Handle {
    const { find, grants } = this.#deps;
    return async (exchange, parameters) => {
      const grant = parameters.grant ?? '';
      const share = await find(exchange, grants.shareIdOf(grant) ?? '');
      if (share === undefined) return;
      const endUse = await grants.use(grant, share);
      if (endUse !== undefined) {
        // A film is in use for as long as it is being sent.
        exchange.response.once('close', endUse);
        return show({ ...exchange, parameters, share, root: `${exchange.basePath}/o/${grant}` });
      }
      if (share.options.password !== undefined) return this.#askFirst(exchange, share, parameters);
      // Its password was removed since.
      redirect(exchange, pathOf(`/s/${share.id}`, parameters.item));
    };
  }

  /** Handles the form: opens a one-time share, issues a grant for a right password. */
  readonly open: Handle = async (exchange, parameters) => {
    const { store, renderer, grants, formKeys, find } = this.#deps;
    const share = await find(exchange, parameters.share ?? '');
    if (share === undefined) return;
    const { fields: form, ours } = await readForm(exchange.request);
    const requested = form.get('item') ?? '';
    const item = ITEM.test(requested) ? { item: requested } : {};
    const hasKey = formKeys.fits(share.id, form.get('key') ?? '');
    if (share.options.once) {
      // A program confirms explicitly; it has no page to get a key from.
      const confirmed = ours && !wantsPage(exchange.request) && form.get('confirm') === 'once';
      if (!confirmed && !hasKey) return this.#askFirst(exchange, share);
    } else if (!ours && !hasKey) {
      // Another site's page may have sent it, so it does not count as an attempt.
      return this.#askFirst(exchange, share, item);
    }
    const result = await this.#checkPassword(exchange, share, form.get('password') ?? '');
    if (result === 'wrong') return this.#askFirst(exchange, share, { ...item, wrong: true });
    if (result === 'answered') return;
    if (share.options.once)
      return openOnce(exchange, { store, renderer }, share, { asPage: hasKey });
    if (share.options.password === undefined)
      return sendPage(exchange, unknownMessage(exchange.messages));
    redirect(exchange, pathOf(`/o/${grants.issue(share)}`, item.item));
  };

  /** Content of a one-time share, as far as its form tells before it is opened: type and size. */
  async #contentOf(share: ShareRecord, messages: PageMessages) {
    const { records, bodies } = this.#deps;
    const asset = await records.asset(share.id, share.assetIds[0] ?? '');
    if (asset === undefined || isTombstone(asset)) return undefined;
    const { kind } = await bodies.kindOf(asset);
    return {
      icon: kind,
      what: `${typeNameOf(asset, kind, messages)} · ${messages.size(asset.sizeBytes)}`,
      isShown: await isShownOnce(asset, bodies),
    };
  }

  /** @param item the requested item of the collection, which is shown after the password */
  async #askFirst(
    exchange: Exchange,
    share: ShareRecord,
    { wrong = false, item }: { readonly wrong?: boolean; readonly item?: string } = {},
  ): Promise<void> {
    const path = `${exchange.basePath}/s/${share.id}`;
    const { messages } = exchange;
    const { limits, formKeys, now } = this.#deps;
    const allowed = await limits.page(exchange.visitor);
    if (!allowed.ok) return sendPage(exchange, tooManyMessage(messages, allowed.retryAfterS));
    const password = share.options.password !== undefined;
    const key = formKeys.keyFor(share.id);
    const sender = senderOf(share);
    const page = share.options.once
      ? oneTimeForm(messages, path, {
          key,
          sender,
          password,
          wrong,
          // Behind a password the content is not described.
          content: password ? undefined : await this.#contentOf(share, messages),
        })
      : passwordForm(messages, path, { key, sender, wrong, item });
    sendPage(exchange, { ...page, note: expiryNote(messages, share, now()) });
  }

  async #checkPassword(
    exchange: Exchange,
    share: ShareRecord,
    password: string,
  ): Promise<'right' | 'wrong' | 'answered'> {
    const { passwords, limits } = this.#deps;
    if (share.options.password === undefined) return 'right';
    const allowed = await limits.password(share.id, exchange.visitor);
    if (!allowed.ok) {
      sendPage(exchange, tooManyMessage(exchange.messages, allowed.retryAfterS));
      return 'answered';
    }
    if (!(await passwords.matches(password.slice(0, 200), share.options.password))) return 'wrong';
    await limits.opened(share.id, exchange.visitor);
    return 'right';
  }
}

/** The path of a share, or of an item of its collection. */
const pathOf = (root: string, item: string | undefined): string =>
  item === undefined ? root : `${root}/${item}`;

/** @param path below the public URL */
function redirect({ response, basePath }: Exchange, path: string): void {
  response.writeHead(303, {
    ...COMMON_HEADERS,
    Location: `${basePath}${path}`,
    'Content-Length': 0,
  });
  response.end();
}
