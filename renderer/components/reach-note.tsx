import type { AppState } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';

const WORDS = { ok: 'reachOk', 'no-network': 'reachNoNetwork', blocked: 'reachBlocked' } as const;

/** What a look from this computer says of the way that others take. */
export function ReachNote({ check }: { readonly check: NonNullable<AppState['reachCheck']> }) {
  const { say } = useWords();
  const { address, port } = check;
  // An address of IPv6 stands in brackets already.
  return <p class="setting-help">{say(WORDS[check.kind], { address, port: String(port) })}</p>;
}
