import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startScriptedService } from '../support/scripted-service.ts';
import { type Summary, summarise } from './statistics.ts';

interface Cost {
  readonly kind: string;
  readonly wallMs: number;
  readonly cpuMs: number;
}

export interface DiscoveryResult {
  readonly found: string;
  /** A process's very first look, which pays for code that runs for the first time. */
  readonly first: { readonly wallMs: Summary; readonly cpuMs: Summary };
  readonly later: { readonly wallMs: Summary; readonly cpuMs: Summary };
}

/** Nothing of this machine listens there. */
const ABSENT = '39340-39373';
const PRESENT = { first: 39_374, last: 39_379 };
/** How long a round trip to the service takes in the bench, in ms. */
const ANSWER_MS = 50;

const run = promisify(execFile);

async function measure(
  list: 'listed' | 'unlisted',
  ports: string,
  processes: number,
  looks: number,
): Promise<DiscoveryResult> {
  const first: Cost[] = [];
  const later: Cost[] = [];
  for (let round = 0; round < processes; round += 1) {
    const script = join(import.meta.dirname, 'discovery-check.ts');
    const { stdout } = await run(process.execPath, [script, list, ports, String(looks)]);
    const [cold, ...warm] = JSON.parse(stdout) as readonly Cost[];
    if (cold !== undefined) first.push(cold);
    later.push(...warm);
  }
  const summary = (costs: readonly Cost[]) => ({
    wallMs: summarise(costs.map(({ wallMs }) => wallMs)),
    cpuMs: summarise(costs.map(({ cpuMs }) => cpuMs)),
  });
  return {
    found: [...new Set([...first, ...later].map(({ kind }) => kind))].join(),
    first: summary(first),
    later: summary(later.length > 0 ? later : first),
  };
}

/**
 * What a look for Pieces OS costs, in wall and processor time of the process that looks: absent, with
 * and without the kernel's list of listeners; and present, by a service that takes 50 ms an answer.
 */
export async function measureDiscovery(processes: number) {
  const absent = await measure('listed', ABSENT, processes, 20);
  const absentUnlisted = await measure('unlisted', ABSENT, processes, 20);
  const service = await startScriptedService({}, { port: PRESENT.first });
  service.script(
    Object.fromEntries(
      ['GET /.well-known/health', 'GET /.well-known/version', 'POST /connect', 'GET /user'].map(
        (route) => [route, { work: true, delayMs: ANSWER_MS }],
      ),
    ),
  );
  try {
    const ports = `${PRESENT.first}-${PRESENT.last}`;
    const present = await measure('listed', ports, processes, 1);
    // The first answer is health and version's; what is left over it is ready's one round trip.
    return { absent, absentUnlisted, answerMs: ANSWER_MS, present };
  } finally {
    await service.close();
  }
}
