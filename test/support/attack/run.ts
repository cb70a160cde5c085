import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '../setup-problem.ts';

// `npm run test:attack [-- NAME...]`: each module of this folder with a name and a `run` is one attack.

interface Attack {
  readonly name: string;
  /** Answers what the attacker gained, in words; `undefined` when nothing. */
  readonly run: () => Promise<string | undefined>;
}

runScript(async () => {
  const wanted = process.argv.slice(2);
  const files = (await readdir(import.meta.dirname)).filter(
    (file) => file.endsWith('.ts') && file !== 'run.ts',
  );
  let succeeded = 0;
  for (const file of files.sort()) {
    if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue;
    const attack: Partial<Attack> = await import(join(import.meta.dirname, file));
    if (attack.name === undefined || attack.run === undefined) continue;
    const gained = await attack.run();
    if (gained !== undefined) succeeded += 1;
    console.log(gained === undefined ? `held  ${attack.name}` : `LOST  ${attack.name}: ${gained}`);
  }
  return succeeded === 0 ? 0 : 1;
});
