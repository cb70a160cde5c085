import type { Content } from '../clipboard/content.ts';
import type { Messages } from '../i18n/messages.ts';
import { isLoopback } from '../linkify/address.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Revoked } from '../links/undo.ts';
import type { LinkPlace } from '../sharing/place-link.ts';
import type { Capabilities } from '../targets/target.ts';
import type { Notice } from './notices.ts';

/** A share that has its link, as its notification tells of it. */
export interface SharedNotice {
  readonly link: RecentLink;
  /** What its service can do with the link. */
  readonly can: Pick<Capabilities, 'changeOptions' | 'localLinks' | 'restore'>;
  /** "Text, 312 characters". */
  readonly description: string;
  /** Whether one file was shared, whose name says all; absent where that isn't known. */
  readonly isOneFile?: boolean;
  readonly place: LinkPlace;
  /** Whether the share can be undone. */
  readonly canUndo: boolean;
  /** What was copied, for a thumbnail. */
  readonly copied?: Content | undefined;
  /** Why this computer shared it instead of another service: "Pieces OS: Not signed in". */
  readonly reason?: string | undefined;
  /** In ms since 1970. */
  readonly nowMs: number;
}

/** Says what was shared, for how long and for whom, and leads to Undo and the link's options. */
export function sharedNotice(shared: SharedNotice, messages: Messages): Notice {
  const { link, place, copied, reason } = shared;
  const { id } = link;
  const { t } = messages;
  const what = whatIsShared(shared);
  const isCopied = place === 'clipboard';
  const onClipboard = reason === undefined ? 'linkCopied' : 'fallbackSharedTitle';
  const lines = [
    place === 'left-alone' ? t('clipboardLeftAlone', { what }) : what,
    linkTerms(shared, messages),
    reason,
  ];
  const copy = { label: t('copy'), command: { kind: 'copy', id } } as const;
  return {
    cause: 'shared',
    title: t(isCopied ? onClipboard : 'linkCreated'),
    body: lines.filter((line) => line !== undefined).join('\n'),
    ...(copied?.kind === 'image' ? { picture: copied.bytes } : {}),
    click: isCopied ? { kind: 'show', linkId: id } : copy.command,
    buttons: [
      ...(isCopied ? [] : [copy]),
      ...(shared.canUndo ? [undoButton(shared, messages)] : []),
      optionsButton(shared, messages),
    ],
  };
}

/** A text is told by its first words; of files and folders, how many there are and were skipped counts. */
function whatIsShared({ link, description, isOneFile }: SharedNotice): string {
  const { kind, title } = link;
  if (kind === 'image') return description;
  return kind === 'text' || kind === 'code' || isOneFile ? title : `${title} · ${description}`;
}

/** Says so where the link can't be restored afterwards. */
function undoButton({ link, can }: SharedNotice, messages: Messages): Notice['buttons'][number] {
  const label = messages.t(can.restore ? 'undo' : 'undoFinal');
  return { label, command: { kind: 'undo', id: link.id } };
}

function optionsButton({ link, can }: SharedNotice, messages: Messages): Notice['buttons'][number] {
  const { id } = link;
  return can.changeOptions
    ? { label: messages.t('options'), command: { kind: 'show', linkId: id, panel: 'options' } }
    : { label: messages.t('open'), command: { kind: 'open', id } };
}

/** "One-time link · Expires in 7 days · Anyone on your network", as far as it is known. */
function linkTerms(shared: SharedNotice, messages: Messages): string {
  const { link, can, nowMs } = shared;
  const { once, maxOpens, password, expiresAtMs } = link;
  const { t } = messages;
  const never = can.changeOptions ? t('neverExpires') : undefined;
  const terms = [
    once ? t('oneTimeLink') : maxOpens && t('opensAtMost', { count: maxOpens }),
    password && t('passwordProtected'),
    expiresAtMs === undefined ? never : expiresIn(expiresAtMs - nowMs, messages),
    t(audienceOf(shared)),
  ];
  return terms.filter((term) => typeof term === 'string').join(' · ');
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Without Intl, whose first use costs more memory than all else that a share does. */
function expiresIn(leftMs: number, { t }: Messages): string {
  // To the nearest unit: seven days are seven days a moment later, too.
  const isAbout = (unitMs: number): boolean => leftMs >= unitMs * 0.95;
  const count = (unitMs: number) => ({ count: Math.max(1, Math.round(leftMs / unitMs)) });
  if (isAbout(DAY_MS)) return t('expiresInDays', count(DAY_MS));
  if (isAbout(HOUR_MS)) return t('expiresInHours', count(HOUR_MS));
  return t('expiresInMinutes', count(MINUTE_MS));
}

/** Who can open a link, as its service and its host say. */
function audienceOf({ link: { link }, can }: SharedNotice) {
  if (!can.localLinks) return 'audienceLink';
  return isLoopback(new URL(link).hostname) ? 'audienceHere' : 'audienceNetwork';
}

/** A share was undone: says whether anyone had opened the link, as far as that is known. */
export function shareUndoneNotice(
  { link: { id, title }, isRestorable, opens }: Revoked,
  { t }: Messages,
): Notice {
  const body =
    opens === undefined
      ? t('cannotBeOpened', { title })
      : opens === 0
        ? t('noOneOpened', { title })
        : t('wasOpened', { title, count: opens });
  return {
    cause: 'revoked',
    title: t('shareUndone'),
    body,
    click: { kind: 'show' },
    buttons: isRestorable ? [{ label: t('restoreLink'), command: { kind: 'restore', id } }] : [],
  };
}
