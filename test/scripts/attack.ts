import { ATTACKS, MEASURED_ATTACKS, WHOLE_PROCESS_ATTACKS } from '../support/attack/attacks.ts';
import { canBecomeOther } from '../support/attack/impostor.ts';
import { runTool } from '../support/run-tool.ts';
import { runScript, SetupProblem } from '../support/setup-problem.ts';

// `npm run test:attack [-- --rounds N] [NAME...]`: the attacks whose names contain one of these; all
// of them unless told. Attacks on the app's parts are made 20 times, those on whole processes once.
// Attacks on resources print what they cost; `service-attacks` says how much that may be.

const ROUNDS = 20;

runScript(async () => {
  if (!canBecomeOther) throw new SetupProblem('Run it as root on Linux: it becomes another user.');
  console.log('Packaging ...');
  if ((await runTool('node', ['test/scripts/package.ts'], {}, 'only-errors')) !== 0) return 1;
  const args = process.argv.slice(2);
  const at = args.indexOf('--rounds');
  const rounds = at === -1 ? ROUNDS : Number(args.splice(at, 2)[1]);
  const isWanted = ({ name }: { readonly name: string }): boolean =>
    args.length === 0 || args.some((part) => name.includes(part));
  const attacks = [
    ...ATTACKS.map((attack) => ({ ...attack, times: rounds })),
    ...WHOLE_PROCESS_ATTACKS.map((attack) => ({ ...attack, times: 1 })),
  ].filter(isWanted);
  const measured = MEASURED_ATTACKS.filter(isWanted);
  if (attacks.length + measured.length === 0) throw new SetupProblem('No attack has such a name.');
  let lost = 0;
  for (const { name, run, times } of attacks) {
    const gains: string[] = [];
    for (let round = 0; round < times; round++) {
      const gained = await run();
      if (gained !== undefined) gains.push(gained);
    }
    lost += gains.length;
    console.log(`${gains.length === 0 ? 'held' : 'LOST'}  ${times} x ${name}`);
    for (const gained of new Set(gains)) console.log(`      gained: ${gained}`);
  }
  for (const { name, run } of measured) {
    console.log(`figures of ${name}`);
    console.log(JSON.stringify(await run(), null, 2));
  }
  return lost === 0 ? 0 : 1;
});
