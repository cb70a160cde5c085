import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Secret } from './masking.ts';
import { nameOfRule } from './rule-names.ts';
import { OWN_RULES } from './rules.ts';
import { isSampleSecret } from './sample-secrets.ts';

/** A text's own remarks ("secretlint-disable") must not switch the scan off. */
const SCANNERS = rules.filter(({ meta }) => !meta.id.endsWith('-filter-comments'));

/**
 * Finds what looks like a credential, in order of place. Loads a rule set of some hundred KB:
 * import this file only when there is something to scan.
 */
export async function scanSecrets(text: string): Promise<readonly Secret[]> {
  // It would keep a performance mark for each rule and scan, for as long as the app runs.
  secretLintProfiler.setEnabled(false);
  const { messages } = await lintSource({
    source: { content: text, filePath: 'clipboard.txt', ext: '.txt', contentType: 'text' },
    options: {
      noPhysicFilePath: true,
      config: { rules: SCANNERS.map((rule) => ({ id: rule.meta.id, rule })) },
    },
  });
  const found = messages.map(({ ruleId, range }) => {
    const kind = ruleId.replace('@secretlint/secretlint-rule-', '');
    return { ...nameOfRule(kind), start: range[0], end: range[1] };
  });
  const secrets = [...found, ...scanOwnRules(text)].filter(
    (secret) => !isSampleSecret(text, secret),
  );
  return dropRepeats(secrets);
}

function scanOwnRules(text: string): readonly Secret[] {
  return OWN_RULES.flatMap(({ kind, label, pattern, accept = () => true }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match.groups?.secret ?? match[0];
      if (!accept(secret)) return [];
      const start = match.index + match[0].lastIndexOf(secret);
      return [{ kind, label, start, end: start + secret.length }];
    }),
  );
}

/** Rules of both sets may find the same place: the one that covers most of it speaks. */
function dropRepeats(secrets: readonly Secret[]): readonly Secret[] {
  let coveredUpTo = -1;
  return [...secrets]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter(({ end }) => {
      const isNew = end > coveredUpTo;
      coveredUpTo = Math.max(coveredUpTo, end);
      return isNew;
    });
}
