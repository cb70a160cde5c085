import type { LinkRecord, ResultValue, StatusRecord } from './protocol.ts';

/**
 * What a command prints to stdout, with its line ends: nothing for most commands without `--json`.
 * @param isTerminal people read it: lists get columns and numbers
 */
export function formatResult(
  kind: string,
  value: ResultValue | undefined,
  { isJson, isTerminal }: { readonly isJson: boolean; readonly isTerminal: boolean },
): string {
  if (value === undefined) return '';
  if (isJson) return `${JSON.stringify(Object.values(value)[0], null, 2)}\n`;
  if ('links' in value) {
    return isTerminal ? linkTable(value.links) : value.links.map(linkLine).join('');
  }
  if ('status' in value) return statusLines(value.status);
  if ('settings' in value) return settingLines(value.settings);
  return kind.startsWith('share-') ? `${value.link.link}\n` : '';
}

/** Neither a line end nor a sequence for the terminal gets into a field. */
const field = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ');

/** For scripts: `id, state, ISO 8601 time, link, title`, separated by tabs. */
function linkLine({ createdAt, id, link, state, title }: LinkRecord): string {
  return `${[id, state, createdAt, link, title].map(field).join('\t')}\n`;
}

/** For people: the number that commands take, state, local time, link and title. */
function linkTable(links: readonly LinkRecord[]): string {
  const rows = links.map(({ createdAt, link, state, title }, index) => [
    String(index + 1).padStart(String(links.length).length),
    state.padEnd('used-up'.length),
    localTime(createdAt),
    field(link),
    field(title),
  ]);
  const linkWidth = Math.max(0, ...rows.map(([, , , link = '']) => link.length));
  return rows
    .map(([number, state, time, link = '', title]) =>
      `${number}  ${state}  ${time}  ${link.padEnd(linkWidth)}  ${title}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** `2026-11-29 14:05` in the time zone of this computer. */
function localTime(iso: string): string {
  const time = new Date(iso);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

function statusLines(status: StatusRecord): string {
  const { activeLinks, clipboardHistory, pausedUntil, pendingShares, question, service } = status;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Version', status.version],
    ['Process', String(status.processId)],
    ['Link service', `${service.name} (${service.detail})`],
    ['Active links', String(activeLinks)],
    ['Pending shares', String(pendingShares)],
    ['Sharing', status.sharing],
    ['Question', question],
    [
      'Clipboard history',
      pausedUntil === undefined ? clipboardHistory : `paused until ${localTime(pausedUntil)}`,
    ],
  ];
  return rows
    .flatMap(([name, text]) => (text === undefined ? [] : [`${name}: ${field(text)}\n`]))
    .join('');
}

/** One setting alone, or `name=value` lines. */
function settingLines(settings: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(settings);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) return `${field(String(first[1]))}\n`;
  return entries.map(([name, value]) => `${name}=${field(String(value))}\n`).join('');
}
