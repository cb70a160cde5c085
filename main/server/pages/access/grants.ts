import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { GrantUse, GrantUses } from '../../store/grant-uses.ts';
import type { ShareRecord } from '../../store/model.ts';

/** A grant that is not used for so long needs the password again, in ms. */
const IDLE_MS = 60 * 60 * 1_000;

/** No grant outlives this, however it is used, in ms. */
const LIFE_MS = 24 * 60 * 60 * 1_000;

/** How often uses are written, in ms: a crash forgets no more. */
const WRITE_MS = 30_000;

/** Of the MAC: 128 bits in base64url. */
const MAC_CHARACTERS = 22;

/** Of the time: seconds since 1970 in base 36, good until the year 4453. */
const TIME_CHARACTERS = 7;

/** Access to a share whose password was accepted, as a part of an address. */
export interface Grants {
  /** A new grant: letters, digits, `-` and `_`, 64 characters at most. */
  give(share: ShareRecord): string;
  /** The share that it names, whether it still opens it or not; `undefined`: it is no grant. */
  shareIdOf(grant: string): string | undefined;
  /**
   * Whether it opens the share now. If so, it is in use until the answered function is called, and
   * may be used again within an hour after that.
   */
  use(grant: string, share: ShareRecord): Promise<(() => void) | undefined>;
  /** Writes what is not written yet. */
  flush(): Promise<void>;
}

interface GrantsOptions {
  readonly saved: GrantUses;
  /** Secret of this installation: grants survive a restart. */
  readonly key: string;
  readonly now: () => number;
}

interface Use {
  lastMs: number;
  /** Answers under way. */
  active: number;
  written: number;
}

const hashOf = (grant: string): string => createHash('sha256').update(grant).digest('base64url');

/**
 * A grant is signed over the share, the time and the password's hash, so nothing is kept of it but
 * its last use: it ends with the share, and with the password.
 */
export function createGrants({ saved, key, now }: GrantsOptions): Grants {
  const uses = new Map<string, Use>();
  let timer: NodeJS.Timeout | undefined;
  let isSwept = false;

  function macOf(shareId: string, time: string, { password }: ShareRecord): string {
    return createHmac('sha256', key)
      .update(JSON.stringify(['grant', shareId, time, password?.hash]))
      .digest('base64url')
      .slice(0, MAC_CHARACTERS);
  }

  function isSigned(grant: string, share: ShareRecord): boolean {
    const { shareId, time, mac } = partsOf(grant);
    if (shareId !== share.id || share.password === undefined) return false;
    const expected = Buffer.from(macOf(shareId, time, share));
    const given = Buffer.from(mac);
    return expected.byteLength === given.byteLength && timingSafeEqual(expected, given);
  }

  async function useOf(grant: string, madeAtMs: number): Promise<Use> {
    const kept = (await saved.lastAtMs(hashOf(grant))) ?? madeAtMs;
    // Another request may have read it meanwhile.
    return uses.get(grant) ?? { lastMs: kept, active: 0, written: kept };
  }

  const isIdle = (lastMs: number): boolean => now() - lastMs > IDLE_MS;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    // Last uses of earlier runs that are over.
    if (!isSwept) await saved.removeUnusedSince(now() - IDLE_MS);
    isSwept = true;
    const changes: GrantUse[] = [];
    for (const [grant, use] of uses) {
      if (use.active > 0) use.lastMs = now();
      if (use.active === 0 && isIdle(use.lastMs)) {
        uses.delete(grant);
        changes.push({ tokenHash: hashOf(grant), lastAtMs: undefined });
      } else if (use.lastMs !== use.written) {
        use.written = use.lastMs;
        changes.push({ tokenHash: hashOf(grant), lastAtMs: use.lastMs });
      }
    }
    if (changes.length > 0) await saved.save(changes);
    if ([...uses.values()].some(({ active }) => active > 0)) writeLater();
  }

  function writeLater(): void {
    timer ??= setTimeout(() => void flush().catch(() => undefined), WRITE_MS).unref();
  }

  return {
    give(share) {
      const time = Math.trunc(now() / 1_000)
        .toString(36)
        .padStart(TIME_CHARACTERS, '0');
      return `${share.id}${time}${macOf(share.id, time, share)}`;
    },
    shareIdOf: (grant) => partsOf(grant).shareId || undefined,
    async use(grant, share) {
      if (!isSigned(grant, share)) return undefined;
      const madeAtMs = Number.parseInt(partsOf(grant).time, 36) * 1_000;
      const age = now() - madeAtMs;
      // Made later than now: the clock was set back, and nobody knows how old it is.
      if (age < 0 || age > LIFE_MS) return undefined;
      const use = uses.get(grant) ?? (await useOf(grant, madeAtMs));
      if (use.active === 0 && isIdle(use.lastMs)) return undefined;
      use.active++;
      use.lastMs = now();
      uses.set(grant, use);
      writeLater();
      return () => {
        use.active--;
        use.lastMs = now();
        writeLater();
      };
    },
    flush,
  };
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
