import type { Clip, Content, SystemClipboard } from '../../main/clipboard/content.ts';
import {
  ClipboardBusyError,
  ClipboardNeedsFocusError,
} from '../../main/desktop/clipboard/errors.ts';
import type {
  Asset,
  CallOptions,
  LinkifyClient,
  Share,
  ShareItem,
} from '../../main/linkify/model.ts';

/** A clipboard in memory that counts what was done to it. */
export function fakeClipboard(
  content: Content,
  concealed = false,
): SystemClipboard & {
  readonly writes: Content[];
  set(content: Content): void;
  /** From now on it takes nothing, as while another program holds it. */
  setBusy(busy: boolean): void;
  /** From now on it can't be used, as on a desktop that wants our window in front. */
  setNeedsFocus(needsFocus: boolean): void;
} {
  let now: Clip = { content, concealed };
  let isBusy = false;
  let needsFocus = false;
  const listeners = new Set<() => void>();
  const writes: Content[] = [];
  const write = async (next: Content): Promise<void> => {
    if (isBusy) throw new ClipboardBusyError();
    if (needsFocus) throw new ClipboardNeedsFocusError();
    writes.push(next);
    put(next);
  };
  const put = (next: Content): void => {
    now = { content: next, concealed: false };
    for (const listener of listeners) listener();
  };
  return {
    writes,
    set: put,
    async read() {
      if (needsFocus) throw new ClipboardNeedsFocusError();
      return now;
    },
    formats: async () => (now.content.kind === 'text' ? ['text/plain'] : []),
    setBusy(busy) {
      isBusy = busy;
    },
    setNeedsFocus(needed) {
      needsFocus = needed;
    },
    writeText: (text) => write({ kind: 'text', text }),
    write,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

type Calls = { readonly name: string; readonly argument: unknown }[];

/** A client that answers at once, keeps what it was asked, and fails where it is told to. */
export function fakeClient(
  overrides: Partial<LinkifyClient> = {},
): LinkifyClient & { readonly calls: Calls; readonly options: CallOptions[] } {
  const calls: Calls = [];
  /** What links were asked for with. */
  const options: CallOptions[] = [];
  let made = 0;
  const note = (name: string, argument: unknown): void => {
    calls.push({ name, argument });
  };
  const share = (assetIds: readonly string[], { shareOptions }: CallOptions = {}): Share => {
    made++;
    const base = { id: `share-${made}`, link: `http://127.0.0.1:9/s/${made}`, assetIds };
    if (shareOptions === undefined) return base;
    // As the built-in service would answer at 1 s after 1970.
    const { expiresInSeconds, graceSeconds = 0, once = false, password, maxOpens } = shareOptions;
    const expires =
      typeof expiresInSeconds === 'number' ? { expiresAtMs: 1_000 + expiresInSeconds * 1_000 } : {};
    const opens = graceSeconds > 0 ? { opensAtMs: 1_000 + graceSeconds * 1_000 } : {};
    const extension = {
      once,
      password: password !== undefined,
      views: 0,
      ...expires,
      ...opens,
      ...(maxOpens === undefined ? {} : { maxOpens }),
    };
    return { ...base, extension };
  };
  const client: LinkifyClient = {
    baseUrl: 'http://127.0.0.1:9',
    check: async () => ({ version: '1.0.0' }),
    // Own calls are for tests that pass them.
    own: {} as LinkifyClient['own'],
    connect: async () => ({ isOurServer: false }),
    user: async () => null,
    async createAsset(item: ShareItem): Promise<Asset> {
      note('createAsset', item.name);
      return { id: `asset-of-${item.name}`, raw: {} };
    },
    async deleteAsset(id) {
      note('deleteAsset', id);
    },
    async linkify(item, asked = {}) {
      note('linkify', item);
      options.push(asked);
      return share(['asset-1'], asked);
    },
    linkifyAsset: async (asset) => share([asset.id]),
    async linkifyMultiple(assetIds, name, asked = {}) {
      note('linkifyMultiple', { assetIds, name });
      options.push(asked);
      return share(assetIds, asked);
    },
    async revoke(id) {
      note('revoke', id);
    },
    shares: async () => [],
    signIn: async () => note('signIn', undefined),
    connectCloud: async () => note('connectCloud', undefined),
    linkGitHub: async () => note('linkGitHub', undefined),
    async checkForUpdate() {
      note('checkForUpdate', undefined);
      return { status: 'up-to-date' };
    },
    ...overrides,
  };
  return Object.assign(client, { calls, options });
}
