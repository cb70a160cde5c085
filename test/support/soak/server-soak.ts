import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '../random.ts';
import { SERVER_FILE, type ServiceProcess, spawnService } from '../service/process.ts';
import { textSeed } from '../service/run.ts';
import { LinkBook } from './link-book.ts';
import { ServerClient } from './server-client.ts';
import { type Soaked, SoakRecord } from './soak-record.ts';

const CLIENTS = 4;
/** Links that are opened after each restart, of the active and of the ended ones. */
const CHECKED = 200;

/**
 * A headless server under mixed use: creates, opens, revokes, expirations, collections and a long
 * list; killed and started again several times.
 */
export async function soakServer(minutes: number, kills: number): Promise<Soaked> {
  const dataDir = await mkdtemp(join(tmpdir(), 'linkify-soak-'));
  const book = new LinkBook();
  const record = new SoakRecord({ name: 'server', book, dataDir, searched: [dataDir], kills });
  const random = seededRandom('soak server');
  const start = async (): Promise<ServiceProcess> => {
    const service = await record.time('start', () =>
      spawnService(dataDir, ['--quota-mb', '20000'], [], [], SERVER_FILE),
    );
    record.sampler.start(service.pid);
    return service;
  };
  let service: ServiceProcess | undefined;
  try {
    for (let round = 0; round <= kills; round += 1) {
      const running = await start();
      service = running;
      const pages = await pagesOf(running);
      await record.verify(pages, CHECKED);
      let isOver = false;
      const clients = Array.from({ length: CLIENTS }, () =>
        new ServerClient(running, pages, book, random).run(() => isOver),
      );
      await wait((minutes * 60_000) / (kills + 1));
      isOver = true;
      record.sampler.stop();
      // What is under way now is what a crash meets.
      await running.kill('SIGKILL');
      for (const { done, failed } of await Promise.all(clients)) {
        record.doneSteps += done;
        record.failedSteps += failed;
      }
    }
    service = await start();
    await record.verify(await pagesOf(service));
    const left = service;
    await revokeHalf(left, book);
    record.sampler.stop();
    await record.time('quit after many revokes', () => left.kill('SIGTERM'));
    service = await start();
    await removeUnknown(service, book);
    await record.settle(await pagesOf(service));
    record.sampler.stop();
    const idle = service;
    await record.time('quit', () => idle.kill('SIGTERM'));
    return await record.result();
  } finally {
    record.sampler.stop();
    await service?.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function pagesOf(service: ServiceProcess): Promise<string> {
  const share = await service.api.share(textSeed('where'));
  await service.api.revoke(share.id);
  return new URL(share.link).origin;
}

async function revokeHalf({ api }: ServiceProcess, book: LinkBook): Promise<void> {
  for (const [index, { id }] of book.active().entries()) {
    if (index % 2 === 0) continue;
    book.mark(id, 'unknown');
    if ((await api.revoke(id)).status === 200) book.mark(id, 'ended');
  }
}

/** Shares whose response the kills took away: nobody has their links, and their content is live. */
async function removeUnknown({ api }: ServiceProcess, book: LinkBook): Promise<void> {
  const known = new Set(book.active().map(({ id }) => id));
  let before = '';
  for (;;) {
    const { json } = await api.call('GET', `/shares?limit=500${before}`);
    const page: readonly { readonly id: string; readonly created: { readonly value: string } }[] =
      json.iterable;
    for (const { id } of page) if (!known.has(id)) await api.revoke(id);
    const last = page.at(-1);
    if (last === undefined || page.length < 500) return;
    before = `&before=${new Date(last.created.value).getTime()}`;
  }
}
