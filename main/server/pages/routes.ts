import { get, post, type Route } from '../http/router.ts';
import type { Handle } from './access/access.ts';
import { ICON_PATH, sendIcon } from './markup/icon.ts';
import {
  countOpen,
  download,
  downloadAll,
  limited,
  type PagesContext,
  type ShowHandler,
  showItem,
  showRaw,
  showShare,
} from './show.ts';

/** Below the link of a share, and below the address of a grant for it (docs/reference/share-page-urls.md). */
const SHARE_PATHS: readonly (readonly [path: string, show: ShowHandler])[] = [
  ['', limited(showShare)],
  ['/raw', showRaw],
  ['/download', download],
  ['/zip', limited(downloadAll)],
  ['/seen/{token}', countOpen],
  ['/{item}', limited(showItem)],
  ['/{item}/raw', showRaw],
  ['/{item}/download', download],
];

/**
 * GET and HEAD change nothing; the one POST opens what asks for a password or opens once. There is
 * no list, and no way to create or revoke a share.
 */
export function pageRoutes(context: PagesContext): readonly Route<Handle>[] {
  const { access } = context;
  return [
    ...SHARE_PATHS.flatMap(([path, show]) => [
      get(
        `/s/{share}${path}`,
        access.atLink((visit) => show(visit, context)),
      ),
      get(
        `/o/{grant}${path}`,
        access.atGrant((visit) => show(visit, context)),
      ),
    ]),
    post('/s/{share}/open', access.open),
    get(ICON_PATH, async ({ request, response }) => sendIcon(request, response)),
  ];
}
