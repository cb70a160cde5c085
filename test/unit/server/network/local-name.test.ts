import { createSocket } from 'node:dgram';
import makeMdns, { type MulticastDNS } from 'multicast-dns';
import { afterEach, expect, test } from 'vitest';
import { createLocalName, type LocalName } from '../../../../main/server/network/local-name.ts';
import type { Answer, DecodedPacket } from '../../../../main/server/network/name-records.ts';

/** Real multicast DNS on this machine's loopback interface, at a port of the test's own. */
const OWN = { name: 'lo', address: '127.0.0.1' };
let port = 20_000 + Math.floor(Math.random() * 20_000);

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Another device of the network: it asks, and hears everything. */
async function neighbour(): Promise<{ socket: MulticastDNS; heard: Answer[] }> {
  const socket = makeMdns({ port, interface: '127.0.0.1', bind: '0.0.0.0' });
  await new Promise((resolve) => socket.once('ready', resolve));
  const heard: Answer[] = [];
  socket.on('response', (packet: DecodedPacket) => heard.push(...(packet.answers ?? [])));
  ends.push(() => new Promise((resolve) => socket.destroy(() => resolve())));
  return { socket, heard };
}

function named(hostname: string): LocalName & { readonly problems: unknown[] } {
  const problems: unknown[] = [];
  const name = createLocalName({ hostname, port, onProblem: (cause) => problems.push(cause) });
  ends.push(() => name.stop());
  return Object.assign(name, { problems });
}

/** Asks again and again, as devices do, until something is heard. */
async function ask(
  socket: MulticastDNS,
  name: string,
  type: 'A' | 'AAAA',
  isHeard: () => boolean,
): Promise<void> {
  await expect
    .poll(
      () => {
        if (!isHeard()) socket.query(name, type);
        return isHeard();
      },
      { timeout: 5_000, interval: 100 },
    )
    .toBe(true);
}

const addressesOf = (heard: readonly Answer[], name: string): readonly unknown[] =>
  heard.flatMap((one) => (one.type === 'A' && one.name === name ? [[one.data, one.ttl]] : []));

test('a name of this machine’s own is found by its neighbours, for its address and no other', async () => {
  port += 1;
  const { socket, heard } = await neighbour();
  const name = named('Anna’s MacBook.local');
  await name.start(OWN);
  expect(name.problems).toEqual([]);
  expect(name.current()).toBe('anna-s-macbook-links.local');

  heard.length = 0;
  await ask(socket, 'Anna-S-MacBook-links.local', 'A', () => heard.length > 0);
  expect(addressesOf(heard, 'anna-s-macbook-links.local')).toContainEqual(['127.0.0.1', 120]);
  // Whoever asks for IPv6 need not wait for what does not come.
  await ask(socket, 'anna-s-macbook-links.local', 'AAAA', () =>
    heard.some(({ type }) => type === 'NSEC'),
  );
});

test('questions for other names, and for what listens here, stay without an answer', async () => {
  port += 1;
  const { socket, heard } = await neighbour();
  const name = named('box');
  await name.start(OWN);
  heard.length = 0;
  socket.query('other-links.local', 'A');
  socket.query('_services._dns-sd._udp.local', 'PTR');
  socket.query('_http._tcp.local', 'PTR');
  // The last question is answered: those before it were heard.
  await ask(socket, 'box-links.local', 'A', () => addressesOf(heard, 'box-links.local').length > 0);
  expect(new Set(heard.map((one) => one.name))).toEqual(new Set(['box-links.local']));
});

test('a name that someone else has is left to them', async () => {
  port += 1;
  const { socket, heard } = await neighbour();
  socket.on('query', (packet: DecodedPacket) => {
    if (packet.questions?.some(({ name }) => name === 'box-links.local')) {
      socket.respond([{ name: 'box-links.local', type: 'A', ttl: 120, data: '192.168.1.77' }]);
    }
  });
  const name = named('box');
  await name.start(OWN);
  expect(name.current()).toBe('box-links-2.local');
  await expect
    .poll(() => addressesOf(heard, 'box-links-2.local'))
    .toContainEqual(['127.0.0.1', 120]);
});

