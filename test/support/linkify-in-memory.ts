import { randomUUID } from 'node:crypto';

/** What a service of the Linkify API answers, as a value. */
export interface Reply {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly html?: string;
}

/** What a person did on the service's side; tests set it. */
export interface ServiceState {
  signedIn: boolean;
  /** `UNKNOWN`, `PENDING`, `RUNNING`, `FAILED`, `SUCCEEDED`, `DISCONNECTED`; null: never connected. */
  cloud: string | null;
  gitHub: boolean;
  version: string;
  /** Answers of `/linkify/multiple` that are still 417. */
  uploadsPending: number;
}

export interface AssetRecord {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

export interface ShareRecord {
  readonly id: string;
  readonly assetIds: readonly string[];
  readonly name: string | undefined;
  readonly createdAt: string;
  revoked: boolean;
}

export interface LinkifyInMemory {
  readonly state: ServiceState;
  readonly assets: Map<string, AssetRecord>;
  readonly shares: Map<string, ShareRecord>;
  /** Answers one request; `undefined` for a route that the API does not have. */
  handle(request: {
    method: string;
    path: string;
    query: URLSearchParams;
    body: string;
  }): Reply | undefined;
}

/**
 * The Linkify API as a well-behaving service answers it, kept in memory: enough to drive a client
 * through every call, with the statuses that its documentation names.
 */
export function createLinkifyInMemory(baseUrl: () => string): LinkifyInMemory {
  const state: ServiceState = {
    signedIn: true,
    cloud: 'RUNNING',
    gitHub: false,
    version: '11.1.2',
    uploadsPending: 0,
  };
  const assets = new Map<string, AssetRecord>();
  const shares = new Map<string, ShareRecord>();
  const osId = randomUUID();

  const user = () => ({
    id: 'u-1',
    name: 'Ada',
    aesthetics: { theme: { dark: true }, font: { size: 14 } },
    unknownField: { kept: true },
    ...(state.cloud === null
      ? {}
      : {
          allocation: {
            id: 'u-1',
            user: 'u-1',
            project: 'p-1',
            status: { cloud: state.cloud },
            urls: {
              base: { status: state.cloud, url: 'https://cloud.example' },
              id: { status: state.cloud, url: 'https://u-1.cloud.example' },
            },
          },
        }),
  });

  const at = { value: '2026-11-23T12:00:00.000Z' };
  const asset = ({ id, name }: AssetRecord) => ({
    id,
    name,
    creator: 'u-1',
    created: at,
    updated: at,
    formats: { iterable: [] },
    preview: { base: { id: `f-${id}` } },
    original: { id: `f-${id}` },
    mechanism: 'MANUAL',
    unknownField: [1, null, { deep: true }],
  });

  const share = ({ id, assetIds, name, createdAt }: ShareRecord) => ({
    id,
    short: id.slice(0, 8),
    link: `${baseUrl()}/?p=${id}`,
    access: 'PUBLIC',
    accessors: { iterable: [] },
    created: { value: createdAt },
    ...(name === undefined ? {} : { name }),
    ...(assetIds.length === 1 && name === undefined
      ? { asset: { ...asset(known(assetIds[0])), preview: { base: 'f' }, original: 'f' } }
      : {
          assets: {
            iterable: assetIds.map((assetId) => ({ id: assetId })),
            indices: Object.fromEntries(assetIds.map((assetId, index) => [assetId, index])),
          },
        }),
  });

  const known = (id: string | undefined): AssetRecord =>
    assets.get(id ?? '') ?? { id: id ?? '', name: '', text: '' };

  const create = (seed: unknown): AssetRecord | undefined => {
    const made = read(seed);
    if (made === undefined) return undefined;
    const record = { id: randomUUID(), ...made };
    assets.set(record.id, record);
    return record;
  };

  const shareOf = (assetIds: readonly string[], name?: string): Reply => {
    const record: ShareRecord = {
      id: randomUUID(),
      assetIds,
      name,
      createdAt: new Date().toISOString(),
      revoked: false,
    };
    shares.set(record.id, record);
    return { status: 200, json: { iterable: [share(record)] } };
  };

  /** Signed out, or a cloud that is not there: one status for both. */
  const notReady = (): Reply | undefined =>
    !state.signedIn || (state.cloud !== 'RUNNING' && state.cloud !== 'SUCCEEDED')
      ? { status: 511, text: 'Network authentication required' }
      : undefined;

  const page = (query: URLSearchParams): Reply => {
    const found = shares.get(query.get('p') ?? '');
    if (found === undefined) return { status: 404, html: '<h1>Not found</h1>' };
    if (found.revoked) return { status: 410, html: '<h1>Gone</h1>' };
    return { status: 200, text: found.assetIds.map((id) => known(id).text).join('\n') };
  };

  const linkify = (body: string): Reply => {
    const refused = notReady();
    if (refused !== undefined) return refused;
    const request = JSON.parse(body);
    if (request.distributions !== undefined && !state.gitHub) return { status: 412 };
    const id = request.asset?.id ?? create(request.seed)?.id;
    if (id === undefined) return { status: 400, text: 'seed' };
    if (!assets.has(id)) return { status: 410 };
    return shareOf([id]);
  };

  const multiple = (body: string): Reply => {
    const refused = notReady();
    if (refused !== undefined) return refused;
    const request: { assets: string[]; name?: string } = JSON.parse(body);
    const taken = [...shares.values()].some(
      ({ name }) => name !== undefined && name === request.name,
    );
    if (taken) return { status: 409 };
    if (state.uploadsPending > 0 || request.assets.some((id) => !assets.has(id))) {
      state.uploadsPending = Math.max(0, state.uploadsPending - 1);
      return { status: 417 };
    }
    return shareOf(request.assets, request.name);
  };

  return {
    state,
    assets,
    shares,
    handle({ method, path, query, body }) {
      const [, first = '', second = '', third = ''] = path.split('/').map(decodeURIComponent);
      switch (`${method} ${path}`) {
        case 'GET /.well-known/health':
          return { status: 200, text: `ok:${osId}` };
        case 'GET /.well-known/version':
          return { status: 200, text: state.version };
        case 'POST /connect':
          return {
            status: 200,
            json: {
              os: osId,
              application: {
                id: `app-${osId}`,
                onboarded: false,
                privacy: 'OPEN',
                ...JSON.parse(body).application,
              },
              health: { os: { id: osId, version: state.version } },
            },
          };
        case 'GET /user':
          return { status: 200, json: state.signedIn ? { user: user() } : {} };
        case 'POST /os/sign_in':
          state.signedIn = true;
          return { status: 200, json: user() };
        case 'POST /allocations/connect':
          if (state.cloud !== 'PENDING') state.cloud = 'RUNNING';
          return { status: 200, json: user().allocation };
        case 'POST /os/link_provider':
          if (!state.signedIn) return { status: 401 };
          state.gitHub = true;
          return { status: 200, json: { user: user() } };
        case 'POST /os/update/check':
          return { status: 200, json: { status: 'UP_TO_DATE', percentage: null } };
        case 'POST /assets/create': {
          const made = create(JSON.parse(body));
          return made === undefined ? { status: 400 } : { status: 200, json: asset(made) };
        }
        case 'POST /linkify':
          return linkify(body);
        case 'POST /linkify/multiple':
          return multiple(body);
        case 'GET /shares':
          return {
            status: 200,
            json: { iterable: [...shares.values()].filter(({ revoked }) => !revoked).map(share) },
          };
        case 'GET /':
        case 'HEAD /':
          return page(query);
      }
      if (method === 'POST' && first === 'assets' && third === 'delete') {
        return assets.delete(second) ? { status: 200, text: second } : { status: 404 };
      }
      if (method === 'GET' && first === 'asset') {
        const found = assets.get(second);
        return found === undefined ? { status: 410 } : { status: 200, json: asset(found) };
      }
      if (method === 'POST' && first === 'linkify' && third === 'revoke') {
        const found = shares.get(second);
        if (found === undefined || found.revoked) return { status: 410 };
        found.revoked = true;
        return { status: 200, text: second };
      }
      if (method === 'GET' && (first === 'share' || first === 'shares')) {
        const found = shares.get(second);
        return found === undefined || found.revoked
          ? { status: 410 }
          : { status: 200, json: share(found) };
      }
      return undefined;
    },
  };
}

/** The name and text of a seed; bytes are shown as latin1, so that none is lost. */
function read(seed: unknown): { name: string; text: string } | undefined {
  // Test code reading what a client sent: a missing part is answered with 400 by the caller.
  const { asset } = (seed ?? {}) as {
    asset?: {
      metadata?: { name?: string };
      format?: {
        fragment?: { string?: { raw?: string } };
        file?: { bytes?: { raw?: number[] } };
      };
    };
  };
  const name = asset?.metadata?.name ?? '';
  const text = asset?.format?.fragment?.string?.raw;
  if (text !== undefined) return { name, text };
  const bytes = asset?.format?.file?.bytes?.raw;
  return bytes === undefined ? undefined : { name, text: Buffer.from(bytes).toString('latin1') };
}
