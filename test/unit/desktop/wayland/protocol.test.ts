import { expect, test } from 'vitest';
import { DataControl } from '../../../../main/desktop/wayland/protocol.ts';
import { FakeCompositor } from '../../../support/wayland/fake-compositor.ts';

function connect(globals?: readonly string[]) {
  const events: (string | readonly unknown[])[] = [];
  // The compositor answers at once, which is why each message goes to the client by a closure.
  const compositor: FakeCompositor = new FakeCompositor(
    (message, fds) => client.handle(message, () => fds.shift()),
    globals,
  );
  const client: DataControl = new DataControl(compositor.transmit, {
    ready: () => events.push('ready'),
    unavailable: () => events.push('unavailable'),
    selection: () => events.push('selection'),
    send: (...args) => events.push(['send', ...args]),
    cancelled: (source) => events.push(['cancelled', source]),
    ended: (reason) => events.push(['ended', reason]),
  });
  client.start();
  const names = (): readonly string[] => compositor.requests.map(({ name }) => name);
  return { client, compositor, events, names };
}

test.each([
  [['wl_seat', 'zwlr_data_control_manager_v1'], 'zwlr_data_control_manager_v1'],
  [
    ['zwlr_data_control_manager_v1', 'wl_seat', 'ext_data_control_manager_v1'],
    'ext_data_control_manager_v1',
  ],
] as const)('of %o it takes %s', (globals, manager) => {
  const { compositor, events } = connect(globals);
  const bound = compositor.requests.filter(({ name }) => name === 'bind');
  expect(bound.map(({ args }) => args[1])).toEqual(['wl_seat', manager]);
  expect(events).toEqual(['selection', 'ready']);
});

test.each([[['wl_seat']], [['ext_data_control_manager_v1']], [[]]])(
  'a compositor that has only %o offers no data-control',
  (globals) => {
    expect(connect(globals).events).toEqual(['unavailable']);
  },
);

test('each copy is a new selection with its types; what it replaces is released', () => {
  const { client, compositor, events, names } = connect();
  compositor.select(['text/plain', 'text/html']);
  const first = client.current();
  expect(first.types).toEqual(['text/plain', 'text/html']);
  compositor.select(['image/png']);
  expect(client.current()).toEqual({ serial: first.serial + 1, types: ['image/png'] });
  expect(names().filter((name) => name === 'destroy')).toHaveLength(1);
  compositor.select(undefined);
  expect(client.current().types).toEqual([]);
  expect(events.filter((event) => event === 'selection')).toHaveLength(4);
});

test('the primary selection changes nothing, and is released at once', () => {
  const { client, compositor, events, names } = connect(['wl_seat', 'ext_data_control_manager_v1']);
  compositor.select(['text/plain']);
  const before = [...events];
  compositor.select(['text/x-selected'], 'primary');
  compositor.select(undefined, 'primary');
  expect(client.current().types).toEqual(['text/plain']);
  expect(events).toEqual(before);
  expect(names().at(-1)).toBe('destroy');
});

test('content is asked for only of what is on the clipboard now', () => {
  const { client, compositor } = connect();
  expect(client.receive(client.current().serial, 'text/plain', 9)).toBe(false);
  compositor.select(['text/plain']);
  const { serial } = client.current();
  expect(client.receive(serial, 'text/plain', 9)).toBe(true);
  expect(compositor.requests.at(-1)).toEqual({ name: 'receive', args: ['text/plain', 9] });
  compositor.select(['text/plain']);
  expect(client.receive(serial, 'text/plain', 9)).toBe(false);
});

test('what is copied is offered with all its types, read by others, and replaced in the end', () => {
  const { client, compositor, events } = connect();
  const source = client.copy(['text/plain', 'text/html']);
  expect(client.current().types).toEqual(['text/plain', 'text/html']);
  compositor.read(source, 'text/html', 12);
  expect(events.at(-1)).toEqual(['send', source, 'text/html', 12]);
  compositor.select(['image/png']);
  expect(events.slice(-2)).toEqual([['cancelled', source], 'selection']);
});

test('ids that the compositor released are used again', () => {
  const { client, compositor } = connect();
  const sources = Array.from({ length: 50 }, () => client.copy(['text/plain']));
  expect(new Set(sources).size).toBeLessThan(4);
  const syncs = compositor.requests.filter(({ name }) => name === 'sync').length;
  client.sync(() => {});
  expect(compositor.requests.filter(({ name }) => name === 'sync')).toHaveLength(syncs + 1);
});

test('once the seat is gone, or an error is reported, nothing more is sent', () => {
  for (const end of [
    (compositor: FakeCompositor) => compositor.finish(),
    (compositor: FakeCompositor) => compositor.send(1, 0, ['u', 'u', 's'], [4, 1, 'wrong']),
  ]) {
    const { client, compositor, events } = connect();
    end(compositor);
    expect(events.at(-1)).toEqual(['ended', expect.any(String)]);
    const sent = compositor.requests.length;
    client.copy(['text/plain']);
    compositor.select(['text/plain']);
    expect(compositor.requests).toHaveLength(sent);
  }
});

test('events of later versions are ignored', () => {
  const { client, compositor } = connect();
  compositor.select(['text/plain']);
  compositor.send(0xff000000, 7, ['u'], [1]);
  compositor.send(1, 9, [], []);
  expect(client.current().types).toEqual(['text/plain']);
});

test('of a program that offers types without end only the first thousand are remembered', () => {
  const { client, compositor } = connect();
  compositor.select(Array.from({ length: 3_000 }, (_, index) => `x/${index}`));
  expect(client.current().types).toHaveLength(1_000);
});
