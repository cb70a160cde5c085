import { expect, test } from 'vitest';
import { mayReadInBackground } from '../../../main/clipboard/background-read.ts';

test.each([
  ['linux', '6.1', true],
  ['win32', '10.0.26100', true],
  ['darwin', '14.7.2', true],
  ['darwin', '15.3.1', true],
  ['darwin', '15.4', false],
  ['darwin', '15.10', false],
  ['darwin', '26.0', false],
  ['darwin', '', false],
] as const)('on %s %s an unasked read is fine: %s', (platform, version, may) => {
  expect(mayReadInBackground(platform, version)).toBe(may);
});
