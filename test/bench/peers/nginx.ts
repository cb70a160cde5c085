import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/service/real-proxies.ts';
import { TEXT } from '../server/create.ts';
import { UNIQUE } from '../server/load.ts';
import { browserRequest } from '../server/open.ts';
import { endProcess, newFolder } from '../server/subjects.ts';
import { PAGE_TEXT, type Setup, untilOpen } from './peer.ts';

const PROGRAM = '/usr/sbin/nginx';

/** Plain files: PUT creates one (WebDAV), GET sends it. No server that makes pages is faster. */
export async function setUpNginx(): Promise<Setup> {
  if (!existsSync(PROGRAM)) {
    return { skipped: `nginx: not installed at ${PROGRAM} (Debian package nginx-light)` };
  }
  const folder = await newFolder();
  const root = join(folder, 'root');
  await mkdir(root);
  await writeFile(join(root, 'raw.txt'), PAGE_TEXT);
  await writeFile(
    join(root, 'page.html'),
    `<!doctype html><meta charset="utf-8"><title>bench</title><pre>${PAGE_TEXT}</pre>`,
  );
  const port = await freePort();
  const config = join(folder, 'nginx.conf');
  await writeFile(config, configOf(folder, root, port));
  const child = spawn(PROGRAM, ['-p', folder, '-e', join(folder, 'error.log'), '-c', config], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilOpen(port, child);
  const target = (path: string) => ({ port, request: browserRequest([path]) });
  return {
    peer: {
      name: 'nginx, plain files',
      targets: {
        create: {
          port,
          request: { method: 'PUT', paths: [`/new/${UNIQUE}`], headers: {}, body: TEXT },
        },
        page: target('/page.html'),
        raw: target('/raw.txt'),
      },
      async end() {
        // The master ends its workers, which a SIGKILL would leave behind.
        await endProcess(child, 'SIGTERM');
        await rm(folder, { recursive: true, force: true });
      },
    },
  };
}

function configOf(folder: string, root: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join('\n');
  return `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; worker_processes 2; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
access_log off;
types { text/html html; text/plain txt; }
keepalive_requests 1000000000;
${temporary}
server {
  listen 127.0.0.1:${port};
  root ${root};
  location /new/ { dav_methods PUT; create_full_put_path on; }
}
}
`;
}
