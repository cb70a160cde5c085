import { expect, test } from 'vitest';
import { isProse } from '../../../../../main/server/pages/render/may-be-code.ts';

test.each([
  ['a letter', 'Dear Anna,\n\nsee you at noon. Bring the keys; I forgot mine.\n\nBest, Ben', true],
  ['a list', 'milk\neggs\nbread\n', true],
  ['a text with an address', 'The room is at https://example.com/room', true],
  ['nothing but an address', 'https://example.com/?a=1&b=2&c=3#d', true],
  ['a command', 'npm install --global notes', false],
  ['code', 'for (const a of b) {\n  c[a] = { d: e };\n}', false],
  ['a table with gaps', 'name     size\na.txt    10\nb.txt    20\n', false],
  ['a table with tabs', 'name\tsize\na.txt\t10\n', false],
  ['a drawing', '┌────┐\n│ hi │\n└────┘\n', false],
])('%s', (_what, text, expected) => {
  expect(isProse(text)).toBe(expected);
});
