import type { Words } from '../i18n/messages.ts';

/** "a GitHub token", "a GitHub token and a password", "an AWS key, a password, and 2 more". */
export function nameFinds(labels: readonly string[], words: Words): string {
  const named = labels.slice(0, labels.length > 3 ? 2 : 3).map((label) => nameFind(label, words));
  const more = labels.length - named.length;
  const all = more > 0 ? [...named, words.say('findMore', { count: more })] : named;
  return words.list(all);
}

/** Finds are labelled in English, most by the name of a product and what it gives out. */
export function nameFind(label: string, words: Words): string {
  switch (label) {
    case 'text that could not be checked':
      return words.say('findUnchecked');
    case 'credentials file':
      return words.say('findCredentialsFile');
    case 'password':
      return words.say('findPassword');
    case 'password in a web address':
      return words.say('findUrlPassword');
    case 'token in a web address':
      return words.say('findUrlToken');
    case 'authorization header':
      return words.say('findAuthorization');
    case 'database password':
      return words.say('findDatabasePassword');
    case 'private key':
      return words.say('findPrivateKey');
  }
  const article = /^([aeio]|npm)/i.test(label) ? 'an' : 'a';
  const name = label.replace(/ (?:token|key)$/, '');
  if (label.endsWith(' token')) return words.say('findToken', { name, article });
  if (label.endsWith(' key')) return words.say('findKey', { name, article });
  return words.say('findThing', { name, article });
}
