import { bad, late, lost, NOT_READ } from './failure-faults.ts';
import type { FailureRow } from './failure-rows.ts';

const share = { json: { iterable: [{ id: 'sh-1', link: 'x' }] } };
const drips = { json: { iterable: [{ id: 'sh-1', link: 'x'.repeat(500) }] } };

/** What goes wrong with a connection before anything can be read. */
export const CONNECTION_ROWS: readonly FailureRow[] = [
  {
    id: 1,
    service: 'refuses connections, has no DNS entry, is not there',
    comes: ['unreachable'],
    revoke: ['waits'],
    cases: [],
  },
  {
    id: 2,
    service:
      'doesn’t respond: to the connection (limit 1 s on this computer, 5 s elsewhere), or to the request (limit 120 s for a link)',
    comes: ['timed-out'],
    revoke: ['waits'],
    kept: 'shown as in progress after 150 ms; after 10 s a notification says that it continues, with Cancel',
    cases: [{ does: 'hangs after accepting', reply: { trouble: 'hang' }, fault: late }],
  },
  {
    id: 3,
    service: 'resets or closes the connection, before the request was read or after it',
    comes: ['connection-lost'],
    revoke: ['waits'],
    kept: 'a request that was not read completely is repeated once, immediately; a revoke too',
    cases: [
      {
        does: 'resets before the request was read',
        reply: { trouble: 'reset-at-once' },
        fault: { kind: 'connection-lost' },
      },
      { does: 'resets after the request', reply: { trouble: 'reset' }, fault: lost(true) },
      { does: 'closes without an answer', reply: { trouble: 'close' }, fault: lost(true) },
    ],
  },
  {
    id: 4,
    service: 'stops within its response: a reset, an end before Content-Length, a broken chunk',
    comes: ['connection-lost'],
    revoke: ['waits'],
    cases: [
      {
        does: 'resets in the middle of its answer',
        reply: { trouble: 'reset-mid-body', ...share },
        fault: lost(true),
      },
      {
        does: 'ends before Content-Length',
        reply: { trouble: 'short-body', ...share },
        fault: lost(true),
      },
      {
        does: 'breaks its chunks',
        reply: { trouble: 'broken-chunk', ...share },
        fault: lost(true),
      },
    ],
  },
  {
    id: 5,
    service: 'sends its response one byte at a time',
    comes: ['timed-out'],
    revoke: ['waits'],
    cases: [
      { does: 'drips one byte at a time', reply: { trouble: 'drip', ...drips }, fault: late },
    ],
  },
  {
    id: 25,
    service:
      'sends more than 2 MB (a list: 16 MB), an endless response, 64 KiB of headers, or a compression bomb',
    comes: ['too-long', 'not-json'],
    revoke: ['told', 'done'],
    cases: [
      { does: 'sends 50 MB', reply: { trouble: 'huge' }, fault: bad('too-long') },
      { does: 'never ends its answer', reply: { trouble: 'endless' }, fault: bad('too-long') },
      {
        does: 'sends headers of 64 KiB',
        reply: { trouble: 'long-headers' },
        fault: bad('too-long'),
      },
      {
        does: '50 MB in 50 KB of gzip',
        reply: { trouble: 'gzip-bomb' },
        fault: bad('not-json'),
        but: NOT_READ,
      },
    ],
  },
];
