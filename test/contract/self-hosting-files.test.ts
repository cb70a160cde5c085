import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { validate } from 'dockerfile-utils';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { USAGE } from '../../main/server/cli-options.ts';
import { get, startTestService, textSeed } from '../support/service/run.ts';

/** The files in assets/self-hosting, as far as the programs that read them can be asked here. */

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'assets/self-hosting');
const run = promisify(execFile);
const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'linkify-self-hosting-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** A test that a program does; skipped where it isn't installed. */
const withProgram = (path: string, name: string, task: () => Promise<void>): void =>
  test.skipIf(!existsSync(path))(`${name} (needs ${path})`, task);

// biome-ignore lint/suspicious/noExplicitAny: the tests look into parsed files freely
function parseYaml(name: string): any {
  const warnings: Error[] = [];
  // Throws where a key is there twice, among others.
  const document = load(read(name), { filename: name, onWarning: (one) => warnings.push(one) });
  expect(warnings, name).toEqual([]);
  return document;
}

describe('the container file', () => {
  const text = read('Containerfile');

  test('has nothing that its linter complains about', () => {
    expect(
      validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`),
    ).toEqual([]);
    expect(validate(text.replace('COPY . .', 'COPY . '))).not.toEqual([]);
  });

  test('ends as a user without rights, with only the installed package', () => {
    const last = text.slice(text.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect([...last.matchAll(/^(?:COPY|ADD) .*$/gm)].map(([line]) => line)).toEqual([
      'COPY --from=build /opt/linkify /opt/linkify',
    ]);
  });
});

describe('the compose file', () => {
  const compose = parseYaml('compose.yml');
  const services = Object.entries<Record<string, unknown>>(compose.services);
  const namesIn = (value: unknown): readonly string[] =>
    Array.isArray(value) ? value.map(String) : Object.keys(value ?? {});

  test('names nothing that it does not define', () => {
    for (const [name, { secrets, networks, depends_on, volumes }] of services) {
      for (const secret of namesIn(secrets)) expect(compose.secrets, name).toHaveProperty(secret);
      for (const net of namesIn(networks)) expect(compose.networks, name).toHaveProperty(net);
      for (const other of namesIn(depends_on)) expect(compose.services, name).toHaveProperty(other);
      for (const volume of namesIn(volumes)) {
        const [source = ''] = volume.split(':');
        if (source.startsWith('./')) expect(existsSync(join(FOLDER, source))).toBe(true);
        else expect(compose.volumes, name).toHaveProperty(source);
      }
    }
  });

  test('keeps every file system read-only, and opens ports for the proxy alone', () => {
    for (const [name, service] of services) {
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
    }
    expect(services.flatMap(([name, { ports }]) => (ports ? [name] : []))).toEqual(['caddy']);
  });

  test('has the server trust the address of the proxy, on a network without others', () => {
    const address = compose.services.caddy.networks.proxy.ipv4_address;
    expect(compose.services.linkify.environment.LINKIFY_TRUST_PROXY).toBe(address);
    const [{ subnet }] = compose.networks.proxy.ipam.config;
    expect(address.split('.').slice(0, 3)).toEqual(subnet.split('.').slice(0, 3));
  });
});

describe('variables', () => {
  const names = readdirSync(FOLDER)
    .filter((name) => name !== 'Caddyfile')
    .flatMap((name) => {
      // The proxy's own, which compose.yml hands to the Caddyfile.
      const own = /^LINKIFY_(DOMAIN|API|PAGES)$/;
      const found = read(name).matchAll(/\b(?:LINKIFY|AWS)_[A-Z_]+[A-Z]\b/g);
      return [...found].map(([variable]) => variable).filter((variable) => !own.test(variable));
    });
  const forClient = ['AWS_DEFAULT_REGION', 'AWS_ENDPOINT_URL'];

  test('are those that the server knows', () => {
    expect(names.length).toBeGreaterThan(10);
    const known = (variable: string): boolean => {
      const option = variable.replace('LINKIFY_', '').replaceAll('_', '-').toLowerCase();
      return variable.startsWith('LINKIFY_')
        ? USAGE.includes(`(${variable}`) && USAGE.includes(`--${option}`)
        : USAGE.includes(variable.replace('_FILE', ''));
    };
    expect(names.filter((name) => !forClient.includes(name) && !known(name))).toEqual([]);
  });
});

describe('the proxies', () => {
  withProgram('/usr/bin/caddy', 'the Caddyfile is valid', async () => {
    const { stderr } = await run(
      'caddy',
      ['validate', '--config', join(FOLDER, 'Caddyfile'), '--adapter', 'caddyfile'],
      { env: { ...process.env, LINKIFY_DOMAIN: 'share.example.com', HOME: scratch } },
    );
    expect(stderr).not.toContain('"level":"warn"');
  });

  withProgram('/usr/sbin/nginx', "nginx's configuration is valid", async () => {
    const [key, certificate] = [join(scratch, 'key.pem'), join(scratch, 'certificate.pem')];
    const subject = ['-subj', '/CN=share.example.com', '-nodes', '-days', '1'];
    const files = ['-keyout', key, '-out', certificate];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files]);
    const own = read('nginx.conf')
      .replace('/etc/letsencrypt/live/share.example.com/privkey.pem', key)
      .replace('/etc/letsencrypt/live/share.example.com/fullchain.pem', certificate);
    expect(own).not.toContain('letsencrypt');
    const config = join(scratch, 'nginx.conf');
    await writeFile(config, `pid ${scratch}/pid;\nevents {}\nhttp {\n${own}\n}\n`);
    const { stderr } = await run('/usr/sbin/nginx', ['-t', '-c', config, '-e', 'stderr']);
    expect(stderr).toContain('test is successful');
    // nginx 1.25.1 and newer have another directive, which older ones don't know.
    const warnings = stderr.split('\n').filter((line) => line.includes('[warn]'));
    expect(warnings.filter((line) => !line.includes('"listen ... http2"'))).toEqual([]);
  });
});

describe('the systemd unit', () => {
  /** The unit as it's installed, for a program that is on this machine. */
  async function installUnit(dropIn: string): Promise<string> {
    const folder = await mkdtemp(join(scratch, 'units-'));
    const unit = join(folder, 'linkify-tray-server.service');
    const text = read('linkify-tray-server.service');
    await writeFile(unit, text.replace('/opt/linkify/bin/linkify-tray-server', process.execPath));
    await mkdir(`${unit}.d`);
    await writeFile(join(`${unit}.d`, 'team.conf'), dropIn);
    return unit;
  }
  /** What systemd says about it, an empty text if that is nothing. */
  const verify = async (unit: string): Promise<string> => {
    const said = await run('systemd-analyze', ['--man=no', 'verify', unit]).catch((error) => error);
    return `${said.stdout}${said.stderr}`;
  };

  withProgram('/usr/bin/systemd-analyze', 'is valid, with the drop-in for teams', async () => {
    expect(await verify(await installUnit(read('team.conf')))).toBe('');
    expect(await verify(await installUnit('[Service]\nNoSuchSetting=1\n'))).toContain('NoSuch');
  });

  withProgram('/usr/bin/systemd-analyze', 'restricts what the server can do', async () => {
    const unit = await installUnit('');
    // Exposure from 0 to 10.0; above the threshold, in tenths, it fails.
    await run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', unit]);
  });
});

describe('monitoring', () => {
  /** Names and labels of all figures that a server with one share reports. */
  async function reportedMetrics(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const running = await startTestService();
    const { link } = await running.api.share(textSeed('watched'));
    await get(link);
    const { text } = await running.api.call('GET', '/metrics');
    await running.end();
    const metrics = new Map<string, Set<string>>();
    for (const [, name = '', labels = ''] of text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? /gm)) {
      const known = metrics.get(name) ?? new Set(['instance', 'job']);
      for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
      metrics.set(name, known);
    }
    return metrics;
  }

  /** What is wrong with the names and labels in a query. */
  function problemsOf(
    query: string,
    metrics: ReadonlyMap<string, ReadonlySet<string>>,
  ): readonly string[] {
    const used = [...query.matchAll(/\b((?:linkify|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
    const labels = new Set(used.flatMap(([, name = '']) => [...(metrics.get(name) ?? [])]));
    const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(',').map((label) => label.trim()),
    );
    return [
      ...used.flatMap(([, name = '', filter = '']) => [
        ...(metrics.has(name) ? [] : [`${name} isn't reported`]),
        ...[...filter.matchAll(/(\w+)[=!]/g)].flatMap(([, label = '']) =>
          metrics.get(name)?.has(label) ? [] : [`${name} has no label ${label}`],
        ),
      ]),
      ...grouped.filter((label) => !labels.has(label)).map((label) => `${query}: no ${label}`),
    ];
  }

  test('the dashboard and the alerts use figures and labels that the server reports', async () => {
    const metrics = await reportedMetrics();
    const dashboard = JSON.parse(read('grafana-dashboard.json'));
    const panels: { targets: { expr: string }[] }[] = dashboard.panels;
    const shown = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    const variables = dashboard.templating.list.flatMap(
      ({ definition }: { definition?: string }) => definition ?? [],
    );
    const alerts = parseYaml('alerts.yml').groups.flatMap(
      ({ rules }: { rules: { expr: string }[] }) => rules.map(({ expr }) => expr),
    );
    const queries: string[] = [...shown, ...variables, ...alerts];
    expect(queries.length).toBeGreaterThan(15);
    expect(queries.flatMap((query) => problemsOf(query, metrics))).toEqual([]);
    // Everything of ours can be seen.
    const own = [...metrics.keys()].filter((name) => /^linkify_.*(?<!_sum|_count)$/.test(name));
    expect(own.filter((name) => !shown.some((query) => query.includes(name)))).toEqual([]);
  });

  test('panels of the dashboard have ids of their own, and cover no other', () => {
    const { panels } = JSON.parse(read('grafana-dashboard.json'));
    const cells = new Set<string>();
    for (const { gridPos } of panels) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(x).toBeLessThan(24);
          expect(cells.has(`${x} ${y}`)).toBe(false);
          cells.add(`${x} ${y}`);
        }
      }
    }
    expect(new Set(panels.map(({ id }: { id: number }) => id)).size).toBe(panels.length);
  });

  test('the configuration of Prometheus is YAML, and loads the alerts', () => {
    expect(parseYaml('prometheus.yml').rule_files).toEqual(['alerts.yml']);
  });

  withProgram('/usr/bin/promtool', 'Prometheus accepts its configuration and alerts', async () => {
    const config = join(scratch, 'prometheus.yml');
    await writeFile(join(scratch, 'linkify-token'), 'x'.repeat(40));
    await writeFile(join(scratch, 'alerts.yml'), read('alerts.yml'));
    const own = read('prometheus.yml').replace('/etc/prometheus/', `${scratch}/`);
    await writeFile(config, own);
    await run('promtool', ['check', 'config', config]);
    // The figures themselves, as Prometheus parses and judges them; not those of prom-client.
    const running = await startTestService();
    const { text } = await running.api.call('GET', '/metrics');
    await running.end();
    const checked = run('promtool', ['check', 'metrics']);
    checked.child.stdin?.end(text.replaceAll(/^(?!.*\blinkify_).*\n/gm, ''));
    expect((await checked).stderr).toBe('');
  });
});
