import * as adversarialCopies from './adversarial-copies.ts';
import * as bareAnswers from './bare-answers.ts';
import * as oneTimeKeys from './one-time-keys.ts';
import * as pipelining from './pipelining.ts';
import * as plantedFolder from './planted-folder.ts';
import * as raceForPort from './race-for-port.ts';
import * as passChallengeOn from './relay-challenge.ts';
import * as releaseDebugger from './release-debugger.ts';
import * as requestFlood from './request-flood.ts';
import * as takePiecesPort from './take-pieces-port.ts';
import * as takeServerPort from './take-server-port.ts';

/** One attack, made for real: by another user, over real sockets, with real files. */
export interface Attack {
  readonly name: string;
  /** @returns what the attacker gained, in words; `undefined` when nothing */
  run(): Promise<string | undefined>;
}

/** On the app's own parts; a new one is a module beside these, and a line here. */
export const ATTACKS: readonly Attack[] = [
  takePiecesPort,
  takeServerPort,
  raceForPort,
  passChallengeOn,
];

/** On the whole app or its package: longer, so `npm test` has short forms of them in test/e2e. */
export const WHOLE_PROCESS_ATTACKS: readonly Attack[] = [
  plantedFolder,
  releaseDebugger,
  adversarialCopies,
];

/** On the server's memory and files: what they cost, in figures. */
export const MEASURED_ATTACKS: readonly {
  readonly name: string;
  run(): Promise<object>;
}[] = [pipelining, requestFlood, oneTimeKeys, bareAnswers];
