import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manPage } from '../../main/cli/man-page.ts';

// `npx node test/scripts/man-page.ts linkify|linkify-tray [DATE]` prints the man page of a program, in
// roff. Packages install it as share/man/man1/PROGRAM.1. Without a date it has the day of the build,
// or of SOURCE_DATE_EPOCH (reproducible-builds.org), so that the same commit gives the same page.

const [program, given] = process.argv.slice(2);
if (program !== 'linkify' && program !== 'linkify-tray') {
  console.error('Usage: npx node test/scripts/man-page.ts linkify|linkify-tray [DATE]');
  process.exit(2);
}
const { SOURCE_DATE_EPOCH: epoch } = process.env;
const built = new Date(epoch === undefined ? Date.now() : Number(epoch) * 1_000);
const packageFile = join(import.meta.dirname, '../../package.json');
const { version }: { version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));
process.stdout.write(manPage(program, version, given ?? built.toISOString().slice(0, 10)));
