import type { Content } from './content.ts';

/** Whether two reads of the clipboard found the same thing. */
export function sameContent(one: Content, other: Content): boolean {
  switch (one.kind) {
    case 'text':
      return other.kind === 'text' && one.text === other.text;
    case 'image':
      return other.kind === 'image' && Buffer.compare(one.bytes, other.bytes) === 0;
    case 'files':
      return (
        other.kind === 'files' &&
        one.cut === other.cut &&
        one.paths.length === other.paths.length &&
        one.paths.every((path, index) => path === other.paths[index])
      );
    case 'empty':
    case 'unsupported':
      return other.kind === one.kind;
  }
}
