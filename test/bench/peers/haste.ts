import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../support/desktop/processes.ts';
import { cacheFolder } from '../../support/runtime.ts';
import { NODE } from '../../support/service/process.ts';
import { freePort } from '../../support/service/real-proxies.ts';
import { TEXT } from '../server/create.ts';
import { endProcess, newFolder } from '../server/subjects.ts';
import { PAGE_TEXT, type Setup, untilOpen } from './peer.ts';

/**
 * What npm installs. The registry has no package of haste-server; `LINKIFY_BENCH_HASTE` names
 * another source, such as a folder with a checkout.
 */
const SOURCE =
  process.env.LINKIFY_BENCH_HASTE ??
  'https://codeload.github.com/toptal/haste-server/tar.gz/refs/heads/master';

const INSTALL_LIMIT_MS = 5 * 60_000;

/** haste-server with its file store: a file a text, no sync. */
export async function setUpHaste(): Promise<Setup> {
  const program = await install().catch((error: Error) => error);
  if (program instanceof Error) {
    const reason = program.message.split('\n').find((line) => /npm error \S/.test(line));
    return {
      skipped: `haste-server: npm could not install ${SOURCE} (${reason ?? program.message.slice(0, 200)}); set LINKIFY_BENCH_HASTE to a folder with its source`,
    };
  }
  const folder = await newFolder();
  const port = await freePort();
  await writeFile(join(folder, 'config.js'), JSON.stringify(configOf(folder, port)));
  // It reads config.js and its storage from the working folder.
  const child = spawn(NODE, [join(program, 'server.js')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilOpen(port, child);
  const url = `http://127.0.0.1:${port}`;
  const created = await fetch(`${url}/documents`, { method: 'POST', body: PAGE_TEXT });
  const { key } = (await created.json()) as { readonly key: string };
  const get = (path: string) => ({
    port,
    request: { method: 'GET' as const, paths: [path], headers: {} },
  });
  const { version } = JSON.parse(await readFile(join(program, 'package.json'), 'utf8'));
  return {
    peer: {
      name: `haste-server ${version}`,
      targets: {
        create: {
          port,
          request: { method: 'POST', paths: ['/documents'], headers: {}, body: TEXT },
        },
        // Its page is empty, the same for all texts, and its script requests this.
        page: get(`/documents/${key}`),
        raw: get(`/raw/${key}`),
      },
      async end() {
        await endProcess(child);
        await rm(folder, { recursive: true, force: true });
      },
    },
  };
}

/** Its defaults, but without a log and without a limit of requests. */
const configOf = (folder: string, port: number) => ({
  host: '127.0.0.1',
  port,
  keyLength: 10,
  maxLength: 400_000,
  staticMaxAge: 86_400,
  recompressStaticAssets: false,
  logging: [{ level: 'error', type: 'Console' }],
  keyGenerator: { type: 'phonetic' },
  storage: { type: 'file', path: join(folder, 'data') },
  documents: {},
});

/** Installs it into the cache folder, once for each source. @returns its folder */
async function install(): Promise<string> {
  const name = createHash('sha256').update(SOURCE).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(), `haste-server-${name}`);
  const program = join(folder, 'node_modules/haste');
  if (existsSync(join(program, 'server.js'))) return program;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private": true}');
  const flags = [
    '--fetch-retries=0',
    '--omit=dev',
    '--install-links',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  await runProgram('npm', ['install', '--prefix', folder, ...flags, SOURCE], {
    limitMs: INSTALL_LIMIT_MS,
  });
  return program;
}
