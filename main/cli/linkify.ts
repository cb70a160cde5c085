import { spawn } from 'node:child_process';
import { appToStart } from './app-to-start.ts';

// The first file of `linkify`, which older versions of Node can read, too. The program needs Node 18:
// with an older one, the app itself does the command, which takes longer.

const OLDEST_NODE = 18;

if (Number.parseInt(process.versions.node, 10) >= OLDEST_NODE) {
  import('./linkify-program.ts').then(
    ({ main }) => main(__dirname),
    (error: unknown) => {
      console.error(`Linkify Tray met an error: ${String(error)}`);
      process.exit(1);
    },
  );
} else {
  const [program, ...args] = appToStart(__dirname);
  const child = spawn(program, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
  // The app has it, too, and ends.
  process.on('SIGINT', () => undefined);
  child.on('error', (error) => {
    console.error(`Linkify Tray couldn't start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code === null ? 1 : code));
}
