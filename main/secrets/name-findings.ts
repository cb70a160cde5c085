import type { Messages } from '../i18n/messages.ts';

/** "a GitHub token", "a GitHub token and a password", "an AWS key, a password, and 2 more". */
export function nameFindings(labels: readonly string[], messages: Messages): string {
  const named = labels
    .slice(0, labels.length > 3 ? 2 : 3)
    .map((label) => nameFinding(label, messages));
  const more = labels.length - named.length;
  const all = more > 0 ? [...named, messages.t('findMore', { count: more })] : named;
  return messages.list(all);
}

/** Finds are labelled in English, most by the name of a product and what it gives out. */
export function nameFinding(label: string, messages: Messages): string {
  switch (label) {
    case 'text that could not be checked':
      return messages.t('findUnchecked');
    case 'credentials file':
      return messages.t('findCredentialsFile');
    case 'password':
      return messages.t('findPassword');
    case 'password in a web address':
      return messages.t('findUrlPassword');
    case 'token in a web address':
      return messages.t('findUrlToken');
    case 'authorization header':
      return messages.t('findAuthorization');
    case 'database password':
      return messages.t('findDatabasePassword');
    case 'private key':
      return messages.t('findPrivateKey');
  }
  const article = /^([aeio]|npm)/i.test(label) ? 'an' : 'a';
  const name = label.replace(/ (?:token|key)$/, '');
  if (label.endsWith(' token')) return messages.t('findToken', { name, article });
  if (label.endsWith(' key')) return messages.t('findKey', { name, article });
  return messages.t('findOther', { name, article });
}
