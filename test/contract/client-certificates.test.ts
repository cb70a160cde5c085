import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, rootCertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { checkLink } from '../../main/linkify/check-link.ts';
import { createLinkifyClient } from '../../main/linkify/client.ts';
import { startScriptedService } from '../support/scripted-service.ts';
import { selfSigned } from '../support/self-signed.ts';
import { NODE } from '../support/service/process.ts';

/** Servers with TLS, whose authority may be known to the system only. */

const MODULE = join(import.meta.dirname, '../../main/linkify/client.ts');
const DEBIAN_FILE = '/etc/ssl/certs/ca-certificates.crt';
/** Runs a program with another file in that place, for itself only. */
const WITH_FILE = [
  ...['--mount', '--map-root-user', 'sh', '-c'],
  `mount --bind "$1" ${DEBIAN_FILE} && shift && exec "$@"`,
  'sh',
];
const canReplace = spawnSync('unshare', [...WITH_FILE, DEBIAN_FILE, 'true']).status === 0;
const why = canReplace ? '' : `: ${DEBIAN_FILE} is missing, or mount namespaces are`;

describe.skipIf(process.platform !== 'linux')('root certificates of the system, on Linux', () => {
  const tls = selfSigned();
  const before = process.env.SSL_CERT_FILE;
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linkify-roots-'));
    process.env.SSL_CERT_FILE = join(folder, 'roots.pem');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env.SSL_CERT_FILE;
    else process.env.SSL_CERT_FILE = before;
    await rm(folder, { recursive: true });
  });
  const trustSystem = (content: string) => writeFile(join(folder, 'roots.pem'), content);

  async function startServer() {
    const { baseUrl, requests, close } = await startScriptedService(
      { 'HEAD /s/1': { status: 200 } },
      { tls },
    );
    const url = baseUrl.replace('127.0.0.1', 'localhost');
    const client = createLinkifyClient({ baseUrl: url, appVersion: '0.1.0', platform: 'linux' });
    onTestFinished(async () => {
      client.close();
      await close();
    });
    return {
      url,
      client,
      requests,
      check: () => checkLink(`${url}/s/1`, { method: 'HEAD', ownOrigins: [url] }),
    };
  }

  test.each([
    ['among others', `# Ours\n${rootCertificates[0]}\n${tls.cert}`],
    ['after a damaged one', `${tls.cert.replace(/\n.{9}/, '\n')}\n${tls.cert}`],
  ])('an authority %s is trusted, also when a link is checked', async (_, roots) => {
    await trustSystem(roots);
    const { client, check } = await startServer();
    await client.shares();
    expect(await check()).toBe('opens');
  });

  test.each([
    ['another authority', selfSigned().cert],
    ['no certificate', 'damaged'],
    ['no file', undefined],
  ])('a server is refused with %s there, and gets no request', async (_, roots) => {
    if (roots !== undefined) await trustSystem(roots);
    const { client, check, requests } = await startServer();
    await expect(client.shares()).rejects.toMatchObject({
      fault: { kind: 'untrusted-certificate' },
    });
    expect(await check()).toBe('unknown');
    expect(requests).toEqual([]);
  });

  test('an authority that is added later is trusted without a restart', async () => {
    const { client } = await startServer();
    await expect(client.shares()).rejects.toThrow();
    await trustSystem(tls.cert);
    await client.shares();
  });

  test("the runtime's own are trusted, too", async () => {
    const own = getCACertificates('default');
    onTestFinished(() => setDefaultCACertificates(own));
    setDefaultCACertificates([tls.cert]);
    await trustSystem("# none but the runtime's");
    const { client } = await startServer();
    await client.shares();
  });

  test.skipIf(!canReplace)(`the distribution's are trusted if no file is named${why}`, async () => {
    await trustSystem(tls.cert);
    const { url, requests } = await startServer();
    const options = JSON.stringify({ baseUrl: url, appVersion: '0.1.0', platform: 'linux' });
    const script = `
      import { createLinkifyClient } from ${JSON.stringify(MODULE)};
      const client = createLinkifyClient(${options});
      await client.shares();
      client.close();`;
    const node = [NODE, '--input-type=module', '--eval', script];
    await promisify(execFile)('unshare', [...WITH_FILE, join(folder, 'roots.pem'), ...node], {
      env: { ...process.env, SSL_CERT_FILE: '', NODE_EXTRA_CA_CERTS: '' },
    });
    expect(requests).not.toEqual([]);
  });
});
