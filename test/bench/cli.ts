import { spawn } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { launchApp, newProfile, type RunningApp } from '../support/app.ts';
import { waitFor } from '../support/desktop/wait-for.ts';
import type { Desktop } from '../support/desktop.ts';
import type { Packages } from './packages.ts';
import { round, type Summary, summarise } from './statistics.ts';

export interface CommandLineResult {
  /** `echo hi | linkify share -` by its launcher, in ms, from the start of the process to its end. */
  readonly linkify: Summary;
  /** A POST of the same text to the API of the same app, by curl. */
  readonly curl: Summary;
  /** A start of Node that does nothing. */
  readonly node: Summary;
  /** `linkify` without Node, and so a second start of the app. */
  readonly withoutNode: Summary;
  readonly medianRatioToCurl: number;
}

/** The command line beside curl, against the same running app, in turns. */
export async function measureCommandLine(
  desktop: Desktop,
  { app: command }: Packages,
  rounds: number,
): Promise<CommandLineResult> {
  const profile = await newProfile(desktop);
  const app = await launchApp({ desktop, profile, command });
  const linkify = join(dirname(command.executable), 'resources/cli/linkify');
  const given = [`--user-data-dir=${profile}`];
  // dash and coreutils, but no Node.
  const noNode = { ...desktop.env, PATH: join(import.meta.dirname, 'no-such-folder') };
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const timed = async (
    program: string,
    args: readonly string[],
    input: string,
    env: NodeJS.ProcessEnv = desktop.env,
  ): Promise<number> => {
    const startedMs = performance.now();
    const { code, out } = await run(program, args, input, env);
    const tookMs = performance.now() - startedMs;
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${out}`);
    return tookMs;
  };
  const share = (): Promise<number> => timed(linkify, [...given, 'share', '-'], 'hi\n');
  try {
    // The built-in server starts with the first share.
    await share();
    const api = await apiOf(app, profile);
    const post = (): Promise<number> => timed('curl', api.args, api.body);
    const times = { linkify: [], curl: [], node: [], withoutNode: [] } as Record<
      'linkify' | 'curl' | 'node' | 'withoutNode',
      number[]
    >;
    for (let turn = 0; turn < rounds; turn += 1) {
      times.linkify.push(await share());
      times.curl.push(await post());
      times.node.push(await timed('node', ['-e', '0'], ''));
      if (turn % 4 !== 0) continue;
      const args = [...asRoot, ...given, 'share', '-'];
      times.withoutNode.push(await timed(command.executable, args, 'hi\n', noNode));
    }
    const [ours, theirs] = [summarise(times.linkify), summarise(times.curl)];
    return {
      linkify: ours,
      curl: theirs,
      node: summarise(times.node),
      withoutNode: summarise(times.withoutNode),
      medianRatioToCurl: round(ours.median / theirs.median),
    };
  } finally {
    await app.close();
  }
}

function run(
  program: string,
  args: readonly string[],
  input: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
    child.stdin.end(input);
  });
}

/** What curl takes to create a link in the built-in server of the app. */
async function apiOf(
  app: RunningApp,
  profile: string,
): Promise<{ readonly args: readonly string[]; readonly body: string }> {
  const token = await readFile(join(profile, 'service/api-token'), 'utf8');
  const port = await waitFor('the port of the API', () => localPort(app.child.pid ?? 0));
  const fragment = { string: { raw: 'hi\n' }, metadata: { ext: 'txt' } };
  const asset = { metadata: { name: 'hi' }, format: { fragment } };
  const headers = [`Authorization: Bearer ${token.trim()}`, 'Content-Type: application/json'];
  return {
    args: [
      ...['-sf', '--data-binary', '@-'],
      ...headers.flatMap((header) => ['-H', header]),
      `http://127.0.0.1:${port}/linkify`,
    ],
    body: JSON.stringify({ access: 'PUBLIC', seed: { type: 'SEEDED_ASSET', asset } }),
  };
}

/** The port on 127.0.0.1 where a process, or a child of it, listens; share pages are on all addresses. */
async function localPort(pid: number): Promise<number | undefined> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((name) => readlink(join(folder, name)).catch(() => '')),
  );
  const sockets = new Set(links.map((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1]));
  // proc_net_tcp(5): `0100007F` is 127.0.0.1, state 0A is LISTEN, the tenth field the inode.
  const row = (await readFile('/proc/net/tcp', 'utf8'))
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(
      ([, local = '', , state, , , , , , inode]) =>
        local.startsWith('0100007F:') && state === '0A' && sockets.has(inode),
    );
  return row === undefined ? undefined : Number.parseInt(row[1]?.split(':')[1] ?? '', 16);
}
