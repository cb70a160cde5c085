import { type AdviceContext, advise } from '../../main/failures/describe-failure.ts';
import type { Fault } from '../../main/failures/faults.ts';
import { SERVICE_ADVICE } from '../../main/failures/service-failures.ts';
import { english } from './messages.ts';

/** The tables of docs/reference/errors.md: each message of the app, from its own words. */

const CUSTOM: AdviceContext = {
  serviceName: 'The service',
  serviceKind: 'custom',
  accelerator: '',
  platform: 'linux',
  messages: english,
  nowMs: Date.parse('2026-11-23T14:00:00'),
};
/** Of the same name, so that what is said of both is there once. */
const PIECES: AdviceContext = { ...CUSTOM, serviceKind: 'pieces' };

function table(faults: readonly Fault[], contexts: readonly AdviceContext[]): string {
  const rows = new Map<string, { meanings: Set<string>; buttons: Set<string> }>();
  for (const fault of faults) {
    for (const { title, sentence, action } of contexts.map((context) => advise(fault, context))) {
      const row = rows.get(title) ?? { meanings: new Set(), buttons: new Set() };
      rows.set(title, row);
      row.meanings.add(sentence);
      // "OK" only closes the message.
      if (action !== undefined && action.id !== 'dismiss') row.buttons.add(action.label);
    }
  }
  const cell = (texts: ReadonlySet<string>): string =>
    [...texts].join('<br>').replaceAll('|', '\\|');
  return [
    '| Message | What it means, and what to do | Button |',
    '|---|---|---|',
    ...[...rows]
      .sort(([one], [other]) => one.localeCompare(other, 'en'))
      .map(
        ([title, { meanings, buttons }]) => `| ${title} | ${cell(meanings)} | ${cell(buttons)} |`,
      ),
  ].join('\n');
}

/** @param faults one of every kind */
export function errorTables(faults: readonly Fault[]): string {
  const isService = ({ kind }: Fault): boolean => Object.hasOwn(SERVICE_ADVICE, kind);
  return [
    '## Errors of a link service',
    table(faults.filter(isService), [PIECES, CUSTOM]),
    '## Errors of Linkify Tray',
    table(
      faults.filter((fault) => !isService(fault)),
      [CUSTOM],
    ),
  ].join('\n\n');
}
