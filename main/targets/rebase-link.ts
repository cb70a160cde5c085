/** The same page at another address. */
export function rebaseLink(base: string, link: string): string {
  const begin = base.replace(/\/+$/, '');
  if (link.startsWith(`${begin}/`) || !URL.canParse(link)) return link;
  return begin + new URL(link).pathname;
}
