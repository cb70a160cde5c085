import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pressForLink } from '../../e2e/screens/clipboard-link.ts';
import { launchApp, newProfile, type RunningApp, runCommandLine } from '../app.ts';
import { endChild } from '../desktop/processes.ts';
import { waitFor } from '../desktop/wait-for.ts';
import type { Desktop } from '../desktop.ts';
import { seededRandom } from '../random.ts';
import { text as message } from '../text.ts';
import { LinkBook, newMarker, sha256Of, textWith } from './link-book.ts';
import { seedLinks } from './seed-links.ts';
import { type Soaked, SoakRecord } from './soak-record.ts';

const CHECKED = 50;
/** Links in the list before the first start. */
const LIST = 1_000;

/** A link's title, the beginning of its text, stays in the list when it has ended. */
const TITLE = 'plain words that make a title long enough for a row in a list. '.repeat(8);
const TEXT_BYTES = [200, 2_000, 20_000, 200_000];
const FILE_BYTES = 1_000_000;

/**
 * The app on a desktop under mixed use: texts, files and collections shared by the shortcut, links
 * opened and revoked, the window opened and closed; killed and started again several times.
 */
export async function soakApp(desktop: Desktop, minutes: number, kills: number): Promise<Soaked> {
  const profile = await newProfile(desktop);
  const book = new LinkBook();
  const dataDir = join(profile, 'service');
  const record = new SoakRecord({ name: 'app', book, dataDir, searched: [profile], kills });
  await mkdir(dataDir, { mode: 0o700 });
  await seedLinks(profile, LIST, book, seededRandom('soak list'));
  let app: RunningApp | undefined;
  const start = async (): Promise<RunningApp> => {
    const running = await record.time('start', () => launchApp({ desktop, profile }));
    // A process that was started has its id.
    record.sampler.start(running.child.pid as number);
    return running;
  };
  try {
    let pages = '';
    for (let round = 0; round <= kills; round += 1) {
      app = await start();
      const use = new AppUse(desktop, profile, book);
      await use.share();
      pages = use.pages;
      await record.verify(pages, CHECKED);
      const end = Date.now() + (minutes * 60_000) / (kills + 1);
      while (Date.now() < end) {
        await use.step().then(
          () => {
            record.doneSteps += 1;
          },
          (error: unknown) => {
            record.failedSteps += 1;
            console.error('soak, app:', error);
          },
        );
      }
      record.sampler.stop();
      if (round < kills) await app.kill();
    }
    const used = app;
    await record.time('quit after use', () => quit(desktop, used));
    app = await start();
    const last = new AppUse(desktop, profile, book);
    await last.share();
    await record.settle(last.pages);
    record.sampler.stop();
    const idle = app;
    await record.time('quit', () => quit(desktop, idle));
    return await record.result();
  } finally {
    record.sampler.stop();
    await app?.close().catch(() => undefined);
  }
}

/** As at logout. */
async function quit(desktop: Desktop, app: RunningApp | undefined): Promise<void> {
  if (app !== undefined) await endChild(app.child, 60_000);
  await desktop.notifications.clear();
}

/** What a user does with the app. */
class AppUse {
  /** Where the links open on this computer, such as `http://127.0.0.1:4180`. */
  pages = '';
  readonly #desktop: Desktop;
  readonly #profile: string;
  readonly #book: LinkBook;
  readonly #random = seededRandom(`soak app ${Date.now()}`);

  constructor(desktop: Desktop, profile: string, book: LinkBook) {
    this.#desktop = desktop;
    this.#profile = profile;
    this.#book = book;
  }

  async step(): Promise<void> {
    const chance = this.#random();
    if (chance < 0.6) await this.share();
    else if (chance < 0.66) await this.#shareFiles(1);
    else if (chance < 0.72) await this.#shareFiles(3);
    else if (chance < 0.84) await this.#open();
    else if (chance < 0.92) await this.#revoke();
    else await this.#openWindow();
  }

  async share(): Promise<void> {
    const marker = newMarker(this.#random);
    const size = TEXT_BYTES[Math.floor(this.#random() * TEXT_BYTES.length)] ?? 200;
    const text = TITLE + textWith(marker, size);
    await this.#desktop.clipboard.writeText(text);
    await this.#press('/raw', text, [marker], text.length);
  }

  async #shareFiles(count: number): Promise<void> {
    const markers = Array.from({ length: count }, () => newMarker(this.#random));
    const contents = markers.map((marker) => Buffer.from(textWith(marker, FILE_BYTES / count)));
    // Their names are titles, too.
    const paths = markers.map((_, index) => join(this.#desktop.dir, `file ${index}.bin`));
    for (const [index, path] of paths.entries()) await writeFile(path, contents[index] ?? '');
    await this.#desktop.clipboard.writeFiles(paths);
    const bytes = contents.reduce((sum, content) => sum + content.length, 0);
    const path = count === 1 ? '/download' : '/1/download';
    await this.#press(path, contents[0] ?? '', markers, bytes);
  }

  async #press(
    path: string,
    content: string | Uint8Array,
    markers: readonly string[],
    bytes: number,
  ): Promise<void> {
    const { port, pathname } = new URL(await pressForLink(this.#desktop));
    await this.#desktop.notifications.clear();
    // Visitors from this computer are not limited to so many requests a minute.
    this.pages = `http://127.0.0.1:${port}`;
    this.#book.add({
      id: pathname.split('/').at(-1) ?? '',
      contentPath: pathname + path,
      sha256: sha256Of(content),
      bytes,
      markers,
    });
  }

  async #open(): Promise<void> {
    const link = this.#any();
    if (link === undefined) return;
    const response = await fetch(this.pages + link.contentPath);
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${link.contentPath}: ${response.status}`);
  }

  async #revoke(): Promise<void> {
    const link = this.#any();
    if (link === undefined) return;
    this.#book.mark(link.id, 'unknown');
    const args = ['--revoke', link.id];
    const { code, errors } = await runCommandLine({
      desktop: this.#desktop,
      profile: this.#profile,
      args,
    });
    if (code !== 0) throw new Error(`--revoke ended with ${code}: ${errors}`);
    this.#book.mark(link.id, 'ended');
    await this.#desktop.notifications.clear();
  }

  /** And closes it: while it has the focus, the app tells of no link by a notification. */
  async #openWindow(): Promise<void> {
    const isShown = (): Promise<boolean> =>
      this.#desktop
        .run('xdotool', ['search', '--onlyvisible', '--name', `^${message('appName')}$`])
        .then(
          () => true,
          // It ends with 1 if it finds none.
          () => false,
        );
    await this.#desktop.tray.activate();
    await waitFor('the window', isShown);
    await waitFor('the window to close', async () => {
      await this.#desktop.key('Escape');
      return !(await isShown());
    });
  }

  #any() {
    const active = this.#book.active();
    return active[Math.floor(this.#random() * active.length)];
  }
}
