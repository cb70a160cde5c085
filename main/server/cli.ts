#!/usr/bin/env node
import { fstatSync, rmSync, writeFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { collectGarbage } from '../collect-garbage.ts';
import '../files/private-files.ts';
import { type Check, runChecks } from './check.ts';
import { type CliOptions, cliOptions, USAGE, UsageError } from './cli-options.ts';
import { prepareDataDir, tokenFileIn } from './data-dir.ts';
import { isEphemeralOutput } from './ephemeral-output.ts';
import type { Log } from './log.ts';
import { startServer } from './start.ts';
import { StoreUnavailableError } from './store/store-error.ts';
import { addressFileIn, runUsersCommand, splitUsersArgs, USERS_USAGE } from './users-cli.ts';

// The service without the app: see cli-options.ts for what it takes.

const log: Log = (event) =>
  console.error(JSON.stringify({ time: new Date().toISOString(), ...event }));

/** The last resort: whatever a request brings, the service goes on. Never the message: it may quote content. */
function onUnexpected(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const where = /^ +at (.*)$/m.exec(stack)?.[1];
  log({ level: 'error', event: 'unexpected-error', code, where });
}

/** What `--check` tests, in groups that don't depend on each other. */
async function checksOf({
  dataDir,
  database,
  blobs,
}: CliOptions): Promise<readonly (readonly Check[])[]> {
  const folder: Check = { name: `data folder: ${dataDir}`, run: () => prepareDataDir(dataDir) };
  const groups: (readonly Check[])[] = [[folder]];
  if (database !== undefined) {
    const { postgresChecks } = await import('./store/sql/check-postgres.ts');
    groups.push(postgresChecks(database));
  }
  if (blobs !== undefined) {
    const { s3Checks } = await import('./store/blobs/check-s3.ts');
    groups.push(s3Checks(blobs));
  }
  return groups;
}

/** `users` and `audit`; ends the process. */
async function manageUsers(args: readonly string[]): Promise<never> {
  const { own, server } = splitUsersArgs(args);
  if (own.some((arg) => arg === '--help' || arg === '-h')) {
    console.log(USERS_USAGE);
    process.exit(0);
  }
  const options = cliOptions(server, process.env);
  if (options === undefined) throw new UsageError('Missing required option: --data DIR.');
  await runUsersCommand(own, options, { print: console.log, say: console.error });
  process.exit(0);
}

// Whoever reads our output may end before us. Unhandled, a failed write would be logged as an
// unexpected error, by a write that fails: a loop that takes the whole processor.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined);

try {
  const args = process.argv.slice(2);
  if (args[0] === 'users' || args[0] === 'audit') await manageUsers(args);
  const options = cliOptions(args, process.env);
  if (options === undefined) {
    console.log(USAGE);
    process.exit(0);
  }
  if (options.check) {
    const passed = await runChecks(await checksOf(options), console.log);
    process.exit(passed ? 0 : 1);
  }
  const service = await startServer({ ...options, log, onBurstOver: collectGarbage });
  process.on('uncaughtException', onUnexpected);
  process.on('unhandledRejection', onUnexpected);
  const addressFile = addressFileIn(options.dataDir);
  writeFileSync(addressFile, service.apiBaseUrl, { mode: 0o600 });
  const stop = (): void => {
    rmSync(addressFile, { force: true });
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const secret = isEphemeralOutput(fstatSync(1), isatty(1), process.env)
    ? { token: service.token }
    : options.token === undefined
      ? { tokenFile: tokenFileIn(options.dataDir) }
      : {};
  console.log(JSON.stringify({ api: service.apiBaseUrl, ...secret }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof StoreUnavailableError) console.error('Find out why with --check.');
  // Not the options themselves: a journal would show their end, and not the reason above them.
  if (error instanceof UsageError) {
    const group = /^(users|audit)$/.test(process.argv[2] ?? '') ? ' users' : '';
    console.error(`The options: linkify-tray-server${group} --help`);
  }
  process.exit(error instanceof UsageError ? 2 : 1);
}
