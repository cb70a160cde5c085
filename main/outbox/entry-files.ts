import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../files/write-atomically.ts';
import type { OutboxBox } from './encryption.ts';
import type { OutboxStore } from './outbox.ts';

/**
 * The outbox on disk, in a folder with mode 0700: `ID.head` written once and whole, `ID.events` with
 * one sealed line per event, `ID.N.content` for what is too long for the head,
 * `ID.reported` for one that could not be read. The head is renamed into
 * place last and removed first, so that an entry is there with all it needs, or not at all.
 */
export function createOutboxFiles(folder: string, box: OutboxBox): OutboxStore {
  let made = false;
  const at = (name: string): string => join(folder, name);
  const prepare = (): void => {
    if (!made) mkdirSync(folder, { recursive: true, mode: 0o700 });
    made = true;
  };
  const sealText = (value: unknown): Buffer =>
    Buffer.from(box.seal(Buffer.from(JSON.stringify(value))));

  const opened = (sealed: Uint8Array): unknown =>
    JSON.parse(Buffer.from(box.open(sealed)).toString('utf8'));

  const readOr = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };

  const eventsOf = (id: string): readonly unknown[] => {
    const text = readOr(() => readFileSync(at(`${id}.events`), 'utf8')) ?? '';
    // A line that was being written when the process was killed has no end, or cannot be opened.
    return text
      .split('\n')
      .map((line) => readOr(() => opened(Buffer.from(line, 'base64'))))
      .filter((event) => event !== undefined);
  };

  return {
    encrypted: box.encrypted,
    load() {
      const names = readOr(() => readdirSync(folder)) ?? [];
      const ids = new Set(
        names.filter((name) => name.endsWith('.head')).map((name) => name.slice(0, -5)),
      );
      for (const name of names) {
        const id = /^([\w-]+)\.(?:events|\d+\.content|head\.new)$/.exec(name)?.[1];
        if (id !== undefined && !(ids.has(id) && !name.endsWith('.new'))) {
          readOr(() => rmSync(at(name), { force: true }));
        }
      }
      return [...ids].map((id) => {
        const head = readOr(() => opened(readFileSync(at(`${id}.head`))));
        const wasReported = names.includes(`${id}.reported`);
        return { id, head, events: head === undefined ? [] : eventsOf(id), wasReported };
      });
    },
    markReported(id) {
      // Where the disk refuses it, the next start reports it again.
      readOr(() => writeFileSync(at(`${id}.reported`), '', { mode: 0o600 }));
    },
    async add(id, head, contents, durable) {
      prepare();
      for (const [item, bytes] of contents) {
        await writeWhole(at(`${id}.${item}.content`), box.seal(bytes), durable);
      }
      await writeWhole(at(`${id}.head.new`), sealText(head), durable);
      await rename(at(`${id}.head.new`), at(`${id}.head`));
      if (durable) syncFolder(folder);
    },
    append(id, event, durable) {
      const line = `${sealText(event).toString('base64')}\n`;
      const path = at(`${id}.events`);
      if (!durable) {
        appendFileSync(path, line, { mode: 0o600 });
        return;
      }
      const file = openSync(path, 'a', 0o600);
      try {
        appendFileSync(file, line);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    content: async (id, item) => box.open(await readFile(at(`${id}.${item}.content`))),
    remove(id) {
      rmSync(at(`${id}.head`), { force: true });
      for (const name of readdirSync(folder)) {
        if (name.startsWith(`${id}.`)) rmSync(at(name), { force: true });
      }
    },
  };
}

async function writeWhole(path: string, bytes: Uint8Array, durable: boolean): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}
