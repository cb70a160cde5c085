import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Unpacks with the library that the electron package itself unpacks with; modes are kept. */
export async function unzip(zip: string, dir: string): Promise<void> {
  const fromElectron = createRequire(
    createRequire(import.meta.url).resolve('electron/package.json'),
  );
  const path = fromElectron.resolve('@electron-internal/extract-zip');
  const library: { extract(zip: string, options: { dir: string }): Promise<void> } = await import(
    pathToFileURL(path).href
  );
  await library.extract(zip, { dir });
}
