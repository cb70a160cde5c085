import { type AdviceContext, advise } from '../../main/failures/describe-failure.ts';
import type { LinkifyFault } from '../../main/linkify/errors.ts';
import { type Kept, OUTCOMES } from '../unit/failures/failure-outcomes.ts';
import {
  type Case,
  expectedOf,
  type FailureRow,
  type Label,
  labelOf,
  MATRIX,
} from '../unit/failures/failure-rows.ts';
import { english } from './messages.ts';

/** The failure matrix as docs/contributing/failure-matrix.md shows it: generated from the rows and from the app's messages. */

const CUSTOM: AdviceContext = {
  serviceName: 'the service',
  serviceKind: 'custom',
  accelerator: '',
  messages: english,
  nowMs: 0,
  doing: 'kept',
};
const PIECES: AdviceContext = { ...CUSTOM, serviceName: 'Pieces OS', serviceKind: 'pieces' };

const KEPT: Readonly<Record<Kept, string>> = {
  waits: 'pending',
  held: 'needs a decision',
  over: 'ends',
};
const REVOKE: Readonly<Record<FailureRow['revoke'][number], string>> = {
  waits: 'pending',
  told: 'not done: the link may still open',
  done: 'counts as done',
};

const each = (texts: readonly string[]): string => [...new Set(texts)].join('; ');

/** Faults of a row; one that no answer makes has its kind only. */
function faultsOf({ comes, cases }: FailureRow): readonly LinkifyFault[] {
  const made = (one: Case) => [expectedOf(one, 'share'), expectedOf(one, 'shareMany')];
  const all =
    cases.length > 0
      ? cases.flatMap(made)
      : comes.map((label) => ({ kind: label, baseUrl: '', outcomeUnknown: false }));
  return (
    all
      .filter((expected) => expected !== 'done')
      .filter((expected) => comes.includes(labelOf(expected) as Label))
      // Of a fault, only what the title and the button depend on is there.
      .map((expected) => expected as unknown as LinkifyFault)
  );
}

function line(row: FailureRow): string {
  const faults = faultsOf(row);
  const says = faults.flatMap((fault) =>
    [PIECES, CUSTOM].map((context) => `“${advise(fault, context).title}”`),
  );
  const offers = faults.flatMap((fault) =>
    [PIECES, CUSTOM].map((context) => advise(fault, context).action?.label ?? ''),
  );
  // Every label of a row is one that the outcomes know.
  const kept = row.comes.map((label) => KEPT[OUTCOMES[label as keyof typeof OUTCOMES].kept]);
  const cells = [
    String(row.id),
    row.service,
    row.comes.map((label) => `\`${label}\``).join(', ') || 'no fault',
    each(says) || '',
    each(offers),
    [each(kept), row.kept].filter((text) => text !== undefined && text !== '').join('; '),
    each(row.revoke.map((fate) => REVOKE[fate])),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

export function failureTable(): string {
  return [
    '| # | The service | Fault | The app says | Action | The share | A revoke |',
    '|---|---|---|---|---|---|---|',
    ...MATRIX.map(line),
  ].join('\n');
}
