import { describe, expect, it } from 'vitest';
import { linkFormats } from '../../../../renderer/view/link-formats.ts';
import { platformOf } from '../../../../renderer/view/platform.ts';
import { isActive, shownState } from '../../../../renderer/view/shown-state.ts';
import { aLink, emptyState } from '../../../support/window-states.ts';

describe('the state that a link shows', () => {
  it('is expired from the moment that its time is over', () => {
    const link = aLink({ id: 'a', expiresAtMs: 1000 });
    expect(shownState(link, 999)).toBe('active');
    expect(shownState(link, 1000)).toBe('expired');
    expect(isActive(link, 1000)).toBe(false);
  });

  it('stays revoked when it was', () => {
    const link = aLink({ id: 'a', state: 'revoked', expiresAtMs: 1000 });
    expect(shownState(link, 2000)).toBe('revoked');
  });

  it('tells that it was opened once, and is gone', () => {
    const link = aLink({ id: 'a', state: 'revoked', ended: { how: 'used-up', atMs: 5 } });
    expect(shownState(link, 2000)).toBe('used-up');
    expect(isActive(link, 2000)).toBe(false);
  });

  it('still opens when a revoke did not work', () => {
    expect(isActive(aLink({ id: 'a', state: 'failed' }), 0)).toBe(true);
    expect(isActive(aLink({ id: 'a', state: 'revoking' }), 0)).toBe(false);
  });
});

describe('the formats that are offered', () => {
  const { settings } = emptyState();

  it('are all but the usual one, and the own one only where there is one', () => {
    expect(linkFormats({ ...settings, linkTemplate: '' })).toEqual(['markdown', 'html']);
    expect(linkFormats({ ...settings, linkTemplate: '', linkFormat: 'html' })).toEqual([
      'plain',
      'markdown',
    ]);
    expect(linkFormats({ ...settings, linkTemplate: '<{link}>' })).toContain('template');
  });
});

describe('the platform', () => {
  it.each([
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Electron/45', 'mac'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Electron/45', 'windows'],
    ['Mozilla/5.0 (X11; Linux x86_64) Electron/45', 'linux'],
  ])('%s', (userAgent, platform) => {
    expect(platformOf(userAgent)).toBe(platform);
  });
});
