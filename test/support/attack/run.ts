import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript } from '../setup-problem.ts';

// `npm run test:attack [-- NAME...]`: each module of this folder is one attack. Its `run` throws
// when the attack succeeded.

interface Attack {
  readonly name: string;
  readonly run: () => Promise<void>;
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
    try {
      await attack.run();
      console.log(`held: ${attack.name}`);
    } catch (error) {
      succeeded += 1;
      console.error(`NOT HELD: ${attack.name}:`, error);
    }
  }
  return succeeded === 0 ? 0 : 1;
});
