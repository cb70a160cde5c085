import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { GrantUse, GrantUses } from '../../store/grant-uses.ts';
import type { ShareRecord } from '../../store/model.ts';

/** A grant that is not used for so long needs the password again, in ms. */
const IDLE_MS = 60 * 60 * 1_000;

/** No grant outlives this, however it is used, in ms. */
const LIFE_MS = 24 * 60 * 60 * 1_000;

/** By how much the time of two processes may differ, in ms. */
const CLOCK_ERROR_MS = 1_000;

/** How often uses are written, in ms: a crash loses the uses of this long at most. */
const WRITE_MS = 30_000;

/** Of the MAC: 128 bits in base64url. */
const MAC_CHARACTERS = 22;

/** Of the time: seconds since 1970 in base 36, good until the year 4453. */
const TIME_CHARACTERS = 7;

interface GrantsOptions {
  readonly saved: GrantUses;
  /** Secret of this installation: grants survive a restart. */
  readonly key: string;
  readonly now: () => number;
}

interface Use {
  lastMs: number;
  /** Responses being sent. */
  active: number;
  written: number;
}

const hashOf = (grant: string): string => createHash('sha256').update(grant).digest('base64url');

/**
 * Access to a share whose password was accepted, as a part of an address. A grant is signed over the
 * share, the time and the password's hash, so only its last use is stored: it ends with the share,
 * and with the password.
 */
export class Grants {
  readonly #saved: GrantUses;
  readonly #key: string;
  readonly #now: () => number;
  /** By grant. */
  readonly #uses = new Map<string, Use>();
  #timer: NodeJS.Timeout | undefined;
  /** Stored uses have expired: at first those of earlier runs. */
  #hasExpired = true;

  constructor({ saved, key, now }: GrantsOptions) {
    this.#saved = saved;
    this.#key = key;
    this.#now = now;
  }

  /** A new grant: letters, digits, `-` and `_`, 64 characters at most. */
  issue(share: ShareRecord): string {
    const time = Math.trunc(this.#now() / 1_000)
      .toString(36)
      .padStart(TIME_CHARACTERS, '0');
    return `${share.id}${time}${this.#macOf(share.id, time, share)}`;
  }

  /** The share that it names, whether or not it still opens it; `undefined` if it is no grant. */
  shareIdOf(grant: string): string | undefined {
    return partsOf(grant).shareId || undefined;
  }

  /**
   * Whether it opens the share now. If so, it is in use until the returned function is called, and
   * may be used again within an hour after that.
   */
  async use(grant: string, share: ShareRecord): Promise<(() => void) | undefined> {
    if (!this.#isSigned(grant, share)) return undefined;
    const issuedAtMs = Number.parseInt(partsOf(grant).time, 36) * 1_000;
    const ageMs = this.#now() - issuedAtMs;
    // Issued later than now: the clock was set back, and its age is unknown.
    if (ageMs < -CLOCK_ERROR_MS || ageMs > LIFE_MS) return undefined;
    const use = await this.#useOf(grant, issuedAtMs);
    if (use.active === 0 && this.#isIdle(use.lastMs)) return undefined;
    use.active++;
    this.#uses.set(grant, use);
    this.#touch(use);
    return () => {
      use.active--;
      this.#touch(use);
    };
  }

  /** Writes the uses that are not written yet. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const changes = this.#changes();
    if (changes.length > 0) await this.#saved.save(changes);
    if (this.#hasExpired) await this.#saved.removeUnusedSince(this.#now() - IDLE_MS);
    this.#hasExpired = false;
    if ([...this.#uses.values()].some(({ active }) => active > 0)) this.#writeLater();
  }

  #changes(): readonly GrantUse[] {
    const changes: GrantUse[] = [];
    for (const [grant, use] of this.#uses) {
      if (use.active > 0) use.lastMs = this.#now();
      if (use.active === 0 && this.#isIdle(use.lastMs)) {
        this.#uses.delete(grant);
        this.#hasExpired = true;
      } else if (use.lastMs !== use.written) {
        use.written = use.lastMs;
        changes.push({ tokenHash: hashOf(grant), lastAtMs: use.lastMs });
      }
    }
    return changes;
  }

  #touch(use: Use): void {
    use.lastMs = this.#now();
    this.#writeLater();
  }

  #writeLater(): void {
    this.#timer ??= setTimeout(() => void this.flush().catch(() => undefined), WRITE_MS).unref();
  }

  #macOf(shareId: string, time: string, { options }: ShareRecord): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify(['grant', shareId, time, options.password?.hash]))
      .digest('base64url')
      .slice(0, MAC_CHARACTERS);
  }

  #isSigned(grant: string, share: ShareRecord): boolean {
    const { shareId, time, mac } = partsOf(grant);
    const { password, once } = share.options;
    // A link that became one-time meanwhile is opened by its form only.
    if (shareId !== share.id || password === undefined || once) return false;
    const expected = Buffer.from(this.#macOf(shareId, time, share));
    const given = Buffer.from(mac);
    return expected.byteLength === given.byteLength && timingSafeEqual(expected, given);
  }

  async #useOf(grant: string, issuedAtMs: number): Promise<Use> {
    const known = this.#uses.get(grant);
    if (known !== undefined && (known.active > 0 || !this.#isIdle(known.lastMs))) return known;
    // Unknown here, or not used here for long: another process may have written a later use.
    const lastMs = (await this.#saved.lastAtMs(hashOf(grant))) ?? issuedAtMs;
    const use = this.#uses.get(grant) ?? { lastMs, active: 0, written: lastMs };
    use.lastMs = Math.max(use.lastMs, lastMs);
    return use;
  }

  #isIdle(lastMs: number): boolean {
    return this.#now() - lastMs > IDLE_MS;
  }
}

function partsOf(grant: string): { shareId: string; time: string; mac: string } {
  const macAt = grant.length - MAC_CHARACTERS;
  const timeAt = macAt - TIME_CHARACTERS;
  return {
    shareId: grant.slice(0, Math.max(0, timeAt)),
    time: grant.slice(Math.max(0, timeAt), macAt),
    mac: grant.slice(macAt),
  };
}
