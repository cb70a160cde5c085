import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '../../../main/desktop/files/open-file.ts';
import { Failures } from '../../../main/failures/failures.ts';
import { createLinkifyClient } from '../../../main/linkify/client.ts';
import { RecentLinks } from '../../../main/links/recent-links.ts';
import { Attempts } from '../../../main/outbox/attempts.ts';
import { Delivery } from '../../../main/outbox/delivery.ts';
import { createOutboxEncryption } from '../../../main/outbox/encryption.ts';
import { Entries } from '../../../main/outbox/entries.ts';
import { EntryStore } from '../../../main/outbox/entry-store.ts';
import { Scheduler } from '../../../main/outbox/scheduler.ts';
import { Questions } from '../../../main/questions/questions.ts';
import { createCheckSecrets } from '../../../main/sharing/check-secrets.ts';
import { createPlaceLink } from '../../../main/sharing/place-link.ts';
import { createReadSource } from '../../../main/sharing/read-source.ts';
import { Sharing } from '../../../main/sharing/share.ts';
import { ShareChecks } from '../../../main/sharing/share-checks.ts';
import { AppDatabase, DATABASE_FILE } from '../../../main/storage/app-database.ts';
import { targetId } from '../../../main/targets/target-ref.ts';
import { fakeClipboard, nothingUnfinished } from '../fakes.ts';
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

const database = new AppDatabase({ path: join(folder, DATABASE_FILE) });
const links = new RecentLinks({ database });
const clipboard = fakeClipboard({ kind: 'empty' });
const client = createLinkifyClient({ baseUrl, appVersion: '0.0.0', platform: process.platform });
const secrets = { available: () => false, encrypt: () => '', decrypt: () => '' };
const outboxFolder = join(folder, 'outbox');
const outbox = new Entries({
  store: new EntryStore({
    database,
    folder: outboxFolder,
    encryption: createOutboxEncryption(outboxFolder, secrets),
  }),
  links,
  onProblem: (problem) => say(`problem ${problem.kind}`),
});
const targets = testTargets(new TestTarget(client, { kind: 'custom', name: 'service' }));
const delivery = new Delivery({
  targets,
  entries: outbox,
  links,
  // Its service makes a link within milliseconds, or not at all.
  unansweredMs: 0,
  openFile,
  defaultOptions: () => ({ expiresInSeconds: null, graceSeconds: 0 }),
  fallback: () => 'never',
  now: Date.now,
  newId: randomUUID,
});
const writeLink = ({ link }: { readonly link: string }): Promise<void> => clipboard.writeText(link);
const attempts = new Attempts({
  entries: outbox,
  delivery,
  targets,
  clipboard,
  writeLink,
  now: Date.now,
});
attempts.on('decision-needed', (fault) => say(`held ${fault.kind}`));
const scheduler = new Scheduler({
  entries: outbox,
  attempt: (entry) => attempts.attempt(entry),
  now: () => performance.now(),
  random: seededRandom('retries'),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
delivery.on('created', (service) => scheduler.wake('available', targetId(service)));
const sharing = new Sharing({
  read: createReadSource({ clipboard, openFile, findOwnLink: () => undefined, messages: english }),
  checks: new ShareChecks({
    checkSecrets: createCheckSecrets({
      find: async () => ({ ok: true, secrets: [] }),
      allowedKinds: () => [],
    }),
    checkLocation: async (prepared) => ({ kind: 'share', prepared }),
    settings: {
      allowSecretKind: () => {},
      change: () => {
        throw new Error('nothing is asked');
      },
    },
    canOpenOnce: () => false,
  }),
  questions: new Questions(english),
  outbox: {
    delivery,
    pendingShares: { shareFailed: (_fault, pendingId) => ({ pendingId }) },
  },
  unfinished: nothingUnfinished,
  placeLink: createPlaceLink({ clipboard, writeLink }),
  failures: new Failures(Date.now),
  now: Date.now,
});

const before = new Set(outbox.list().map(({ head }) => head.id));
let kept = false;
let isPressed = texts.length === 0;
const look = (): void => {
  if (!kept && outbox.list().some(({ head }) => head.type === 'share' && !before.has(head.id))) {
    kept = true;
    say('kept');
  }
  if (isPressed && outbox.list().length === 0) {
    say('empty');
    scheduler.stop();
    client.close();
  }
};
outbox.on('changed', look);
look();
scheduler.wake('available');

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
