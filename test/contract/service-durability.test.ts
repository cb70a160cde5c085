import { expect, test } from 'vitest';
import { judge, stepsOf, traceDurability } from '../support/service/durability-trace.ts';

test('each answer comes after the sync of content, folder and metadata', async () => {
  expect(await traceDurability(20)).toEqual({ traced: 20, afterSync: 20, faults: [] });
}, 60_000);

test('an answer before the sync is found', () => {
  const trace = [
    '7 fdatasync(20</d/catalog.db-wal> <unfinished ...>',
    '6 writev(25<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="HTTP/1.1 200 OK\\r\\nCache"...',
    '7 <... fdatasync resumed>) = 0',
    '8 fsync(21</d/tmp/ab12>) = 0',
    '8 rename("/d/tmp/ab12", "/d/blobs/ab/ab34") = 0',
    '7 fdatasync(20</d/catalog.db-wal>) = 0',
    '6 write(25<TCP:[127.0.0.1:1->127.0.0.1:2]>, "HTTP/1.1 200 OK"..., 900) = 900',
  ].join('\n');
  const result = judge(stepsOf(trace), 2);
  expect(result).toMatchObject({ traced: 2, afterSync: 0 });
  expect(result.faults[1]).not.toContain('sync folder');
});
