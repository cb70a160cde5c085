import { parseArgs } from 'node:util';
import { startService } from './start.ts';

const USAGE = `usage: npm run service -- --port N --data DIR [--token TOKEN] [--pages-port N] [--public-url URL] [--loopback]

  --port N         port of the API on 127.0.0.1; 0 takes a free one
  --data DIR       folder for shares and the token file
  --token TOKEN    the API's bearer token; made and kept in DIR without it
  --pages-port N   port of the share pages; the last one, or a free one, without it
  --public-url URL what links begin with, when a proxy stands in front
  --loopback       share pages open on this computer only

Prints one line of JSON: {"api": "http://127.0.0.1:N", "token": "..."}. Everything else goes to stderr.`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      token: { type: 'string' },
      'pages-port': { type: 'string', default: '0' },
      'public-url': { type: 'string' },
      loopback: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.data === undefined) {
    console.error(USAGE);
    process.exit(values.help ? 0 : 2);
  }
  const service = await startService({
    dataDir: values.data,
    apiPort: portOf(values.port),
    pagesPort: portOf(values['pages-port']),
    reach: values.loopback ? 'loopback' : 'network',
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(values['public-url'] === undefined ? {} : { publicBaseUrl: values['public-url'] }),
    log: (event) => console.error(JSON.stringify(event)),
  });
  const stop = (): void => {
    void service.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(JSON.stringify({ api: service.apiBaseUrl, token: service.token }));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new Error(`"${text}" is not a port.`);
  return port;
}
