import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { findMissing } from '../desktop/debian-packages.ts';
import { SetupProblem } from '../setup-problem.ts';
import { CEPH_PACKAGES, type Ceph, startCeph } from './ceph.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where test files ask for the Ceph that they share; `ceph-for-tests.ts` does. */
    readonly cephUrl: string;
  }
}

/**
 * Of a test run: one Ceph for all test files that need it, started when the first one asks. They are
 * processes of their own, so they ask over HTTP.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let starting: Promise<Ceph> | undefined;
  const server = createServer((_request, response) => {
    starting ??= start();
    starting.then(
      ({ endpoint, accessKeyId, secretAccessKey, config }) =>
        response.end(JSON.stringify({ endpoint, accessKeyId, secretAccessKey, config })),
      (error: unknown) => {
        response.statusCode = error instanceof SetupProblem ? 501 : 500;
        response.end(error instanceof Error ? error.message : String(error));
      },
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP port, so the address is neither a name nor null.
  const { port } = server.address() as AddressInfo;
  provide('cephUrl', `http://127.0.0.1:${port}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    await starting?.then(
      (ceph) => ceph.close(),
      () => undefined,
    );
  };
}

async function start(): Promise<Ceph> {
  const missing = await findMissing(CEPH_PACKAGES);
  if (missing.length > 0) {
    throw new SetupProblem(`Debian packages are missing: ${missing.flat().join(' ')}`);
  }
  console.log('Starting Ceph, an S3 server (takes 13 s) ...');
  return await startCeph();
}
