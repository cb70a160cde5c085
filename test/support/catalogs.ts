import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalog, Plural } from '../../main/i18n/catalog.ts';
import { LANGUAGES } from '../../main/i18n/i18n.ts';

export const LOCALES_FOLDER = join(import.meta.dirname, '../../assets/locales');

/** Areas whose catalog includes others: `main` has all messages of the main process. */
export const AREAS: readonly string[] = readdirSync(join(LOCALES_FOLDER, 'en'))
  .map((file) => file.replace('.ts', ''))
  .sort();

/** Every catalog by language and area, as it is on disk. */
export async function readCatalogs(): Promise<ReadonlyMap<string, ReadonlyMap<string, Catalog>>> {
  const languages = LANGUAGES.map(async (language) => {
    const areas = AREAS.map(async (area) => {
      const module: Record<string, Catalog> = await import(
        join(LOCALES_FOLDER, language, `${area}.ts`)
      );
      return [area, Object.values(module)[0] ?? {}] as const;
    });
    return [language, new Map(await Promise.all(areas))] as const;
  });
  return new Map(await Promise.all(languages));
}

/** The texts of a message: one for each plural form. */
export const formsOf = (message: string | Plural): readonly string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

/** Names of the placeholders in a text, sorted. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort();
