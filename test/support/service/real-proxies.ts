import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Real proxies in front of share pages, each on a port of its own. */

export interface ProxyOptions {
  readonly port: number;
  /** Where the pages are. */
  readonly pagesPort: number;
  /** Path of the public URL as text, not percent-encoded, such as `/my links`. */
  readonly path: string;
  /** Whether the proxy takes the path away from what it asks for. */
  readonly strips: boolean;
}

export interface RealProxy {
  readonly name: string;
  readonly program: string;
  /** Starts it and answers how to stop it. */
  start(options: ProxyOptions): Promise<() => Promise<void>>;
}

const nginx: RealProxy = {
  name: 'nginx',
  program: '/usr/sbin/nginx',
  start: (options) =>
    startProxy(
      options.port,
      async (folder) => {
        const { port, pagesPort, path, strips } = options;
        const config = join(folder, 'nginx.conf');
        const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
          .map((name) => `${name}_temp_path ${folder}/${name};`)
          .join('\n');
        await writeFile(
          config,
          `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http {
access_log off;
${temporary}
server {
  listen 127.0.0.1:${port};
  location "${path}/" {
    proxy_pass http://127.0.0.1:${pagesPort}${strips ? '/' : ''};
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_buffering off;
    client_max_body_size 0;
    proxy_request_buffering off;
  }
}
}
`,
        );
        return ['-p', folder, '-e', join(folder, 'error.log'), '-c', config];
      },
      nginx.program,
    ),
};

const caddy: RealProxy = {
  name: 'Caddy',
  program: '/usr/bin/caddy',
  start: (options) =>
    startProxy(
      options.port,
      async (folder) => {
        const { port, pagesPort, path, strips } = options;
        const config = join(folder, 'Caddyfile');
        await writeFile(
          config,
          `{
	admin off
	auto_https off
}
http://127.0.0.1:${port} {
	${strips ? 'handle_path' : 'handle'} "${path}/*" {
		reverse_proxy 127.0.0.1:${pagesPort} {
			flush_interval -1
		}
	}
}
`,
        );
        return ['run', '--config', config, '--adapter', 'caddyfile'];
      },
      caddy.program,
    ),
};

export const REAL_PROXIES: readonly RealProxy[] = [nginx, caddy];

export const isInstalled = ({ program }: RealProxy): boolean => existsSync(program);

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a proxy and waits for its port.
 * @param configure writes its files to the folder, and answers its arguments
 * @returns how to stop it
 */
export async function startProxy(
  port: number,
  configure: (folder: string) => Promise<readonly string[]>,
  program: string,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'linkify-proxy-'));
  const args = await configure(folder);
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const orphaned = (): void => void child.kill('SIGKILL');
  process.once('exit', orphaned);
  const gone = once(child, 'exit');
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
  }
  return async () => {
    child.kill('SIGTERM');
    await gone;
    process.off('exit', orphaned);
    await rm(folder, { recursive: true, force: true });
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => setTimeout(() => resolve(false), 50));
  });
}
