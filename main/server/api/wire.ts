import { sizeText } from '../../i18n/numbers.ts';
import { stableUuid } from '../ids.ts';
import type { AssetRecord, LargeShare, OpenStats, ShareRecord } from '../store/model.ts';
import { KNOWN_EXTENSIONS } from './extensions.ts';
import { timeOrNull, wireOptionsOf } from './share-options.ts';

/** This server's own version, in the form that the API's clients read. */
export const SERVER_VERSION = '1.0.0';

/** The only user: whoever works at this computer, always signed in, always connected. */
const USER = 'this-computer';

export interface Application {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly onboarded: boolean;
  readonly privacy: string;
}

const timestamp = (ms: number) => ({ value: new Date(ms).toISOString() });

/** @param installation an id of this data folder */
export function applicationOf(
  installation: string,
  given: {
    readonly name: string;
    readonly version: string;
    readonly platform: string;
    readonly privacy?: string | undefined;
  },
): Application {
  return {
    id: stableUuid(installation, given.name, given.platform),
    name: given.name,
    version: given.version,
    platform: given.platform,
    onboarded: false,
    privacy: given.privacy ?? 'OPEN',
  };
}

/** The application in whose name assets are created. */
export function ownApplication(installation: string): Application {
  return applicationOf(installation, {
    name: 'OPEN_SOURCE',
    version: SERVER_VERSION,
    platform: 'UNKNOWN',
  });
}

export function contextOf(installation: string, application: Application) {
  return {
    os: installation,
    application,
    health: { os: { id: installation, version: SERVER_VERSION } },
    user: userProfile(),
    // Clients that know our calls beyond the API find out here that they may use them.
    'x-linkify': { service: 'linkify-tray', version: SERVER_VERSION },
  };
}

/** A user whose cloud runs: clients ask for that before they share. */
export function userProfile() {
  return {
    id: USER,
    name: 'This computer',
    aesthetics: { theme: { dark: false }, font: { size: 14 } },
    allocation: allocation(),
  };
}

export function allocation() {
  const url = { status: 'RUNNING', url: 'http://127.0.0.1' };
  return {
    id: USER,
    user: USER,
    project: USER,
    status: { cloud: 'RUNNING' },
    urls: { base: url, id: url },
  };
}

const IMAGES = /^(png|jpe?g|gif|webp|bmp|ico|tiff?|svgz?)$/;
const VIDEOS = /^(mp4|mp4a|webm|ogv|jpgv)$/;
const TEXTS = /^(txt|text|md|markdown|mdown|log|csv|rtf|rtx)$/;

/** Generic and specific classification; never an extension outside the closed list. */
function classification(asset: AssetRecord) {
  const ext = asset.ext ?? (asset.form === 'text' ? 'txt' : '');
  const specific = KNOWN_EXTENSIONS.has(ext) ? ext : 'UNKNOWN';
  const generic = IMAGES.test(ext)
    ? 'IMAGE'
    : VIDEOS.test(ext)
      ? 'VIDEO'
      : TEXTS.test(ext)
        ? 'TEXT'
        : asset.form === 'text'
          ? 'CODE'
          : 'FILE';
  return { generic, specific };
}

const formatId = (asset: AssetRecord): string => stableUuid('format', asset.id);

/** One format: the content's own. `asset` differs between the full and the flattened model. */
function formatOf<A>(asset: AssetRecord, application: Application, whole: A) {
  const created = timestamp(asset.createdAtMs);
  const metadata = { name: asset.name, size: asset.sizeBytes };
  return {
    id: formatId(asset),
    creator: USER,
    classification: classification(asset),
    role: 'BOTH',
    application,
    asset: whole,
    bytes: { value: asset.sizeBytes, readable: sizeText(asset.sizeBytes, 'en') },
    created,
    updated: created,
    ...(asset.form === 'text' ? { fragment: {} } : { file: { metadata } }),
  };
}

/** An Asset as /assets/create and /asset/{id} answer it, without its content. */
export function wireAssetOf(asset: AssetRecord, application: Application) {
  const flat = flattenedAsset(asset);
  const reference = formatOf(asset, application, asset.id);
  return {
    ...flat,
    formats: { iterable: [formatOf(asset, application, flat)] },
    preview: { base: { id: reference.id, reference } },
    original: { id: reference.id, reference },
  };
}

/** The flattened form inside a share, with ids in place of formats. */
function flattenedAsset(asset: AssetRecord) {
  const id = formatId(asset);
  const created = timestamp(asset.createdAtMs);
  return {
    id: asset.id,
    name: asset.name,
    creator: USER,
    created,
    updated: created,
    mechanism: 'MANUAL',
    formats: { iterable: [{ id }] },
    preview: { base: id },
    original: id,
  };
}

/** An entry in the list of the largest shares. */
export function wireLargeShareOf({ share, asset, sizeBytes }: LargeShare) {
  return {
    id: share.id,
    name: share.collection ? (share.name ?? '') : asset.name,
    collection: share.collection,
    sizeBytes,
    createdAt: new Date(share.createdAtMs).toISOString(),
  };
}

/** @param asset the one asset of a share that is no collection */
export function wireShareOf(
  share: ShareRecord,
  link: string,
  asset: AssetRecord | undefined,
  views: OpenStats,
) {
  return {
    'x-linkify': {
      ...wireOptionsOf(share),
      views: views.count,
      firstViewedAt: timeOrNull(views.firstAtMs),
      lastViewedAt: timeOrNull(views.lastAtMs),
    },
    id: share.id,
    short: share.id.slice(0, 8),
    link,
    access: 'PUBLIC',
    accessors: { iterable: [] },
    created: timestamp(share.createdAtMs),
    ...(share.name === undefined ? {} : { name: share.name }),
    ...(share.collection || asset === undefined
      ? {
          assets: {
            iterable: share.assetIds.map((id) => ({ id })),
            indices: Object.fromEntries(share.assetIds.map((id, index) => [id, index])),
          },
        }
      : { asset: flattenedAsset(asset) }),
  };
}
