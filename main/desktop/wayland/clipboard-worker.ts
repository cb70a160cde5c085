import {
  type MessagePort,
  parentPort,
  receiveMessageOnPort,
  workerData,
} from 'node:worker_threads';
import { ClipboardService, type FromWorker, type Request } from './clipboard-service.ts';
import {
  closeFd,
  connectUnix,
  openPipe,
  poll,
  readFd,
  receiveWithFds,
  sendWithFds,
  setNonBlocking,
  writeFd,
} from './libc.ts';
import { READABLE } from './transfers.ts';
import { MessageSplitter } from './wire.ts';
import { CLOSING, WAKE_FD, type WorkerData } from './worker-data.ts';

// A thread that waits for the compositor, for programs that read or write, and for requests, all in one
// `poll`: it uses no processor time while nothing happens.

function run(port: MessagePort, { path, shared }: WorkerData): void {
  const wake = openPipe(false);
  // The main thread closes this end, and only after this thread has ended: its number is not reused.
  Atomics.store(shared, WAKE_FD, wake.to);
  const post = (message: FromWorker): void =>
    message.kind === 'answer' && message.answer instanceof Uint8Array
      ? port.postMessage(message, [message.answer.buffer as ArrayBuffer])
      : port.postMessage(message);
  let socket = -1;
  let hasEnded = false;
  try {
    socket = connectUnix(path);
    const connected = socket;
    const service = new ClipboardService({
      transmit: ({ bytes, fds }) => sendWithFds(connected, bytes, fds),
      post(message) {
        hasEnded ||= message.kind === 'ended' || message.kind === 'unavailable';
        post(message);
      },
      openPipe,
      calls: { readFd, writeFd, setNonBlocking, closeFd },
      now: () => performance.now(),
    });
    const splitter = new MessageSplitter();
    const fds: number[] = [];
    service.start();
    while (!hasEnded && Atomics.load(shared, CLOSING) === 0) {
      const entries = [wake.from, connected].map((fd) => ({ fd, events: READABLE }));
      const ready = poll(
        [...entries, ...service.transfers.entries()],
        service.transfers.timeoutMs(),
      );
      if (ready.has(wake.from)) readFd(wake.from);
      for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
        // Only our own client has the other end.
        service.request(next.message as Request);
      }
      if (ready.has(connected)) {
        const received = receiveWithFds(connected);
        if (received === undefined) throw new Error('the compositor is gone');
        fds.push(...received.fds);
        for (const message of splitter.push(received.bytes)) {
          service.handle(message, () => fds.shift());
        }
      }
      service.transfers.advance(ready);
    }
    service.transfers.close();
  } catch (error) {
    post({ kind: 'ended', reason: String(error) });
  } finally {
    if (socket >= 0) closeFd(socket);
    closeFd(wake.from);
  }
}

if (parentPort !== null) run(parentPort, workerData as WorkerData);
