import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Location } from '../../../main/server/store/blobs/s3-location.ts';
import { selfSigned } from '../self-signed.ts';
import { PostgresServer } from './postgres-server.ts';
import { CLI, NODE, type ServiceProcess, spawnService } from './process.ts';
import { freePort, startProxy } from './real-proxies.ts';

export const NGINX = '/usr/sbin/nginx';
const ROOT = join(import.meta.dirname, '../../..');

/** Two server processes on one PostgreSQL and one bucket, behind nginx with TLS, below a path. */
export interface Team {
  /** Such as `https://localhost:4443/links`; the API is at `/api` below. */
  readonly url: string;
  /** File with the certificate of nginx, which is its own root. */
  readonly certificateFile: string;
  readonly servers: readonly ServiceProcess[];
  /** `users` of the command line: answers what it printed. */
  users(...args: readonly string[]): string;
  end(): Promise<void>;
}

export async function startTeam(location: S3Location): Promise<Team> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-team-'));
  const postgres = await PostgresServer.start();
  const database = await postgres.createDatabase();
  const port = await freePort();
  const url = `https://localhost:${port}/links`;
  process.env.AWS_ACCESS_KEY_ID = location.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = location.secretAccessKey;
  const { bucket, endpoint, region } = location;
  const options = [
    ...['--token', randomBytes(32).toString('base64url'), '--trust-proxy', '127.0.0.1'],
    ...['--public-url', url, '--api-public', `${url}/api`, '--database', database],
    ...['--blobs', `s3://${bucket}/team?endpoint=${endpoint}&region=${region}`],
  ];
  const dataDirs = ['one', 'two'].map((name) => join(folder, name));
  const servers: ServiceProcess[] = [];
  for (const dataDir of dataDirs) {
    await mkdir(dataDir, { mode: 0o700 });
    servers.push(await spawnService(dataDir, options));
  }
  const certificateFile = join(folder, 'cert.pem');
  const { key, cert } = selfSigned();
  await writeFile(certificateFile, cert);
  await writeFile(join(folder, 'key.pem'), key);
  const stopProxy = await startProxy(
    port,
    async (own) => {
      const config = join(own, 'nginx.conf');
      await writeFile(config, await configOf({ own, folder, port, servers }));
      return ['-p', own, '-e', join(own, 'error.log'), '-c', config];
    },
    NGINX,
  );
  return {
    url,
    certificateFile,
    servers,
    users: (...args) =>
      execFileSync(
        NODE,
        [CLI, 'users', ...args, '--data', dataDirs[0] ?? '', '--database', database],
        { encoding: 'utf8' },
      ).trim(),
    async end() {
      await stopProxy();
      for (const server of servers) await server.kill('SIGKILL');
      await postgres.end();
      await rm(folder, { recursive: true, force: true });
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
    },
  };
}

interface ProxyPlaces {
  /** Folder of nginx itself; of the certificate. */
  readonly own: string;
  readonly folder: string;
  readonly port: number;
  readonly servers: readonly ServiceProcess[];
}

/** The file that users are given, with our ports and paths. */
async function configOf({ own, folder, port, servers }: ProxyPlaces): Promise<string> {
  const given = await readFile(join(ROOT, 'assets/self-hosting/nginx.conf'), 'utf8');
  const both = (ports: readonly string[]): string =>
    ports.map((one) => `server 127.0.0.1:${one};`).join(' ');
  const pages = servers.map(
    (server) => /"event":"pages-open".*?"port":(\d+)/.exec(server.log())?.[1] ?? '',
  );
  const site = given
    .replace('server 127.0.0.1:4100;', both(servers.map(({ baseUrl }) => new URL(baseUrl).port)))
    .replace('server 127.0.0.1:4180;', both(pages))
    .replace('listen 80;', `listen unix:${own}/http;`)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replaceAll('share.example.com;', 'localhost;')
    .replace(/ssl_certificate .*;/, `ssl_certificate ${folder}/cert.pem;`)
    .replace(/ssl_certificate_key .*;/, `ssl_certificate_key ${folder}/key.pem;`)
    // On another port than 443.
    .replace('Host $host', 'Host $http_host')
    .replace('location /api/ {', 'location /links/api/ {')
    .replace('location / {', 'location /links/ {');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${own}/${name};`)
    .join('\n');
  return `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; master_process off; pid ${own}/pid; error_log ${own}/error.log;
events {}
http {
${temporary}
${site}
}
`;
}
