import { requireKnown } from '../support/setup-problem.ts';

/**
 * The parts that `--only=PART`, or several with commas, names in an argument; all without it.
 * @throws SetupProblem if there is no such part
 */
export function wantedParts<Part extends string>(
  parts: readonly Part[],
  args: readonly string[] = process.argv,
): readonly Part[] {
  const only = args.find((argument) => argument.startsWith('--only='));
  if (only === undefined) return parts;
  const names = only.slice('--only='.length).split(',');
  requireKnown('part', names, parts);
  return parts.filter((part) => names.includes(part));
}
