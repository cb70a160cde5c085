import type { Firewall, SystemLooks, Visited } from './firewall.ts';

const TOOL = '/usr/libexec/ApplicationFirewall/socketfilterfw';

/** The bundle of a program inside one: the firewall knows programs by it. */
function bundleOf(program: string): string {
  return /^(.*\.app)\/Contents\/MacOS\/[^/]+$/.exec(program)?.[1] ?? program;
}

/** macOS' Application Firewall lets programs in, not ports. What it answers is English always. */
export async function readMacFirewall(
  { program }: Visited,
  { printed }: SystemLooks,
): Promise<Firewall | undefined> {
  const state = /State = (\d)/.exec(await printed(TOOL, ['--getglobalstate']))?.[1];
  if (state === undefined || state === '0') return undefined;
  // 2: only what the system itself needs is let in.
  if (state === '2') return { name: 'macos', verdict: 'blocks' };
  const all = await printed(TOOL, ['--getblockall']);
  if (/enabled|set to block all/i.test(all)) return { name: 'macos', verdict: 'blocks' };
  const own = await printed(TOOL, ['--getappblocked', bundleOf(program)]);
  if (/is blocked/i.test(own)) return { name: 'macos', verdict: 'blocks' };
  if (/permitted|not blocked/i.test(own)) return { name: 'macos', verdict: 'allows' };
  return { name: 'macos', verdict: 'unknown' };
}
