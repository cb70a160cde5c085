import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PostgresDatabase } from '../../main/server/store/sql/postgres-database.ts';
import { selfSigned } from '../support/self-signed.ts';
import { PostgresServer, postgresProblem } from '../support/service/postgres-server.ts';
import { CLI, NODE } from '../support/service/process.ts';
import { get, startTestService, textSeed } from '../support/service/run.ts';

/** Connections to PostgreSQL with TLS. Its certificate is for `localhost`. */

const why = postgresProblem === undefined ? '' : `: ${postgresProblem}`;

describe.skipIf(postgresProblem !== undefined)(`TLS to PostgreSQL${why}`, () => {
  let folder = '';
  let postgres: PostgresServer;
  let database = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linkify-tls-'));
    const tls = selfSigned();
    await writeFile(join(folder, 'right.pem'), tls.cert);
    await writeFile(join(folder, 'wrong.pem'), selfSigned().cert);
    postgres = await PostgresServer.start(tls);
    database = await postgres.createDatabase();
  });
  afterAll(async () => {
    await postgres.end();
    await rm(folder, { recursive: true });
  });

  const urlOf = (host: string, mode: string, roots?: string): string =>
    `${database.replace('127.0.0.1', host)}?sslmode=${mode}${
      roots === undefined ? '' : `&sslrootcert=${join(folder, roots)}`
    }`;

  test.each([
    ['disable', '127.0.0.1', undefined, false],
    ['require', '127.0.0.1', undefined, true],
    ['verify-full', 'localhost', 'right.pem', true],
  ])('%s', async (mode, host, roots, isEncrypted) => {
    const connected = await PostgresDatabase.open({ url: urlOf(host, mode, roots) });
    const row = await connected.get<{ readonly ssl: boolean }>(
      'select ssl from pg_stat_ssl where pid = pg_backend_pid()',
    );
    await connected.close();
    expect(row?.ssl).toBe(isEncrypted);
  });

  test('a server shares over it', async () => {
    const running = await startTestService({
      database: { url: urlOf('localhost', 'verify-full', 'right.pem') },
    });
    const { link } = await running.api.share(textSeed('over TLS'));
    expect((await get(`${link}/raw`)).text).toBe('over TLS');
    await running.end();
  });

  test.each([
    ['another authority', 'localhost', 'wrong.pem', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ["Node's authorities only", 'localhost', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['another host', '127.0.0.1', 'right.pem', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('verify-full refuses the certificate of %s, and --check says so', (_, host, roots, code) => {
    const { status, stdout, stderr } = spawnSync(NODE, [CLI, '--data', folder, '--check'], {
      env: { ...process.env, LINKIFY_DATABASE: urlOf(host, 'verify-full', roots) },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(code);
  });
});
