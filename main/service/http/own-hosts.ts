import type { IncomingMessage, RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { sendText } from './answer.ts';

/** Names that no name server of the internet can answer for (RFC 2606, 6761, 6762, 8375, ICANN's `.internal`). */
const LOCAL_NAMES = /(^|\.)(localhost|local|internal|lan|localdomain|home\.arpa)$/;

/**
 * Whether a `Host` can be this service's: an address, a name within the local network, or the one
 * of its public address. Any other name belongs to somebody who has it lead here, so that a page
 * of theirs could read what the visitor's browser can (DNS rebinding).
 */
export function isOwnHost(host: string, publicBaseUrl?: string): boolean {
  const url = URL.parse(`http://${host}`);
  if (url === null || url.username !== '' || url.pathname !== '/' || /[@/?#\\]/.test(host)) {
    return false;
  }
  const name = url.hostname.replace(/\.$/, '');
  if (publicBaseUrl !== undefined && name === new URL(publicBaseUrl).hostname) return true;
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  // A name of one part is found within the local network only.
  return !name.includes('.') || LOCAL_NAMES.test(name);
}

/** Answers 421 to whoever comes by a name that is not ours. Programs may leave `Host` out. */
export function onOwnHosts(handle: RequestListener, publicBaseUrl?: string): RequestListener {
  return (request, response) => {
    const { host } = request.headers;
    if (host === undefined || isOwnHost(host, publicBaseUrl)) return handle(request, response);
    sendText(
      response,
      421,
      'Open this link at the address that it was made with. Behind a proxy, this service is started with --public-url.\n',
      { Connection: 'close' },
    );
  };
}

/**
 * The origin that a request was sent to, such as `http://192.168.1.2:4180`; without a `Host` that a
 * command line can hold, the address that it arrived at.
 */
export function originOf({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): string {
  const { host = '' } = headers;
  if (/^[\w.:[\]-]+$/.test(host)) return `http://${host}`;
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  return `http://${address.includes(':') ? `[${address}]` : address}:${socket.localPort}`;
}
