import * as v from 'valibot';
import type { FailureView, LinkView, Outcome } from '../../preload/contract.ts';
import type { ReceivedCommand } from '../cli/command-channel.ts';
import { linkRecord } from '../cli/link-record.ts';
import type { AppCommand, CommandResult, StatusRecord } from '../cli/protocol.ts';
import { faultOf } from '../failures/faults.ts';
import { isExpired, mayOpen } from '../links/link-state.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { RecentLink } from '../links/schema.ts';
import type { PendingShares } from '../outbox/pending-shares.ts';
import type { Settings } from '../settings/settings.ts';
import { settingNames, settingsChangeSchema } from '../settings/table.ts';
import type { ShareOptions } from '../share-options.ts';
import type { ShareSource } from '../sharing/read-source.ts';
import type { Sharing } from '../sharing/share.ts';
import type { AppModel } from '../state/app-state.ts';
import type { Actions } from './actions.ts';
import type { Confirmed } from './confirmed-calls.ts';

export interface ClientCommandsDeps {
  readonly actions: Pick<
    Actions,
    'copy' | 'fail' | 'open' | 'restore' | 'revoke' | 'share' | 'undo'
  >;
  readonly links: Pick<RecentLinks, 'get' | 'list'>;
  readonly pendingShares: Pick<PendingShares, 'lastFailed'>;
  readonly sharing: Pick<Sharing, 'off' | 'on'>;
  readonly model: Pick<AppModel, 'get'>;
  readonly settings: Pick<Settings, 'view'>;
  readonly confirmed: Pick<Confirmed, 'changeSettings' | 'mayShareText'>;
  readonly showSettings: (tab: 'general') => void;
  readonly quit: () => void;
  readonly appVersion: string;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** What stdin, progress and a cancel are for a command that has none of them. */
type Call = Omit<ReceivedCommand, 'command'>;

/**
 * Does what command lines ask the running app for. Messages of its own are in English, as the command
 * line's are.
 */
export class ClientCommands {
  readonly #deps: ClientCommandsDeps;

  constructor(deps: ClientCommandsDeps) {
    this.#deps = deps;
  }

  /** Answers what came of a command. Never rejects. */
  run({ command, ...call }: ReceivedCommand): Promise<CommandResult> {
    return this.#perform(command, call).catch((error: unknown) =>
      failed(this.#deps.actions.fail(faultOf(error))),
    );
  }

  /** Shares the text of a URL that the system opened, if the user allows it. */
  shareText(text: string): Promise<CommandResult> {
    return this.run({
      command: { kind: 'share-text', text },
      content: new Uint8Array(),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
  }

  async #perform(command: AppCommand, call: Call): Promise<CommandResult> {
    const { actions, links, now, quit, showSettings } = this.#deps;
    switch (command.kind) {
      case 'share-clipboard':
        return this.#share({ from: 'clipboard', ...nameOf(command) }, command.options, call);
      case 'share-files':
        return this.#share(
          { from: 'files', paths: command.paths, ...nameOf(command) },
          command.options,
          call,
        );
      case 'share-content':
        return this.#share(
          { from: 'content', bytes: call.content, ...nameOf(command) },
          command.options,
          call,
        );
      case 'share-text':
        if (!(await this.#deps.confirmed.mayShareText(command.text))) {
          return error("You didn't allow it, so nothing was shared.");
        }
        return this.#share({ from: 'text', text: command.text }, undefined, call);
      case 'list':
        return { code: 0, value: { links: links.list().map((link) => this.#record(link)) } };
      case 'copy':
        return this.#withLink(command.link, async (link) => {
          if (link.state === 'revoked' || isExpired(link, now())) {
            return error("This link no longer works, so it wasn't copied.");
          }
          return this.#answer(await actions.copy(link.id), link.id);
        });
      case 'open':
        return this.#withLink(command.link, async (link) =>
          this.#answer(await actions.open(link.id), link.id),
        );
      case 'revoke':
        return this.#withLink(command.link, async (link) =>
          this.#answer(await actions.revoke(link.id), link.id),
        );
      case 'undo':
        return this.#undo();
      case 'status':
        return { code: 0, value: { status: this.#status() } };
      case 'get-settings':
        return this.#getSettings(command.name);
      case 'set-setting':
        return this.#setSetting(command.name, command.value);
      case 'settings':
        showSettings('general');
        return { code: 0 };
      case 'quit':
        // The answer goes first.
        setImmediate(quit);
        return { code: 0 };
    }
  }

  async #share(
    source: ShareSource,
    options: ShareOptions | undefined,
    { onProgress, signal }: Call,
  ): Promise<CommandResult> {
    const { actions, pendingShares, sharing } = this.#deps;
    const pendingBefore = pendingShares.lastFailed();
    const onActivity: Parameters<typeof sharing.on<'activity'>>[1] = (activity) => {
      if (activity === null) return;
      const { progress, what } = activity;
      const bytes = progress && { sentBytes: progress.sentBytes, totalBytes: progress.totalBytes };
      onProgress({ what, ...bytes });
    };
    const isOpen = !signal.aborted;
    sharing.on('activity', onActivity);
    try {
      const outcome = await actions.share(source, options, isOpen ? signal : undefined);
      if (outcome.ok) return this.#answer(outcome, outcome.value.id);
      const pending = pendingShares.lastFailed();
      const isPending = pending !== undefined && pending !== pendingBefore;
      return failed(outcome.failure, isPending);
    } finally {
      sharing.off('activity', onActivity);
    }
  }

