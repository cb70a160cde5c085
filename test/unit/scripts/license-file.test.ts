import { expect, test } from 'vitest';
import { licenseText } from '../../scripts/license-file.ts';

const OWN = { name: 'The app', text: 'Its license' };

test('each package is named once with its license, by name', () => {
  const text = licenseText(OWN, [
    { name: 'b', version: '1.0.0', identifier: 'MIT', text: 'License of b' },
    { name: 'a', version: '2.0.0', identifier: 'ISC' },
    { name: 'b', version: '1.0.0', identifier: 'MIT', text: 'License of b' },
  ]);
  const parts = text.split(/\n\n-+\n\n/);
  expect(parts).toEqual([
    'The app\n\nIts license',
    'a 2.0.0 (ISC)',
    'b 1.0.0 (MIT)\n\nLicense of b\n',
  ]);
});

test('a package without a license ends the build', () => {
  expect(() => licenseText(OWN, [{ name: 'a', version: '1.0.0' }])).toThrow('a 1.0.0');
});
