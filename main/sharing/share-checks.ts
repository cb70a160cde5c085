import type { ShareOptions } from '../../preload/contract.ts';
import { SharingError } from '../failures/faults.ts';
import type { Prepared } from '../items/prepare-items.ts';
import { geotagQuestion } from '../questions/geotag-question.ts';
import type { Answer, Question } from '../questions/questions.ts';
import { ONCE_OPTIONS, secretQuestion } from '../questions/secret-question.ts';
import { unreadableQuestion } from '../questions/unreadable-question.ts';
import type { Settings } from '../settings/settings.ts';
import type { createCheckLocation } from './check-geotags.ts';
import type { createCheckSecrets } from './check-secrets.ts';

/** @throws LinkifyError `cancelled` when the share must not go on */
export type AskAboutShare = <Choice extends string>(
  question: Question<Choice>,
) => Promise<Answer<Choice>>;

export interface ShareChecksDeps {
  readonly checkSecrets: ReturnType<typeof createCheckSecrets>;
  readonly checkLocation: ReturnType<typeof createCheckLocation>;
  readonly settings: Pick<Settings, 'allowSecretKind' | 'change'>;
  /** Whether the service that shares go to can limit a link to one open. */
  readonly canOpenOnce: () => boolean;
}

/**
 * What is checked before anything leaves. Each check returns the share as it may go on, and asks
 * where only the user can decide.
 */
export class ShareChecks {
  readonly #deps: ShareChecksDeps;

  constructor(deps: ShareChecksDeps) {
    this.#deps = deps;
  }

  /** Leaves out what can't be read, if the user wants the rest shared. */
  async readable(prepared: Prepared, ask: AskAboutShare): Promise<Prepared> {
    const { unreadable, ...rest } = prepared;
    if (unreadable === undefined) return prepared;
    await ask(unreadableQuestion({ kind: 'some-unreadable', names: unreadable }));
    return rest;
  }

  /** Looks for credentials: what is found is hidden, or shared as it is. */
  async secrets(
    prepared: Prepared,
    options: ShareOptions,
    ask: AskAboutShare,
  ): Promise<{ readonly prepared: Prepared; readonly options: ShareOptions }> {
    const checked = await this.#deps.checkSecrets(prepared);
    if (checked.decision.kind === 'share') return { prepared, options };
    const { labels, kinds, canMask } = checked.decision;
    const count = prepared.items.length;
    const { choice, remember } = await ask(
      secretQuestion(
        { kind: 'looks-like-secret', labels, kinds, canMask, count },
        this.#deps.canOpenOnce(),
        checked.excerpt(),
      ),
    );
    // Hiding a secret says nothing about the next time.
    if (remember && choice === 'anyway') {
      for (const kind of kinds) this.#deps.settings.allowSecretKind(kind, true);
    }
    if (choice === 'once') return { prepared, options: ONCE_OPTIONS };
    if (choice !== 'masked') return { prepared, options };
    const masked = await checked.masked();
    if (masked === undefined) throw new SharingError({ kind: 'internal' });
    return { prepared: masked, options };
  }

  /** Looks for location data in images and videos: it is removed, or shared as it is. */
  async geotags(prepared: Prepared, ask: AskAboutShare): Promise<Prepared> {
    const checked = await this.#deps.checkLocation(prepared);
    if (checked.kind === 'share') return checked.prepared;
    const { name, count, removed } = checked;
    const canRemove = removed !== undefined;
    const { choice, remember } = await ask(
      geotagQuestion({ kind: 'has-location', name, count, canRemove }),
    );
    if (remember && choice !== 'discard') this.#deps.settings.change({ locationData: choice });
    if (choice !== 'remove') return prepared;
    if (removed === undefined) throw new SharingError({ kind: 'internal' });
    return removed;
  }
}
