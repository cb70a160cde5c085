import { COMMON_HEADERS } from '../../http/response.ts';
import type { PathParameters } from '../../http/router.ts';
import type { Passwords } from '../../password.ts';
import { isTombstone, type ShareRecord } from '../../store/model.ts';
import type { ShareStore } from '../../store/share-store.ts';
import type { AssetBodies } from '../asset-body.ts';
import { wantsPage } from '../client-kind.ts';
import { expiryText, type PageWords } from '../i18n.ts';
import { onceForm, passwordForm, tooManyMessage, unknownMessage } from '../markup/messages.ts';
import type { RecentRecords } from '../recent-records.ts';
import type { Renderer } from '../render/renderer.ts';
import { type Exchange, sendPage } from '../send.ts';
import type { FindShare } from './find-share.ts';
import { readForm } from './form-body.ts';
import { createFormKeys } from './form-keys.ts';
import type { Grants } from './grants.ts';
import { isShownOnce, openOnce } from './open-once.ts';
import type { VisitLimits } from './visit-limits.ts';

/** A visitor who may see the share: at the link itself, or with a grant. */
export interface Visit extends Exchange {
  readonly parameters: PathParameters;
  readonly share: ShareRecord;
  /** Where the share is for this visitor, such as `/s/abc`. */
  readonly root: string;
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
  readonly find: FindShare;
}

export interface Access {
  /** At the link itself: shows what asks nothing, and asks for the rest. */
  readonly atLink: (show: Show) => Handle;
  /** With a grant: shows the share, or asks for the password again at the same address. */
  readonly atGrant: (show: Show) => Handle;
  /** Takes the form: opens what can be opened once, gives a grant for a right password. */
  readonly open: Handle;
}

/** A number of an item within a collection. */
const ITEM = /^[1-9]\d{0,3}$/;

/** How long the link works, for the end of a page. */
export function expiryNote(words: PageWords, { expiresAtMs }: ShareRecord): string | undefined {
  return expiresAtMs === undefined ? undefined : expiryText(words, expiresAtMs - Date.now());
}

/** Who may see a share: what has a password, or can be opened once, asks before it shows anything. */
export function createAccess(deps: AccessDeps): Access {
  const { store, renderer, records, bodies, passwords, limits, grants, find } = deps;
  const formKeys = createFormKeys();

  /** What is known of a one-time share's content before it is opened. */
  async function contentOf(share: ShareRecord) {
    const asset = await records.asset(share.assetIds[0] ?? '');
    if (asset === undefined || isTombstone(asset)) return undefined;
    return { sizeBytes: asset.sizeBytes, isShown: await isShownOnce(asset, bodies) };
  }

  /** @param item the item of the collection that was asked for, and is shown after the password */
  async function askFirst(
    exchange: Exchange,
    share: ShareRecord,
    { wrong = false, item }: { readonly wrong?: boolean; readonly item?: string } = {},
  ): Promise<void> {
    const path = `${exchange.basePath}/s/${share.id}`;
    const { words } = exchange;
    const allowed = await limits.page(exchange.visitor);
    if (!allowed.ok) return sendPage(exchange, tooManyMessage(words, allowed.retryAfterS));
    const password = share.password !== undefined;
    const key = formKeys.keyFor(share.id);
    const page = share.once
      ? onceForm(words, path, {
          key,
          password,
          wrong,
          // Behind a password nothing is said of the content.
          content: password ? undefined : await contentOf(share),
        })
      : passwordForm(words, path, { key, wrong, item });
    sendPage(exchange, { ...page, note: expiryNote(words, share) });
  }

  async function hasPassword(
    exchange: Exchange,
    share: ShareRecord,
    password: string,
  ): Promise<'right' | 'wrong' | 'answered'> {
    if (share.password === undefined) return 'right';
    const allowed = await limits.password(share.id, exchange.visitor);
    if (!allowed.ok) {
      sendPage(exchange, tooManyMessage(exchange.words, allowed.retryAfterS));
      return 'answered';
    }
    if (!(await passwords.matches(password.slice(0, 200), share.password))) return 'wrong';
    await limits.opened(share.id, exchange.visitor);
    return 'right';
  }

  return {
    atLink: (show) => async (exchange, parameters) => {
      const share = await find(exchange, parameters.share ?? '');
      if (share === undefined) return;
      if (share.once || share.password) return askFirst(exchange, share, parameters);
      await show({ ...exchange, parameters, share, root: `${exchange.basePath}/s/${share.id}` });
    },

    atGrant: (show) => async (exchange, parameters) => {
      const grant = parameters.grant ?? '';
      const share = await find(exchange, grants.shareIdOf(grant) ?? '');
      if (share === undefined) return;
      const endUse = await grants.use(grant, share);
      if (endUse !== undefined) {
        // A film is in use for as long as it is being sent.
        exchange.response.once('close', endUse);
        return show({ ...exchange, parameters, share, root: `${exchange.basePath}/o/${grant}` });
      }
      if (share.password === undefined) sendPage(exchange, unknownMessage(exchange.words));
      else await askFirst(exchange, share, parameters);
    },

    async open(exchange, parameters) {
      const share = await find(exchange, parameters.share ?? '');
      if (share === undefined) return;
      const { fields: form, ours } = await readForm(exchange.request);
      const item = form.get('item') ?? '';
      const asked = ITEM.test(item) ? { item } : {};
      const hasKey = formKeys.fits(share.id, form.get('key') ?? '');
      if (share.once) {
        // A program says that it means it; it has no page to take a key from.
        const confirmed = ours && !wantsPage(exchange.request) && form.get('confirm') === 'once';
        if (!confirmed && !hasKey) return askFirst(exchange, share);
      } else if (!ours && !hasKey) {
        // It may be another page's doing, so it does not count as a try.
        return askFirst(exchange, share, asked);
      }
      const answer = await hasPassword(exchange, share, form.get('password') ?? '');
      if (answer === 'wrong') return askFirst(exchange, share, { ...asked, wrong: true });
      if (answer === 'answered') return;
      if (share.once) return openOnce(exchange, { store, renderer }, share.id, { asPage: hasKey });
      if (share.password === undefined) return sendPage(exchange, unknownMessage(exchange.words));
      exchange.response.writeHead(303, {
        ...COMMON_HEADERS,
        Location: `${exchange.basePath}/o/${grants.issue(share)}${asked.item === undefined ? '' : `/${asked.item}`}`,
        'Content-Length': 0,
      });
      exchange.response.end();
    },
  };
}