test('when a second one comes with the same name later, another is taken and told', async () => {
  port += 1;
  const { socket } = await neighbour();
  const told: (string | undefined)[] = [];
  const name = createLocalName({ hostname: 'box', port, onChange: (now) => told.push(now) });
  ends.push(() => name.stop());
  await name.start(OWN);
  const theirs = { name: 'box-links.local', type: 'A', ttl: 120, data: '192.168.1.77' } as const;
  socket.on('query', () => socket.respond([theirs]));
  socket.respond([theirs]);
  await expect.poll(() => name.current(), { timeout: 5_000 }).toBe('box-links-2.local');
  expect(told).toEqual(['box-links.local', undefined, 'box-links-2.local']);
});

test('at the end it says goodbye, and answers no more', async () => {
  port += 1;
  const { socket, heard } = await neighbour();
  const name = named('box');
  await name.start(OWN);
  await name.stop();
  await expect.poll(() => addressesOf(heard, 'box-links.local')).toContainEqual(['127.0.0.1', 0]);
  expect(name.current()).toBeUndefined();
  heard.length = 0;
  const again = named('other');
  await again.start(OWN);
  socket.query('box-links.local', 'A');
  await ask(
    socket,
    'other-links.local',
    'A',
    () => addressesOf(heard, 'other-links.local').length > 0,
  );
  expect(addressesOf(heard, 'box-links.local')).toEqual([]);
});

test('without a network there is no name, and no failure', async () => {
  port += 1;
  const name = named('box');
  await name.start({ name: 'gone0', address: '198.51.100.7' });
  expect(name.current()).toBeUndefined();
  expect(name.problems).not.toEqual([]);
});

test('of two machines with one name that come up at once, each gets a name of its own', async () => {
  port += 1;
  const one = named('box');
  const two = named('box');
  await Promise.all([one.start(OWN), two.start({ name: 'lo', address: '127.0.0.2' })]);
  expect([one.current(), two.current()].sort()).toEqual(['box-links-2.local', 'box-links.local']);
});

test('what was stopped while it asked for a name has none, and settles', async () => {
  port += 1;
  const name = named('box');
  const starting = name.start(OWN);
  await name.stop();
  await starting;
  expect(name.current()).toBeUndefined();
});

test('junk from the network is no news', async () => {
  port += 1;
  const { socket } = await neighbour();
  const name = named('box');
  await name.start(OWN);
  const junk = createSocket('udp4');
  ends.push(() => new Promise((resolve) => junk.close(() => resolve())));
  for (const bytes of [[], [0], [255, 255, 255, 255, 0, 9, 0, 9, 0, 0, 0, 0, 192, 12]]) {
    await new Promise((resolve) => junk.send(Buffer.from(bytes), port, '127.0.0.1', resolve));
  }
  const heard: unknown[] = [];
  socket.on('response', (packet: DecodedPacket) => heard.push(packet));
  await ask(socket, 'box-links.local', 'A', () => heard.length > 0);
  expect(name.problems).toEqual([]);
});

test.each([
  ['goes first', '192.168.1.77', 'box-links-2.local'],
  ['goes second', '10.0.0.1', 'box-links.local'],
])('another machine that asks for the name in the same moment %s', async (_how, theirs, ours) => {
  port += 1;
  const { socket } = await neighbour();
  const record = { name: 'box-links.local', type: 'A', ttl: 120, data: theirs } as const;
  let asked = false;
  socket.on('query', (packet: DecodedPacket) => {
    const isOurs = packet.authorities?.some((one) => one.type === 'A' && one.data === OWN.address);
    if (!isOurs || !packet.questions?.some(({ name }) => name === 'box-links.local')) return;
    // It asks once; whoever goes first has the name when it is asked for again.
    if (!asked) {
      asked = true;
      socket.query({
        questions: [{ name: 'box-links.local', type: 'ANY' as 'A' }],
        authorities: [record],
      });
    } else if (theirs > OWN.address) socket.respond([record]);
  });
  const name = named('box');
  await name.start(OWN);
  expect(name.current()).toBe(ours);
});
