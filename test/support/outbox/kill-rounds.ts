import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppDatabase, DATABASE_FILE } from '../../../main/storage/app-database.ts';
import { seededRandom } from '../random.ts';
import { type Script, startScriptedService } from '../scripted-service.ts';

export interface KillResult {
  /** Shares that were on disk before the kill, or were made. */
  readonly wanted: number;
  readonly made: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Killed between the press and the moment when it was on disk: nobody could know of them any more. */
  readonly tooEarly: number;
  /** Rounds in which the kill came between the press and the answer. */
  readonly killed: number;
  /** Links that the list of recent links does not have once. */
  readonly notListed: number;
  /** Assets on the service that belong to no link: the API cannot tell of them. */
  readonly orphanAssets: number;
}

/** What the service does to a round's calls, besides working. */
const SCRIPTS: readonly Script[] = [
  slow({}),
  slow({}),
  // It did what it was asked, and nobody hears of it.
  slow({
    'POST /linkify': [
      { work: true, trouble: 'reset' },
      { work: true, delayMs: 15 },
    ],
  }),
  slow({ 'POST /linkify/multiple': [{ work: true, trouble: 'close' }, { work: true }] }),
  slow({ 'POST /linkify': [{ status: 503, headers: { 'retry-after': '1' } }, { work: true }] }),
];

function slow(more: Script): Script {
  return {
    ...more,
    'POST /assets/create': { work: true, delayMs: 10 },
    'POST /linkify': more['POST /linkify'] ?? { work: true, delayMs: 25 },
    'POST /linkify/multiple': more['POST /linkify/multiple'] ?? { work: true, delayMs: 25 },
  };
}

const random = seededRandom('kill');

/**
 * After what a round kills the process, and within how many ms of it. Delays from the press alone
 * would all be too short on a busy machine: nothing would be on disk yet.
 */
const KILLS = [
  { after: 'pressing', withinMs: 90 },
  { after: 'kept', withinMs: 50 },
] as const;

const PROCESS = join(import.meta.dirname, 'sharing-process.ts');

interface Round {
  readonly key: string;
  readonly kept: boolean;
  readonly made: boolean;
  readonly killed: boolean;
}

/**
 * Shares again and again, and kills the sharing process at random moments between the press and
 * the answer; what is left goes out in the rounds after it, and in a last one that is not killed.
 */
export async function killRounds(
  rounds: number,
  onRound: (round: number) => void = () => {},
): Promise<KillResult> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-outbox-'));
  const service = await startScriptedService();
  const results: Round[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      service.script(SCRIPTS[round % SCRIPTS.length] ?? {});
      const key = `round-${round}`;
      const texts = round % 3 === 0 ? [`${key} a`, `${key} b`, `${key} c`] : [`${key} a`];
      const kill = KILLS[round % KILLS.length];
      results.push(await runOnce(folder, service.baseUrl, texts, key, kill));
      onRound(round);
    }
    service.script({});
    await runOnce(folder, service.baseUrl, [], 'last');

    const madeOf = (key: string): number =>
      [...service.memory.shares.values()].filter(
        ({ assetIds: [first = ''], revoked }) =>
          !revoked && service.memory.assets.get(first)?.text === `${key} a`,
      ).length;
    const linked = new Set([...service.memory.shares.values()].flatMap(({ assetIds }) => assetIds));
    const listed = listedLinks(folder);
    const wanted = results.filter(({ key, kept, made }) => kept || made || madeOf(key) > 0);
    return {
      wanted: wanted.length,
      made: results.reduce((sum, { key }) => sum + madeOf(key), 0),
      lost: wanted.filter(({ key }) => madeOf(key) === 0).length,
      duplicated: results.filter(({ key }) => madeOf(key) > 1).length,
      tooEarly: results.length - wanted.length,
      killed: results.filter(({ killed, made }) => killed && !made).length,
      notListed: [...service.memory.shares.keys()].filter((id) => listed.get(id) !== 1).length,
      orphanAssets: [...service.memory.assets.keys()].filter((id) => !linked.has(id)).length,
    };
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function runOnce(
  folder: string,
  url: string,
  texts: readonly string[],
  key: string,
  kill?: (typeof KILLS)[number],
): Promise<Round> {
  const child = spawn(process.execPath, [PROCESS, folder, url, ...texts], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = new Set<string>();
  let killed = false;
  let timer: NodeJS.Timeout | undefined;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.add(line);
    if (line !== kill?.after) return;
    timer = setTimeout(() => {
      killed = child.kill('SIGKILL');
    }, random() * kill.withinMs);
  });
  // The last one ends by itself; it may take the longest pause that a failure asks for.
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      clearTimeout(limit);
      const strange = [...lines].find((line) => /^(?:held|problem)/.test(line));
      if (strange !== undefined) reject(new Error(`${key}: ${strange}`));
      else if (texts.length === 0 && !lines.has('empty'))
        reject(new Error(`not empty at the end (${code})`));
      else resolve({ key, kept: lines.has('kept'), made: lines.has('made'), killed });
    });
  });
}

/** How often each link is on the list of recent links. */
function listedLinks(folder: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const database = new AppDatabase({ path: join(folder, DATABASE_FILE), readOnly: true });
  for (const { id } of database.rows<{ readonly id: string }>('select id from links')) {
    found.set(id, (found.get(id) ?? 0) + 1);
  }
  database.close();
  return found;
}
