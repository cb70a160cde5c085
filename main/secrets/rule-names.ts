import { OWN_RULES } from './rules.ts';

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

export function nameOfRule(rule: string): { readonly kind: string; readonly label: string } {
  return NAMES[rule] ?? { kind: rule, label: `${rule} credential` };
}

/** What a kind of find is called, for a list of those that are remembered. */
export function labelOfKind(kind: string): string {
  if (kind === 'credentials-file') return 'credentials file';
  const known = [...Object.values(NAMES), ...OWN_RULES].find((named) => named.kind === kind);
  return known?.label ?? `${kind.replaceAll('-', ' ')} credential`;
}
