import { expect, test } from 'vitest';
import { MAX_BYTES, SILENCE_MS, Transfers } from '../../../../main/desktop/wayland/transfers.ts';

/** Pipes in memory: what is read comes from `input`, and each write takes at most `room` bytes. */
function open() {
  const input = new Map<number, (Uint8Array | undefined)[]>();
  const output = new Map<number, Buffer>();
  const room = new Map<number, number>();
  const closed: number[] = [];
  let nowMs = 0;
  const transfers = new Transfers(
    {
      readFd: (fd) => input.get(fd)?.shift(),
      writeFd(fd, bytes) {
        const length = Math.min(bytes.byteLength, room.get(fd) ?? Number.POSITIVE_INFINITY);
        if (length < 0) throw new Error('nobody reads');
        output.set(
          fd,
          Buffer.concat([output.get(fd) ?? Buffer.alloc(0), bytes.subarray(0, length)]),
        );
        return length;
      },
      setNonBlocking: () => {},
      closeFd: (fd) => void closed.push(fd),
    },
    () => nowMs,
  );
  const passMs = (ms: number): void => {
    nowMs += ms;
  };
  const results = new Map<number, unknown>();
  const read = (fd: number): void => transfers.read(fd, (content) => results.set(fd, content));
  return { transfers, input, output, room, closed, passMs, results, read };
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const ready = (...fds: number[]): ReadonlySet<number> => new Set(fds);

test('several contents are read at the same time, each to its end', () => {
  const { transfers, input, closed, results, read } = open();
  read(3);
  read(4);
  expect(transfers.entries().map(({ fd }) => fd)).toEqual([3, 4]);
  input.set(3, [bytes('one, '), bytes('two'), undefined]);
  input.set(4, [bytes('three'), undefined]);
  transfers.advance(ready(3, 4));
  transfers.advance(ready(4));
  expect([...results]).toEqual([[4, new Uint8Array(bytes('three'))]]);
  transfers.advance(ready(3));
  transfers.advance(ready(3));
  expect(Buffer.from(results.get(3) as Uint8Array).toString()).toBe('one, two');
  expect(closed).toEqual([4, 3]);
  expect(transfers.timeoutMs()).toBe(-1);
});

test('a program that closes at once has nothing', () => {
  const { transfers, results, read } = open();
  read(3);
  transfers.advance(ready(3));
  expect(results.get(3)).toEqual(new Uint8Array());
});

test('a program that is silent for 2 s has no answer; each part begins them anew', () => {
  const { transfers, input, closed, passMs, results, read } = open();
  read(3);
  expect(transfers.timeoutMs()).toBe(SILENCE_MS);
  passMs(SILENCE_MS - 1);
  input.set(3, [bytes('part')]);
  transfers.advance(ready(3));
  passMs(SILENCE_MS - 1);
  transfers.advance(ready());
  expect([transfers.timeoutMs(), results.get(3)]).toEqual([1, undefined]);
  passMs(1);
  transfers.advance(ready());
  expect([results.get(3), closed]).toEqual(['silent', [3]]);
});

test('a content without end is not read to its end', () => {
  const { transfers, input, results, read } = open();
  read(3);
  const part = { byteLength: MAX_BYTES / 2 } as Uint8Array;
  input.set(3, [part, part, bytes('x')]);
  for (let at = 0; at < 3; at += 1) transfers.advance(ready(3));
  expect(results.get(3)).toBe('too-long');
});

test('a pipe that can not be read ends its own transfer only', () => {
  const { transfers, input, results, read } = open();
  const failing = [bytes('')];
  failing.shift = () => {
    throw new Error('EIO');
  };
  input.set(3, failing);
  input.set(4, [bytes('fine'), undefined]);
  read(3);
  read(4);
  transfers.advance(ready(3, 4));
  transfers.advance(ready(4));
  expect(results.get(3)).toBe('silent');
  expect(results.get(4)).toBeInstanceOf(Uint8Array);
});

test('a slow reader gets everything, and keeps no other from reading', () => {
  const { transfers, output, room, closed } = open();
  room.set(5, 2);
  transfers.write(5, bytes('slowly'));
  transfers.write(6, bytes('at once'));
  transfers.advance(ready(5, 6));
  expect([output.get(6)?.toString(), closed]).toEqual(['at once', [6]]);
  transfers.advance(ready(5));
  transfers.advance(ready(5));
  expect([output.get(5)?.toString(), closed]).toEqual(['slowly', [6, 5]]);
});

test('a reader that leaves, or takes nothing for a minute, is given up', () => {
  const { transfers, room, closed, passMs } = open();
  room.set(5, -1);
  transfers.write(5, bytes('content'));
  transfers.write(6, bytes('content'));
  transfers.advance(ready(5));
  expect(closed).toEqual([5]);
  passMs(60_000);
  transfers.advance(ready());
  expect(closed).toEqual([5, 6]);
});

test('more than a hundred readers at the same time are refused', () => {
  const { transfers, closed } = open();
  for (let fd = 1; fd <= 101; fd += 1) transfers.write(fd, bytes('content'));
  expect(closed).toEqual([101]);
  transfers.close();
  expect(closed).toHaveLength(101);
});
