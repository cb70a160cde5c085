import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from '../../support/app.ts';
import { SERVER_FILE } from '../../support/service/process.ts';
import type { Measured, Row } from './interleave.ts';
import { GENERATOR } from './load.ts';
import { NO_SYNC_LIBRARY } from './subjects.ts';

/** Prints results as JSON and as a Markdown table, and saves both in test-results/. */
export async function report(
  name: string,
  plan: Readonly<Record<string, string>>,
  parts: Readonly<Record<string, Measured>>,
): Promise<void> {
  const conditions = {
    machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, Linux ${release()}`,
    node: process.version,
    server: relative(ROOT, SERVER_FILE),
    generator: GENERATOR,
    withoutSync: NO_SYNC_LIBRARY ?? 'libeatmydata is not installed',
    ...plan,
  };
  const all = Object.values(parts);
  const skipped = all.flatMap((part) => part.skipped ?? []);
  const table = [
    markdownTable(all.flatMap(({ rows }) => rows)),
    ...(skipped.length === 0 ? [] : ['', 'Not measured:', '', ...skipped.map((s) => `- ${s}`)]),
  ].join('\n');
  const json = JSON.stringify({ conditions, parts }, null, 2);
  const folder = join(ROOT, 'test-results');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${json}\n`);
  await writeFile(join(folder, `${name}.md`), `${table}\n`);
  console.log(json);
  console.log(`\n${table}`);
}

/** A Markdown table for docs/performance.md; a ratio in bold is at least as good as the reference. */
function markdownTable(rows: readonly Row[]): string {
  const lines = rows.map(({ what, ours, against, reference, ratio, ratios, better }) => {
    const isBehind = better === 'higher' ? ratio < 1 : ratio > 1;
    const shown = isBehind ? `${ratio}` : `**${ratio}**`;
    const range = ratios === undefined ? '' : ` (${ratios.join(' to ')})`;
    return `| ${what} | ${ours} | ${against} | ${reference} | ${shown}${range} | ${better} |`;
  });
  return [
    '| Measured | Ours | Reference | | Ours / reference | Better |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
