import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Endpoints } from './peer-owner.ts';

/** Longest answer looked at, in bytes, and how long it may take, in ms. */
const MAX_ANSWER_BYTES = 4_096;
const RESPONSE_TIMEOUT_MS = 1_000;

/**
 * The response of a server that knows the token (docs/api/linkify.md). The address and port at which
 * the server accepted the connection are part of it, so a response that another program relays
 * differs.
 */
export function challengeAnswer(
  token: string,
  nonce: string,
  at: { readonly address: string; readonly port: number },
): string {
  const address = at.address.replace(/^::ffff:/i, '');
  return createHmac('sha256', token)
    .update(`linkify-tray challenge 1\n${nonce}\n${address}\n${at.port}`)
    .digest('hex');
}

/**
 * Asks the program at the other end to prove that it knows the token, over the same connection, which
 * stays usable. The token itself is not sent. Never rejects: whatever is no proof is false.
 * @param path of the server below its address, with a slash at both ends
 */
export async function provesToken(
  socket: Socket,
  { remoteAddress, remotePort }: Endpoints,
  token: string,
  path: string,
): Promise<boolean> {
  const nonce = randomBytes(32).toString('hex');
  const host = remoteAddress.includes(':') ? `[${remoteAddress}]` : remoteAddress;
  socket.write(
    `GET ${path}.well-known/challenge?nonce=${nonce} HTTP/1.1\r\nHost: ${host}:${remotePort}\r\n\r\n`,
  );
  const answer = await answerOf(socket);
  const given = Buffer.from(answer ?? '');
  const right = Buffer.from(
    challengeAnswer(token, nonce, { address: remoteAddress, port: remotePort }),
  );
  return given.byteLength === right.byteLength && timingSafeEqual(given, right);
}

/** The body of a plain 200 with a length; `undefined` for everything else. */
function answerOf(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const end = (body: string | undefined): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('close', onClose).off('error', onClose);
      resolve(body);
    };
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('latin1');
      const [head = '', body] = text.split('\r\n\r\n', 2);
      if (text.length > MAX_ANSWER_BYTES) end(undefined);
      if (body === undefined) return;
      const length = /^content-length: *(\d{1,4})$/im.exec(head)?.[1];
      if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) end(undefined);
      else if (body.length >= Number(length))
        end(body.length === Number(length) ? body : undefined);
    };
    const onClose = (): void => end(undefined);
    const timer = setTimeout(onClose, RESPONSE_TIMEOUT_MS);
    socket.on('data', onData).once('close', onClose).once('error', onClose);
  });
}
