import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ListenerLimits } from './listener-limits.ts';
import { sendText } from './response.ts';

/** What a request must bring in a second, once its first `requestMs` are over. In bytes. */
const BODY_BYTES_PER_S = 64 * 1024;

/**
 * Ends a request whose body drips, with 408. A body that goes on after its answer is waited for
 * shortly, so that the answer is read, and then cut off.
 */
export function limitReceiving(
  request: IncomingMessage,
  response: ServerResponse,
  limits: Pick<ListenerLimits, 'requestMs' | 'keepAliveMs'>,
): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  // Without a body it is here already.
  if (length === undefined && chunked === undefined) return;
  const { socket } = request;
  const bytesBefore = socket.bytesRead;
  const startedAt = performance.now();

  const look = (): void => {
    if (request.complete) return;
    const bytes = socket.bytesRead - bytesBefore;
    const allowedMs = limits.requestMs + (bytes / BODY_BYTES_PER_S) * 1_000;
    const leftMs = allowedMs - (performance.now() - startedAt);
    if (leftMs > 0) {
      timer = setTimeout(look, Math.ceil(leftMs)).unref();
    } else if (response.headersSent) {
      socket.destroy();
    } else {
      sendText(response, 408, 'Request timeout.', { Connection: 'close' });
    }
  };
  let timer = setTimeout(look, limits.requestMs).unref();
  response.once('close', () => {
    clearTimeout(timer);
    if (request.complete || socket.destroyed) return;
    timer = setTimeout(() => {
      if (!request.complete) socket.destroy();
    }, limits.keepAliveMs).unref();
    // An answered request is not always told of its connection's end.
    const stop = (): void => {
      clearTimeout(timer);
      socket.off('close', stop);
    };
    socket.once('close', stop);
    request.once('close', stop);
  });
}

/** So many times `answerMs` a reader may pause, as long as nobody else needs its connection. */
const PAUSE_ROUNDS = 5;

/**
 * Watches a reader that takes next to nothing of a long answer, however often it takes it: it has
 * paused, and is cut off when it goes on so for long. An answer that is being made, so that
 * nothing waits for the reader, may take its time.
 * @param onPaused told each round that it has paused, and when it reads on
 */
export function limitAnswering(
  response: ServerResponse,
  limits: Pick<ListenerLimits, 'answerMs' | 'answerBytes'>,
  onPaused: (isPaused: boolean) => void,
): void {
  const { socket } = response;
  if (socket === null) return;
  const taken = (): number => socket.bytesWritten - socket.writableLength;
  let before = taken();
  let hadToWait = false;
  let rounds = 0;
  const timer = setInterval(() => {
    const now = taken();
    const waits = socket.writableLength > 0;
    const isPaused = waits && hadToWait && now - before < limits.answerBytes;
    if (isPaused || rounds > 0) onPaused(isPaused);
    rounds = isPaused ? rounds + 1 : 0;
    if (rounds === PAUSE_ROUNDS) cutOff(socket);
    before = now;
    hadToWait = waits;
  }, limits.answerMs).unref();
  response.once('close', () => clearInterval(timer));
}

/**
 * Ends a connection at once. What its reader did not take is dropped: after an ordinary end the
 * system would hold on to some megabytes of it for minutes.
 */
export function cutOff(socket: Socket): void {
  if (socket.writableLength > 0) socket.resetAndDestroy();
  else socket.destroy();
}