  /** @param named by id, URL or place in the list; absent: the newest that may open */
  #withLink(
    named: string | undefined,
    use: (link: RecentLink) => Promise<CommandResult>,
  ): Promise<CommandResult> {
    const { links, now } = this.#deps;
    const list = links.list();
    if (named === undefined) {
      const newest = list.find((link) => mayOpen(link, now()));
      return newest === undefined
        ? Promise.resolve(error('You have no active links.'))
        : use(newest);
    }
    const link =
      links.get(named) ??
      list.find((one) => one.link === named) ??
      (/^[1-9]\d{0,5}$/.test(named) ? list[Number(named) - 1] : undefined);
    return link === undefined
      ? Promise.resolve(error('There is no such link. Run list to see your links.'))
      : use(link);
  }

  async #undo(): Promise<CommandResult> {
    const { actions, model } = this.#deps;
    const { undo } = model.get();
    if (!undo) return error("There's nothing to undo.");
    const { action, linkId } = undo;
    const outcome = action === 'share' ? await actions.undo(linkId) : await actions.restore(linkId);
    return this.#answer(outcome, linkId);
  }

  #status(): StatusRecord {
    const { appVersion, links, model, now } = this.#deps;
    const {
      activity,
      isWatchingClipboard,
      pausedUntilMs,
      pending = [],
      question,
      service,
    } = model.get();
    const { detail, name, state } = service;
    return {
      version: appVersion,
      processId: process.pid,
      service: { name, state, detail },
      activeLinks: links.list().filter((link) => mayOpen(link, now())).length,
      pendingShares: pending.length,
      ...(activity === null ? {} : { sharing: activity.what }),
      ...(question ? { question: question.title } : {}),
      clipboardHistory: pausedUntilMs !== undefined ? 'paused' : isWatchingClipboard ? 'on' : 'off',
      ...(pausedUntilMs === undefined
        ? {}
        : { pausedUntil: new Date(pausedUntilMs).toISOString() }),
    };
  }

  #getSettings(name: string | undefined): CommandResult {
    const view: Readonly<Record<string, unknown>> = { ...this.#deps.settings.view() };
    const names = settingNames.filter((one) => one !== 'serviceToken');
    if (name === 'serviceToken') return error('The access token is never shown.');
    if (name !== undefined && !names.includes(name)) return unknownSetting();
    const shown = name === undefined ? names : [name];
    return {
      code: 0,
      value: { settings: Object.fromEntries(shown.map((one) => [one, view[one]])) },
    };
  }

  /** As a change in the window: what could give content away is confirmed in a dialog. */
  async #setSetting(name: string, text: string): Promise<CommandResult> {
    if (!settingNames.includes(name)) return unknownSetting();
    const change = [text, ...otherReadings(text)]
      .map((value) => v.safeParse(settingsChangeSchema, { [name]: value }))
      .find(({ success }) => success);
    if (!change?.success) return { code: 2, error: `This isn't a value of ${name}.` };
    const outcome = await this.#deps.confirmed.changeSettings(change.output);
    return outcome.ok ? { code: 0 } : failed(outcome.failure);
  }

  #answer(outcome: Outcome<LinkView | null>, id: string): CommandResult {
    if (!outcome.ok) return failed(outcome.failure);
    const link = this.#deps.links.get(id);
    return { code: 0, ...(link === undefined ? {} : { value: { link: this.#record(link) } }) };
  }

  #record(link: RecentLink): ReturnType<typeof linkRecord> {
    return linkRecord(link, this.#deps.now());
  }
}

const nameOf = ({ name }: { readonly name?: string }): { readonly name?: string } =>
  name === undefined ? {} : { name };

/** What a text may mean where a setting takes no text. */
function otherReadings(text: string): readonly unknown[] {
  if (text === 'true' || text === 'false') return [text === 'true'];
  return /^-?\d+(\.\d+)?$/.test(text) ? [Number(text)] : [];
}

const error = (sentence: string): CommandResult => ({ code: 1, error: sentence });

const unknownSetting = (): CommandResult => ({
  code: 2,
  error: 'There is no such setting. Run settings get to see them.',
});

/** A failure for a script. Exit code 3: the share has a question, or is sent later. */
function failed({ cause, title, sentence, action }: FailureView, isPending = false): CommandResult {
  const isAsked = action?.id === 'decide' || cause === 'clipboard-needs-focus';
  return {
    code: isPending || isAsked ? 3 : 1,
    error: `${title}. ${sentence}`,
  };
}
