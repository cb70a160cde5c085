import { expect, test } from 'vitest';
import { LinkifyError, type LinkifyFault } from '../../../main/linkify/errors.ts';
import type { ServerExtensions } from '../../../main/linkify/model.ts';
import { reportFaults } from '../../../main/targets/report-faults.ts';
import { fakeClient } from '../../support/fakes.ts';

const stranger: LinkifyFault = { kind: 'unverified-peer', port: 1, uid: 1001 };

test.each([
  ['the API', (client: ReturnType<typeof fakeClient>) => client.revoke('a')],
  ['our own server', (client: ReturnType<typeof fakeClient>) => client.own.close('a')],
])('the fault of a call of %s is told, and reaches the caller', async (_, call) => {
  const fail = async (): Promise<never> => {
    throw new LinkifyError(stranger);
  };
  const faults: LinkifyFault[] = [];
  const own = { close: fail } as unknown as ServerExtensions;
  const client = reportFaults(fakeClient({ revoke: fail, own }), (fault) => faults.push(fault));
  await expect(call(client)).rejects.toMatchObject({ fault: stranger });
  expect(faults).toEqual([stranger]);
});
