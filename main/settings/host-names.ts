/** The names of a list as people type it: with commas, blanks or line ends between them. */
export function hostNamesIn(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((name) => name !== '');
}
