import { get } from 'node:http';
import { networkInterfaces } from 'node:os';
import { text } from 'node:stream/consumers';
import makeMdns from 'multicast-dns';
import type { Answer, DecodedPacket } from '../../../main/server/network/name-records.ts';
import { startTestService, textSeed } from './run.ts';

// Shares by a name under `.local` in the network that it runs in, where nothing else resolves it: asks
// for it by multicast at port 5353, opens the link at the answer, then switches the name off. As JSON.

const ADDRESSES = Object.entries(networkInterfaces()).flatMap(([name, all = []]) =>
  name.startsWith('docker')
    ? []
    : all.map(({ address, family, internal }) => ({ name, address, family, internal })),
);
const here = ADDRESSES.find(({ address, internal }) => !internal && !address.startsWith('fe80'));
if (here === undefined) throw new Error('no network');

const socket = makeMdns(
  here.family === 'IPv6'
    ? { type: 'udp6', ip: 'ff02::fb', interface: `::%${here.name}`, bind: '::' }
    : { interface: here.address, bind: '0.0.0.0' },
);
const heard: {
  readonly type: string;
  readonly name: string;
  readonly ttl: number;
  data: unknown;
}[] = [];
socket.on('response', ({ answers = [] }: DecodedPacket) => {
  for (const one of answers as (Answer & { ttl: number; data: unknown })[]) {
    heard.push({ type: one.type, name: one.name, ttl: one.ttl, data: one.data });
  }
});
await new Promise((resolve) => socket.once('ready', resolve));

/** Waits until it is so; asks again now and then. */
async function until(isSo: () => boolean, again = () => {}): Promise<void> {
  for (let times = 0; !isSo() && times < 100; times++) {
    again();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const running = await startTestService({ reach: 'network', localName: true });
const first = await running.api.share(textSeed('in this room'));
await until(() => /\.local:/.test(running.service.pagesBaseUrl()));
const { link } = (await running.api.call('GET', `/share/${first.id}`)).json;
const { hostname, host, port, pathname } = new URL(link);

heard.length = 0;
await until(
  () => heard.some(({ name }) => name === hostname),
  () => socket.query([{ name: hostname, type: here.family === 'IPv6' ? 'AAAA' : 'A' }]),
);
const found = heard.find(({ name }) => name === hostname);
const page = await new Promise<string>((resolve, reject) => {
  // As a browser asks that found the address by the name.
  get(
    { host: String(found?.data), port, path: pathname, agent: false, headers: { host } },
    (response) => text(response).then(resolve, reject),
  ).once('error', reject);
});
const checked = await running.service.checkReach();

heard.length = 0;
running.service.setLocalName(false);
await until(() => heard.some(({ ttl }) => ttl === 0));
const goodbye = heard.filter(({ ttl }) => ttl === 0).map(({ name }) => name);
console.log(
  JSON.stringify({
    hostname,
    found,
    opens: page.includes('in this room'),
    checked,
    goodbye,
    after: new URL(running.service.pagesBaseUrl()).hostname,
  }),
);
await running.end();
await new Promise<void>((resolve) => socket.destroy(() => resolve()));
