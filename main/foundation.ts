import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Options } from './cli/options.ts';
import type { Adapters, AppNotifications } from './desktop/adapters.ts';
import { Failures } from './failures/failures.ts';
import { localesFor } from './i18n/i18n.ts';
import { LiveMessages } from './i18n/locale.ts';
import { wait } from './linkify/wait.ts';
import { LinkThumbnails } from './links/link-thumbnails.ts';
import { openLinks } from './links/open-links.ts';
import type { Foundation } from './modules.ts';
import { createOutboxEncryption } from './outbox/encryption.ts';
import { EntryStore } from './outbox/entry-store.ts';
import { Questions } from './questions/questions.ts';
import { createScanAhead } from './secrets/scan-ahead.ts';
import { createSecretFinder } from './secrets/scanner.ts';
import type { Command } from './shell/commands.ts';
import type { Stop } from './shell/quit.ts';
import { WindowState } from './state/window-state.ts';
import { type AppDatabase, OUTBOX_FOLDER } from './storage/app-database.ts';
import { openTargets } from './targets/open-targets.ts';

/** The foundation of the modules, and what only `app.ts` uses of it. */
export interface AppFoundation extends Foundation {
  readonly messages: LiveMessages;
  readonly notifications: AppNotifications;
  readonly database: AppDatabase;
  /** The command that shares came from keys of the desktop, or as if it did. */
  readonly onShortcutCommand: () => void;
  /** There were no settings yet. */
  readonly isFirstStart: boolean;
  /** What menu, window, shortcuts and notifications ask for; done once everything exists. */
  readonly commands: EventEmitter<{ command: [command: Command] }>;
  readonly run: (command: Command) => void;
}

/** Opens settings and links, and creates what other modules are created from. */
export async function createFoundation(
  desktop: Adapters,
  options: Options,
): Promise<AppFoundation> {
  const { userData } = desktop;
  const failures = new Failures(Date.now);
  desktop.onUncaughtError(() => failures.report({ kind: 'internal' }));
  const { settings, isFirstStart } = await desktop.openSettings(failures);
  const { database, links } = openLinks(userData, failures);
  const messages = new LiveMessages();
  await messages.use(localesFor(settings.values().language, desktop.systemLocales()));
  const folder = join(userData, OUTBOX_FOLDER);
  const encryption = createOutboxEncryption(folder, desktop.secrets);
  // Relative to the built file that has this module: nothing that Vite could find.
  const workerUrl = new URL(/* @vite-ignore */ './scan-secrets-worker.js', import.meta.url);
  const windowState = new WindowState();
  const commands = new EventEmitter<{ command: [command: Command] }>();
  const run = (command: Command): void => void commands.emit('command', command);
  const stops: Stop[] = [];
  const { shortcuts, onCommand, stop } = desktop.createShortcuts({ failures, messages });
  stops.push(stop);
  return {
    settings,
    messages,
    failures,
    questions: new Questions(messages),
    links,
    thumbnails: new LinkThumbnails({ database, links, thumbnailOf: desktop.thumbnailOf, wait }),
    entryStore: new EntryStore({ database, folder, encryption }),
    targets: openTargets({
      settings,
      userData,
      override: options,
      idleSeconds: desktop.idleSeconds,
      appVersion: desktop.appVersion,
      places: desktop.places,
      env: desktop.env,
      onResume: desktop.onResume,
      hasProtocolHandler: desktop.hasPiecesHandler,
    }),
    scan: createScanAhead(createSecretFinder({ workerUrl })),
    shortcuts,
    onShortcutCommand: onCommand,
    notifications: desktop.createNotifications({ settings, windowState, failures, run }),
    windowState,
    now: Date.now,
    stops,
    database,
    isFirstStart,
    commands,
    run,
  };
}
