import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../app.ts';

/** What `npm run package -- --installers` writes. */
const RELEASE = join(ROOT, 'release');

const { version }: { version: string } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
);

/** Whether only what is quick is tested, on packages that were compressed quickly. */
export const isShort = process.env.LINKIFY_INSTALL_TEST === 'short';

export const ARTIFACTS = {
  appImage: join(RELEASE, 'linkify-tray-x86_64.AppImage'),
  deb: join(RELEASE, `linkify-tray_${version}_amd64.deb`),
  rpm: join(RELEASE, `linkify-tray-${version}.x86_64.rpm`),
} as const;
