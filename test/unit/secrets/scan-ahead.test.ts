import { expect, it } from 'vitest';
import { createScanAhead } from '../../../main/secrets/scan-ahead.ts';

it('scans what was copied once, before it is asked for', async () => {
  const scanned: string[] = [];
  const { find, copied } = createScanAhead(async (text) => {
    scanned.push(text);
    return { ok: true, secrets: [] };
  });
  copied('copied');
  expect(scanned).toEqual(['copied']);
  await find('copied');
  expect(scanned).toEqual(['copied']);
  await find('another');
  expect(scanned).toEqual(['copied', 'another']);
});

it('holds no text once something else was copied', async () => {
  let scans = 0;
  const { find, copied } = createScanAhead(async () => {
    scans++;
    return { ok: true, secrets: [] };
  });
  copied('gone');
  copied(undefined);
  await find('gone');
  expect(scans).toBe(2);
});
