import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import { OWN_RULES } from './secret-rules.ts';
import type { Secret } from './secrets.ts';

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
    return { ...named(kind), start: range[0], end: range[1] };
  });
  return dropRepeats([...found, ...scanOwnRules(text)]);
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
  const sorted = [...secrets].sort((a, b) => a.start - b.start || b.end - a.end);
  return sorted.filter(
    (secret, index) =>
      !sorted.slice(0, index).some(({ start, end }) => start <= secret.start && end >= secret.end),
  );
}

/** The maintained rules' finds in words; a rule that is new to us is named by its id. */
const NAMES: Readonly<Record<string, { readonly kind: string; readonly label: string }>> = {
  '1password': { kind: '1password-token', label: '1Password token' },
  anthropic: { kind: 'anthropic-key', label: 'Anthropic key' },
  aws: { kind: 'aws-secret', label: 'AWS secret key' },
  basicauth: { kind: 'url-password', label: 'password in a web address' },
  cloudflare: { kind: 'cloudflare-token', label: 'Cloudflare token' },
  'database-connection-string': { kind: 'database-password', label: 'database password' },
  databricks: { kind: 'databricks-token', label: 'Databricks token' },
  docker: { kind: 'docker-token', label: 'Docker token' },
  figma: { kind: 'figma-token', label: 'Figma token' },
  gcp: { kind: 'private-key', label: 'private key' },
  github: { kind: 'github-token', label: 'GitHub token' },
  gitlab: { kind: 'gitlab-token', label: 'GitLab token' },
  grafana: { kind: 'grafana-token', label: 'Grafana token' },
  groq: { kind: 'groq-key', label: 'Groq key' },
  'hashicorp-vault': { kind: 'vault-token', label: 'Vault token' },
  huggingface: { kind: 'huggingface-token', label: 'Hugging Face token' },
  linear: { kind: 'linear-key', label: 'Linear key' },
  notion: { kind: 'notion-token', label: 'Notion token' },
  npm: { kind: 'npm-token', label: 'npm token' },
  openai: { kind: 'openai-key', label: 'OpenAI key' },
  privatekey: { kind: 'private-key', label: 'private key' },
  sendgrid: { kind: 'sendgrid-key', label: 'SendGrid key' },
  shopify: { kind: 'shopify-key', label: 'Shopify key' },
  slack: { kind: 'slack-token', label: 'Slack token' },
  stripe: { kind: 'stripe-key', label: 'Stripe key' },
  tailscale: { kind: 'tailscale-key', label: 'Tailscale key' },
  vercel: { kind: 'vercel-token', label: 'Vercel token' },
};

function named(rule: string): { readonly kind: string; readonly label: string } {
  return NAMES[rule] ?? { kind: rule, label: `${rule} credential` };
}
