import { describe, expect, test, vi } from 'vitest';
import { textOfHtml } from '../../main/clipboard/text-of-html.ts';
import { clockText } from '../../main/i18n/clock.ts';
import { chooseLocale } from '../../main/i18n/i18n.ts';
import { cloudStateOf } from '../../main/linkify/wire.ts';
import { readEvent } from '../../main/outbox/schema.ts';
import { messagesFor } from '../../main/server/pages/i18n.ts';
import { highlight } from '../../main/server/pages/render/highlight.ts';
import { sameKeys } from '../../main/settings/accelerators.ts';
import { keyCaps } from '../../preload/key-names.ts';
import { loadMessages } from '../../renderer/i18n/messages.ts';
import { recordKey } from '../../renderer/view/accelerator.ts';
import { listIntent } from '../../renderer/view/list-keys.ts';
import { INHERITED_NAMES } from '../support/inherited-names.ts';
import { english } from '../support/messages.ts';

/** Strings from outside that are looked up in a table. */

const NO_MODIFIERS = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe.each(INHERITED_NAMES)('%s', (name) => {
  test('as an extension is plain text', async () => {
    const render = vi.fn();
    const { language, lines } = await highlight('a < b', name, false, render);
    expect(render).not.toHaveBeenCalled();
    expect(language).toBeUndefined();
    expect(lines.map(({ text }) => text)).toEqual(['a &lt; b']);
  });

  test('as a language gets English', async () => {
    expect(messagesFor(name).locale).toBe('en');
    expect(messagesFor(`${name};q=1, de;q=0.5`).locale).toBe('de');
    expect(chooseLocale([name])).toBe('en');
    expect((await loadMessages(name)).locale).toBe('en');
    expect(clockText(0, `${name}-US`)).toMatch(/^\d\d:\d\d$/);
  });

  test('as a key of a shortcut is a key like any other', () => {
    expect(sameKeys(`Control+${name}`, `Control+${name}`, 'linux')).toBe(true);
    expect(sameKeys(`Control+${name}`, 'Control+A', 'linux')).toBe(false);
    for (const platform of ['mac', 'linux', 'windows'] as const) {
      expect(keyCaps(name, platform, english.t).map((cap) => cap.toLowerCase())).toEqual([
        name.toLowerCase(),
      ]);
      expect(
        recordKey({ ...NO_MODIFIERS, ctrlKey: true, key: name, code: name }, platform),
      ).toEqual({ kind: 'unusable' });
    }
    expect(listIntent({ ...NO_MODIFIERS, key: name, code: name })).toBeNull();
  });

  test('as an entity of HTML stays as it is', () => {
    expect(textOfHtml(`a &${name}; b`)).toBe(`a &${name}; b`);
  });

  test('as a word of a service is an unknown state', () => {
    expect(cloudStateOf({ status: { cloud: name } })).toBe('unknown');
  });

  test('as the kind of a stored failure is an internal one', () => {
    // From the file of a pending share, which another version may have written.
    const event = { event: 'failed', fault: { kind: name }, needsDecision: true };
    expect(readEvent(event)).toMatchObject({ fault: { kind: 'internal' } });
  });
});
