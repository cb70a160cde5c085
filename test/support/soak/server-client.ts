import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceProcess } from '../service/process.ts';
import { textSeed } from '../service/run.ts';
import { type LinkBook, newMarker, sha256Of, textWith } from './link-book.ts';

type Random = () => number;

/** Text sizes in bytes: below and above the limit from which content has a file of its own. */
const TEXT_BYTES = [400, 2_000, 20_000, 60_000, 200_000];
const FILE_BYTES = 2_000_000;
/** Lives of the shares that expire, in seconds. */
const SHORTEST_LIFE = 5;
const LIVES = 30;

/** Between two requests of a client, in ms: the machine has other work, too. */
const PAUSE_MS = 60;

/** One of several clients that create, open and end shares at once, until the server is killed. */
export class ServerClient {
  readonly #service: ServiceProcess;
  readonly #pages: string;
  readonly #book: LinkBook;
  readonly #random: Random;

  /** @param pages where the links lead, such as `http://127.0.0.1:4180` */
  constructor(service: ServiceProcess, pages: string, book: LinkBook, random: Random) {
    this.#service = service;
    this.#pages = pages;
    this.#book = book;
    this.#random = random;
  }

  /**
   * @returns how many steps were done, and how many failed while the server was there
   * @param isOver whether the server is about to be killed, or was
   */
  async run(isOver: () => boolean): Promise<{ readonly done: number; readonly failed: number }> {
    let done = 0;
    let failed = 0;
    while (!isOver()) {
      // Killed in between, a request promised nothing.
      await this.#step().then(
        () => {
          done += 1;
        },
        () => {
          if (!isOver()) failed += 1;
        },
      );
      await wait(PAUSE_MS * this.#random() * 2);
    }
    return { done, failed };
  }

  async #step(): Promise<void> {
    const chance = this.#random();
    if (chance < 0.35) return this.#shareText(null);
    if (chance < 0.55) {
      return this.#shareText(SHORTEST_LIFE + Math.floor(this.#random() * LIVES));
    }
    if (chance < 0.57) return this.#shareFile();
    if (chance < 0.62) return this.#shareCollection();
    if (chance < 0.82) return this.#open();
    if (chance < 0.92) return this.#end('revoke');
    if (chance < 0.96) return this.#end('close');
    if (chance < 0.98) return this.#closeAndReopen();
    return this.#list();
  }

  /** @param life in seconds, `null`: for ever */
  async #shareText(life: number | null): Promise<void> {
    const marker = newMarker(this.#random);
    const text = this.#textOf(marker);
    const expiresAtMs = life === null ? undefined : Date.now() + life * 1_000;
    const share = await this.#service.api.share(textSeed(text, `${marker} text`), {
      expiresInSeconds: life,
    });
    this.#add(share, '/raw', text, [marker], expiresAtMs);
  }

  async #shareFile(): Promise<void> {
    const marker = newMarker(this.#random);
    const bytes = Buffer.from(textWith(marker, FILE_BYTES));
    const response = await fetch(`${this.#service.baseUrl}/x-linkify/assets?name=${marker}.bin`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.#service.token}`,
        'content-type': 'application/octet-stream',
      },
      body: bytes,
    });
    const asset = { id: ((await response.json()) as { readonly id: string }).id };
    const { json } = await this.#service.api.call('POST', '/linkify', { access: 'PUBLIC', asset });
    this.#add(json.iterable[0], '/download', bytes, [marker]);
  }

  async #shareCollection(): Promise<void> {
    const { api } = this.#service;
    const markers = [1, 2, 3].map(() => newMarker(this.#random));
    const texts = markers.map((marker) => this.#textOf(marker));
    const assets: string[] = [];
    for (const text of texts) assets.push(await api.create(textSeed(text, 'item')));
    const name = newMarker(this.#random);
    const { json } = await api.call('POST', '/linkify/multiple', {
      access: 'PUBLIC',
      assets,
      name,
    });
    const bytes = texts.reduce((sum, text) => sum + text.length, 0);
    this.#add(json.iterable[0], '/1/raw', texts[0] ?? '', [...markers, name], undefined, bytes);
  }

  #add(
    share: { readonly id: string; readonly link: string },
    path: string,
    content: string | Uint8Array,
    markers: readonly string[],
    expiresAtMs?: number,
    bytes = content.length,
  ): void {
    this.#book.add({
      id: share.id,
      contentPath: new URL(share.link).pathname + path,
      sha256: sha256Of(content),
      bytes,
      markers,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
  }

  async #open(): Promise<void> {
    const link = this.#any();
    if (link === undefined) return;
    const path = link.contentPath.split('/').slice(0, 3).join('/');
    const page = await fetch(this.#pages + path, { headers: { accept: 'text/html' } });
    await page.arrayBuffer();
    // Another client may have ended it meanwhile.
    if (page.status !== 200 && this.#book.active().includes(link)) {
      throw new Error(`${link.contentPath} answered ${page.status}`);
    }
  }

  async #end(how: 'revoke' | 'close'): Promise<void> {
    const link = this.#any();
    if (link === undefined) return;
    const path =
      how === 'revoke' ? `/linkify/${link.id}/revoke` : `/x-linkify/shares/${link.id}/close`;
    this.#book.mark(link.id, 'unknown');
    const { status } = await this.#service.api.call('POST', path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    this.#book.mark(link.id, 'ended');
  }

  async #closeAndReopen(): Promise<void> {
    const link = this.#any();
    if (link === undefined) return;
    const change = (what: string) =>
      this.#service.api.call('POST', `/x-linkify/shares/${link.id}/${what}`);
    this.#book.mark(link.id, 'unknown');
    await change('close');
    if ((await change('reopen')).status === 200) this.#book.mark(link.id, 'active');
  }

  async #list(): Promise<void> {
    const { status } = await this.#service.api.call('GET', '/shares?limit=500');
    if (status !== 200) throw new Error(`the list answered ${status}`);
  }

  #any() {
    const active = this.#book.active();
    return active[Math.floor(this.#random() * active.length)];
  }

  #textOf(marker: string): string {
    const size = TEXT_BYTES[Math.floor(this.#random() * TEXT_BYTES.length)] ?? 400;
    return textWith(marker, size);
  }
}
