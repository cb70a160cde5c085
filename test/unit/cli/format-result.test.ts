import { expect, test } from 'vitest';
import { formatResult } from '../../../main/cli/format-result.ts';
import type { LinkRecord, StatusRecord } from '../../../main/cli/protocol.ts';

const link = (change: Partial<LinkRecord> = {}): LinkRecord => ({
  id: 'a1',
  link: 'http://127.0.0.1:1/s/a1',
  title: 'Notes',
  kind: 'text',
  state: 'active',
  sizeBytes: 1,
  createdAt: '2026-11-29T00:00:00.000Z',
  ...change,
});

const piped = { isJson: false, isTerminal: false };
const terminal = { isJson: false, isTerminal: true };
const json = { isJson: true, isTerminal: false };

test('a share prints its link, other commands nothing, and JSON whatever it is about', () => {
  const value = { link: link() };
  expect(formatResult('share-files', value, piped)).toBe('http://127.0.0.1:1/s/a1\n');
  expect(formatResult('copy', value, piped)).toBe('');
  expect(JSON.parse(formatResult('copy', value, json))).toEqual(value.link);
  expect(formatResult('quit', undefined, json)).toBe('');
});

test('links on a terminal have the numbers that commands take, in columns', () => {
  const links = Array.from({ length: 10 }, (_, at) =>
    link({
      id: `id-${at}`,
      state: at === 1 ? 'used-up' : 'active',
      link: `http://h/${'x'.repeat(at)}`,
    }),
  );
  const lines = formatResult('list', { links }, terminal).trimEnd().split('\n');
  expect(lines.map((line) => Number.parseInt(line, 10))).toEqual(links.map((_, at) => at + 1));
  expect(new Set(lines.map((line) => line.indexOf('Notes'))).size).toBe(1);
});

test.each([piped, terminal])('nothing in a title or a setting acts on the terminal (%o)', (how) => {
  const title = 'a\tb\nc\u001b[2Jd\u2028e\u202ef';
  const printed = [
    formatResult('list', { links: [link({ title })] }, how),
    formatResult('get-settings', { settings: { sharedBy: title, theme: 'dark' } }, how),
  ];
  for (const text of printed) {
    expect(text.replace(/[\t\n]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028]/u);
    expect(text.split('\n').filter((line) => line.includes('c'))).toHaveLength(1);
  }
});

test('one setting is printed as it is, several with their names', () => {
  expect(formatResult('get-settings', { settings: { theme: 'dark' } }, piped)).toBe('dark\n');
  const settings = { theme: 'dark', keepClips: 20, launchAtLogin: false };
  expect(formatResult('get-settings', { settings }, piped)).toBe(
    'theme=dark\nkeepClips=20\nlaunchAtLogin=false\n',
  );
  expect(JSON.parse(formatResult('get-settings', { settings }, json))).toEqual(settings);
});

test('the status says what there is', () => {
  const status: StatusRecord = {
    version: '1.2.3',
    processId: 7,
    service: { name: 'This computer', state: 'ready', detail: 'Ready' },
    activeLinks: 3,
    pendingShares: 0,
    clipboardHistory: 'on',
  };
  const text = formatResult('status', { status }, terminal);
  for (const part of ['1.2.3', 'This computer (Ready)', '3']) expect(text).toContain(part);
  expect(text).not.toContain('undefined');
});
