// Stands in for Electron's default app in a runtime that came without one:
// `electron path/to/app` opens that folder's app.
// The import is awaited at the top level, because only then does Electron hold back `ready`
// until the app's own first code has run.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const given = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (given === undefined) {
  console.error('usage: electron path/to/app');
  app.exit(2);
} else {
  const folder = resolve(given);
  const about = JSON.parse(await readFile(resolve(folder, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  app.setAppPath(folder);
  app.setName(about.productName ?? about.name);
  if (about.version !== undefined) app.setVersion(about.version);
  if (about.desktopName !== undefined) app.setDesktopName(about.desktopName);
  await import(pathToFileURL(resolve(folder, about.main)).href);
}
