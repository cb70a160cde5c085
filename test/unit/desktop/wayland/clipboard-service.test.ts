import { expect, test } from 'vitest';
import {
  ClipboardService,
  type FromWorker,
} from '../../../../main/desktop/wayland/clipboard-service.ts';
import { WRITABLE } from '../../../../main/desktop/wayland/transfers.ts';
import { FakeCompositor } from '../../../support/wayland/fake-compositor.ts';

/**
 * The service with a compositor and pipes in memory. A pipe's two ends are an odd and the next even
 * number; what is written into one is what `give` puts there.
 */
function connect() {
  const posted: FromWorker[] = [];
  const pipes = new Map<number, Buffer>();
  const closed = new Set<number>();
  let lastFd = 0;
  const compositor: FakeCompositor = new FakeCompositor((message, fds) =>
    service.handle(message, () => fds.shift()),
  );
  const service: ClipboardService = new ClipboardService({
    transmit: compositor.transmit,
    post: (message) => posted.push(message),
    openPipe() {
      lastFd += 2;
      return { from: lastFd - 1, to: lastFd };
    },
    calls: {
      readFd(fd) {
        const content = pipes.get(fd);
        pipes.delete(fd);
        return content;
      },
      writeFd(fd, bytes) {
        pipes.set(fd - 1, Buffer.from(bytes));
        return bytes.byteLength;
      },
      setNonBlocking: () => {},
      closeFd: (fd) => void closed.add(fd),
    },
    now: () => 0,
  });
  service.start();
  const advance = (): void => {
    // What is read without having been written counts as closed.
    const fdsOf = (isWanted: (events: number) => boolean): ReadonlySet<number> =>
      new Set(
        service.transfers.entries().flatMap(({ fd, events }) => (isWanted(events) ? fd : [])),
      );
    service.transfers.advance(fdsOf((events) => events === WRITABLE));
    service.transfers.advance(fdsOf(() => true));
    service.transfers.advance(fdsOf(() => true));
  };
  /** The descriptor of the last `receive`. */
  const asked = (): number =>
    Number(compositor.requests.findLast(({ name }) => name === 'receive')?.args[1]);
  const answers = (): readonly unknown[] =>
    posted.flatMap((message) => (message.kind === 'answer' ? [message.answer] : []));
  return { service, compositor, posted, pipes, closed, advance, asked, answers };
}

const parts = new Map([
  ['text/plain', Buffer.from('ours')],
  ['text/html', Buffer.from('<b>ours</b>')],
]);
/** The first id that the client gives a source: after registry, callback, seat, manager and device. */
const sourceOf = ({ requests }: FakeCompositor): number =>
  Number(requests.findLast(({ name }) => name === 'create_data_source')?.args[0]);

test('content comes with the selection that was asked for', () => {
  const { service, compositor, pipes, advance, asked, answers } = connect();
  compositor.select(['text/plain']);
  service.request({ kind: 'current', id: 1 });
  expect(answers()).toEqual([{ serial: 2, types: ['text/plain'] }]);
  service.request({ kind: 'read', id: 2, serial: 2, type: 'text/plain' });
  pipes.set(asked() - 1, Buffer.from('theirs'));
  advance();
  expect(answers().at(-1)).toEqual(new Uint8Array(Buffer.from('theirs')));
});

test('content of what is no longer there is not given, also when it changes meanwhile', () => {
  const { service, compositor, closed, advance, answers } = connect();
  compositor.select(['text/plain']);
  service.request({ kind: 'read', id: 1, serial: 1, type: 'text/plain' });
  expect(answers()).toEqual(['changed']);
  service.request({ kind: 'read', id: 2, serial: 2, type: 'text/plain' });
  compositor.select(['text/plain']);
  advance();
  expect(answers()).toEqual(['changed', 'changed']);
  expect([...closed].toSorted()).toEqual([1, 2, 3, 4]);
});

test('what is written counts once the compositor gives it back', () => {
  const { service, compositor, advance, asked, answers } = connect();
  service.request({ kind: 'write', id: 1, parts });
  expect(answers()).toEqual([]);
  compositor.read(sourceOf(compositor), 'text/plain', asked());
  advance();
  expect(answers()).toEqual(['written']);
});

test.each([
  ['something else', 'theirs'],
  ['nothing', undefined],
])('a write counts as refused if the compositor gives %s', (_what, content) => {
  const { service, pipes, advance, asked, answers } = connect();
  service.request({ kind: 'write', id: 1, parts });
  if (content !== undefined) pipes.set(asked() - 1, Buffer.from(content));
  advance();
  expect(answers()).toEqual(['refused']);
});

test('a write counts as refused if another program copies at once', () => {
  const { service, compositor, posted, answers } = connect();
  compositor.beforeSync = () => compositor.select(['text/plain']);
  service.request({ kind: 'write', id: 7, parts });
  expect(answers()).toEqual(['refused']);
  expect(posted).toContainEqual({ kind: 'replaced', id: 7 });
});

test('several programs read what was written, each the type that it asks for', () => {
  const { service, compositor, pipes, closed, advance } = connect();
  service.request({ kind: 'write', id: 1, parts });
  const source = sourceOf(compositor);
  compositor.read(source, 'text/plain', 102);
  compositor.read(source, 'text/html', 104);
  compositor.read(source, 'image/png', 106);
  advance();
  expect([pipes.get(101)?.toString(), pipes.get(103)?.toString()]).toEqual(['ours', '<b>ours</b>']);
  expect([102, 104, 106].every((fd) => closed.has(fd))).toBe(true);
});

test('each copy is reported, but not what was there at the beginning', () => {
  const { compositor, posted } = connect();
  expect(posted).toEqual([{ kind: 'ready' }]);
  compositor.select(['text/plain']);
  expect(posted.at(-1)).toEqual({ kind: 'selection' });
});
