import { describe, expect, test } from 'vitest';
import { canMakeNetworks, runInNetwork } from '../support/service/in-network.ts';

// In networks made for the test: needs Linux, where users may make their own (`unshare -rn`).
describe.skipIf(!canMakeNetworks())('in a network of its own', () => {
  test('with IPv6 alone, links carry an address in brackets, and open', async () => {
    const { automatic, all } = await runInNetwork({ wlan9: ['fd12:3::5/64'] }, 'network-visits.ts');
    expect(all).toEqual([{ name: 'wlan9', address: 'fd12:3::5' }]);
    expect(automatic).toMatchObject({ kind: 'ok', host: '[fd12:3::5]', opens: true });
  });

  test('with a global IPv6 address alone, links carry it', async () => {
    const { automatic } = await runInNetwork({ eth9: ['2001:db8:5::9/64'] }, 'network-visits.ts');
    expect(automatic).toMatchObject({ kind: 'ok', host: '[2001:db8:5::9]', opens: true });
  });

  test('with several, links carry that of the chosen interface, and the likeliest while it is away', async () => {
    const { automatic, chosen, away, events } = await runInNetwork(
      { eth9: ['192.168.5.7/24'], wlan9: ['10.4.0.2/24', 'fd12::2/64'] },
      'network-visits.ts',
    );
    expect(automatic).toMatchObject({ host: '192.168.5.7', opens: true, kind: 'ok' });
    expect(chosen).toMatchObject({ host: '10.4.0.2', opens: true, kind: 'ok' });
    expect(away).toMatchObject({ host: '192.168.5.7', opens: true, kind: 'ok' });
    expect(events).toContain('interface-away wlan9');
  });

  test('with none, links open on this computer', async () => {
    const { automatic } = await runInNetwork({}, 'network-visits.ts');
    expect(automatic).toMatchObject({ kind: 'no-network', host: '127.0.0.1', opens: true });
  });
});
