import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { failureTable } from '../../support/failure-table.ts';
import { OUTCOMES } from './failure-outcomes.ts';
import { expectedOf, labelOf, MATRIX } from './failure-rows.ts';

const DOCS = join(import.meta.dirname, '../../../docs/contributing/failure-matrix.md');
const OWN_TESTS = join(import.meta.dirname, 'failure-rows.test.ts');
const TABLE = /(<!-- table -->\n)[\s\S]*?(<!-- \/table -->)/;

test('docs/contributing/failure-matrix.md shows the rows as they are tested (WRITE_DOCS=1 writes it)', () => {
  const docs = readFileSync(DOCS, 'utf8');
  const table = failureTable();
  if (process.env.WRITE_DOCS === '1') {
    writeFileSync(
      DOCS,
      docs.replace(TABLE, (_, begin, end) => `${begin}${table}\n${end}`),
    );
    return;
  }
  expect(TABLE.exec(docs)?.[0]).toBe(`<!-- table -->\n${table}\n<!-- /table -->`);
});

test('there are all 34 rows, each once', () => {
  expect(MATRIX.map(({ id }) => id)).toEqual(Array.from({ length: 34 }, (_, index) => index + 1));
});

describe.each(MATRIX.map((row) => [row.id, row] as const))('row %i', (id, row) => {
  test('comes to what its cases come to, and to nothing else', () => {
    if (row.cases.length === 0) return;
    const found = row.cases.flatMap((one) =>
      (['asset', 'share', 'shareMany'] as const).map((part) => {
        const label = labelOf(expectedOf(one, part));
        // A link is asked for over its asset: then that is what is gone.
        return part === 'share' && label === 'not-linkify' ? 'not-found' : label;
      }),
    );
    const others = row.comes.filter((label) => !found.includes(label));
    expect(others).toEqual([]);
    for (const label of found) expect([...row.comes, 'wrong-shape']).toContain(label);
  });

  test('says what becomes of a revoke', () => {
    const found = row.cases.map((one) => {
      const label = labelOf(expectedOf(one, 'revoke'));
      if (label === 'done') return 'done';
      return OUTCOMES[label as keyof typeof OUTCOMES].kept === 'waits' ? 'waits' : 'told';
    });
    if (found.length > 0) expect(new Set(row.revoke)).toEqual(new Set(found));
  });

  test('has a test, of its cases or of its own', () => {
    if (row.cases.length > 0) return;
    expect(readFileSync(OWN_TESTS, 'utf8')).toContain(`describe('row ${id}: `);
  });
});
