#!/usr/bin/env node
import { cliOptions, USAGE, UsageError } from './cli-options.ts';
import { startService } from './start.ts';

// The service without the app: see cli-options.ts for what it takes.

try {
  const options = cliOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    console.error(USAGE);
    process.exit(0);
  }
  const service = await startService({
    ...options,
    log: (event) => console.error(JSON.stringify({ time: new Date().toISOString(), ...event })),
  });
  const stop = (): void => {
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(JSON.stringify({ api: service.apiBaseUrl, token: service.token }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof UsageError) console.error(`\n${USAGE}`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
