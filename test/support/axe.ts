import axe from 'axe-core';
import type { Page } from 'playwright-core';

export interface AxeResult {
  /** How many rules looked at something and were content. */
  readonly passes: number;
  /** What it finds, as lines that say what and where. */
  readonly findings: readonly string[];
}

/** Looks at a page with all of axe's rules. The page's own policy does not hold it up. */
export async function runAxe(page: Page): Promise<AxeResult> {
  await page.evaluate(axe.source);
  const { passes, violations } = await page.evaluate(() => {
    const { axe: judge } = window as unknown as { axe: typeof axe };
    return judge.run(document, { resultTypes: ['violations'] });
  });
  return {
    passes: passes.length,
    findings: violations.flatMap(({ id, impact, nodes }) =>
      nodes.map((node) => `${impact} ${id}: ${node.target.join(' ')}`),
    ),
  };
}
