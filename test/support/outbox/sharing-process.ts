import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '../../../main/desktop/files/open-file.ts';
import { Failures } from '../../../main/failures/failures.ts';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { createWriteLink } from '../../../main/links/copy-link.ts';
import { openLinks } from '../../../main/links/open-links.ts';
import { createOutboxEncryption } from '../../../main/outbox/encryption.ts';
import { EntryStore } from '../../../main/outbox/entry-store.ts';
import { Outbox } from '../../../main/outbox/outbox.ts';
import { Questions } from '../../../main/questions/questions.ts';
import { openSettings } from '../../../main/settings/settings.ts';
import { openSharing } from '../../../main/sharing/open-sharing.ts';
import { OUTBOX_FOLDER } from '../../../main/storage/app-database.ts';
import { fakeClipboard } from '../fakes.ts';
import { english } from '../messages.ts';
import { seededRandom } from '../random.ts';
import { TestTarget, testTargets } from '../targets.ts';

/**
 * The app's way out without its windows: the same use case, outbox, scheduler and client, over a real
 * disk and a real service. Shares what its arguments say, then sends what waits. Made to be killed.
 *
 *   node sharing-process.ts FOLDER SERVICE-URL [TEXT...]
 *
 * Prints `pressing`, `kept` once the share is on disk, `made`, and `empty` when nothing waits.
 */
const [folder = '', baseUrl = '', ...texts] = process.argv.slice(2);
// A line that is written is written, whatever comes next.
const say = (line: string): void => void writeSync(1, `${line}\n`);

const failures = new Failures(Date.now);
const { database, links } = openLinks(folder, failures);
const questions = new Questions(english);
const clipboard = fakeClipboard({ kind: 'empty' });
const client = createLinkifyClient({ baseUrl, appVersion: '0.0.0', platform: process.platform });
const secrets = { available: () => false, encrypt: () => '', decrypt: () => '' };
const settings = openSettings({
  store: { load: () => undefined, save: () => {}, setAside: () => undefined },
  secrets,
});
settings.change({ fallback: 'never', graceSeconds: 0 });
const writeLink = createWriteLink({ clipboard, settings });
const outboxFolder = join(folder, OUTBOX_FOLDER);
const targets = testTargets(new TestTarget(client, { kind: 'custom', name: 'service' }));
const outbox = new Outbox({
  store: new EntryStore({
    database,
    folder: outboxFolder,
    encryption: createOutboxEncryption(outboxFolder, secrets),
  }),
  targets,
  links,
  clipboard,
  writeLink,
  settings,
  failures,
  questions,
  openFile,
  removeLocation: async () => undefined,
  onNetworkChange: () => () => {},
  onWake: () => () => {},
  now: Date.now,
  random: seededRandom('retries'),
  // Its service makes a link within milliseconds, or not at all.
  unansweredMs: 0,
});
outbox.attempts.on('decision-needed', (fault) => say(`held ${fault.kind}`));
failures.onEachReport(({ fault: { kind } }) => {
  if (kind === 'outbox-unreadable' || kind === 'store-not-saved') say(`problem ${kind}`);
});
const { sharing } = openSharing({
  clipboard,
  writeLink,
  findOwnLink: () => undefined,
  findSecrets: async () => ({ ok: true, secrets: [] }),
  openFile,
  readRange: async () => new Uint8Array(),
  settings,
  targets,
  questions,
  outbox,
  unfinishedStore: { load: () => undefined, save() {}, remove() {} },
  failures,
  messages: english,
  now: Date.now,
});

const before = new Set(outbox.entries.list().map(({ head }) => head.id));
let kept = false;
let isPressed = texts.length === 0;
const look = (): void => {
  if (
    !kept &&
    outbox.entries.list().some(({ head }) => head.type === 'share' && !before.has(head.id))
  ) {
    kept = true;
    say('kept');
  }
  if (isPressed && outbox.entries.list().length === 0) {
    say('empty');
    outbox.stop();
    client.close();
  }
};
outbox.entries.on('changed', look);
look();
outbox.start();

if (texts.length > 0) {
  // As in the app, which has met its service before the press.
  await client.connect().catch(() => undefined);
  say('pressing');
  const [text = ''] = texts;
  const result = await sharing.share(
    texts.length === 1
      ? { from: 'text', text }
      : { from: 'texts', items: texts.map((part) => ({ text: part })) },
  );
  say(result.ok ? 'made' : `failed ${result.failure.fault.kind}`);
  isPressed = true;
  look();
}
