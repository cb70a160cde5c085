import koffi from 'koffi';
import type { PollEntry } from './transfers.ts';

/**
 * Calls of the C library that Node lacks: Unix sockets that pass file descriptors, pipes, and waiting
 * for several of them at once. For Linux on x86-64 and arm64, whose structures are the same (`man 2
 * recvmsg`, `man 7 unix`). Loaded in a Wayland session only.
 */
const libc = koffi.load('libc.so.6');
const libcSocket = libc.func('int socket(int domain, int type, int protocol)');
const libcConnect = libc.func('int connect(int fd, void *address, uint32 length)');
const libcPoll = libc.func('int poll(void *entries, uint64 count, int timeout)');
const libcSendmsg = libc.func('int64 sendmsg(int fd, void *message, int flags)');
const libcRecvmsg = libc.func('int64 recvmsg(int fd, void *message, int flags)');
const libcPipe2 = libc.func('int pipe2(void *fds, int flags)');
const libcFcntl = libc.func('int fcntl(int fd, int command, int argument)');
const libcRead = libc.func('int64 read(int fd, void *buffer, uint64 count)');
const libcWrite = libc.func('int64 write(int fd, void *buffer, uint64 count)');
const libcClose = libc.func('int close(int fd)');

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const CLOEXEC = 0o2000000;
const NONBLOCK = 0o4000;
const F_SETFL = 4;
const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
const MSG_NOSIGNAL = 0x4000;
const MSG_CMSG_CLOEXEC = 0x40000000;
const EINTR = 4;
const EAGAIN = 11;

/** A call failed; `errno` as in errno.h. */
export class SystemCallError extends Error {
  override readonly name = 'SystemCallError';
  readonly errno: number;
  constructor(call: string) {
    const errno = koffi.errno();
    super(`${call} failed with errno ${errno}`);
    this.errno = errno;
  }
}

/** The longest path of a Unix socket, in bytes. */
const MAX_PATH_BYTES = 107;

/**
 * Connects to a Unix socket. Nothing blocks on it: what can't be done at once fails.
 * @throws SystemCallError
 */
export function connectUnix(path: string): number {
  const address = Buffer.alloc(2 + MAX_PATH_BYTES + 1);
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw new Error('the path of a socket is too long');
  address.writeUInt16LE(AF_UNIX);
  address.write(path, 2);
  const fd = checked('socket', libcSocket(AF_UNIX, SOCK_STREAM | CLOEXEC | NONBLOCK, 0));
  if (libcConnect(fd, address, address.byteLength) === 0) return fd;
  const error = new SystemCallError('connect');
  closeFd(fd);
  throw error;
}

/**
 * Waits until something can be done with one of them, and returns those descriptors.
 * @param timeoutMs -1: without limit
 * @throws SystemCallError
 */
export function poll(entries: readonly PollEntry[], timeoutMs: number): ReadonlySet<number> {
  // struct pollfd: int fd, short events, short revents.
  const list = Buffer.alloc(entries.length * 8);
  for (const [index, { fd, events }] of entries.entries()) {
    list.writeInt32LE(fd, index * 8);
    list.writeInt16LE(events, index * 8 + 4);
  }
  const count: number = libcPoll(list, entries.length, timeoutMs);
  if (count < 0 && koffi.errno() !== EINTR) throw new SystemCallError('poll');
  const ready = new Set<number>();
  if (count <= 0) return ready;
  for (let index = 0; index < entries.length; index += 1) {
    if (list.readInt16LE(index * 8 + 6) !== 0) ready.add(list.readInt32LE(index * 8));
  }
  return ready;
}

/** Descriptors that come with one call at most; a compositor sends one a message. */
const MAX_FDS = 28;
/** Receives what is read, which is then copied: as much as a pipe holds by default. */
const RECEIVED = Buffer.alloc(64 * 1024);
const CMSG_HEADER_BYTES = 16;

/** A `struct msghdr` with one part, and descriptors or room for them. */
function messageHeader(bytes: Buffer, control: Buffer, controlBytes: number): Buffer {
  const part = Buffer.alloc(16);
  part.writeBigUInt64LE(addressOf(bytes), 0);
  part.writeBigUInt64LE(BigInt(bytes.byteLength), 8);
  const header = Buffer.alloc(56);
  header.writeBigUInt64LE(addressOf(part), 16);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(controlBytes === 0 ? 0n : addressOf(control), 32);
  header.writeBigUInt64LE(BigInt(controlBytes), 40);
  // The part is reachable only by its address, so it has to live as long as the header.
  PARTS.set(header, part);
  return header;
}

const PARTS = new WeakMap<Buffer, Buffer>();

const addressOf = (buffer: Buffer): bigint => BigInt(koffi.address(buffer));

/**
 * Sends bytes, and copies of descriptors with them.
 * @throws SystemCallError, also if the other end takes no more now
 */
export function sendWithFds(fd: number, bytes: Buffer, fds: readonly number[]): void {
  const control = Buffer.alloc(CMSG_HEADER_BYTES + Math.ceil(fds.length / 2) * 8);
  if (fds.length > 0) {
    control.writeBigUInt64LE(BigInt(CMSG_HEADER_BYTES + fds.length * 4), 0);
    control.writeInt32LE(SOL_SOCKET, 8);
    control.writeInt32LE(SCM_RIGHTS, 12);
    for (const [index, each] of fds.entries()) {
      control.writeInt32LE(each, CMSG_HEADER_BYTES + index * 4);
    }
  }
  const header = messageHeader(bytes, control, fds.length === 0 ? 0 : control.byteLength);
  const sent = checked('sendmsg', libcSendmsg(fd, header, MSG_NOSIGNAL));
  if (sent < bytes.byteLength) sendWithFds(fd, bytes.subarray(sent), []);
}

/**
 * What came, at most 64 KiB; `undefined` if the other end is closed.
 * @throws SystemCallError
 */
export function receiveWithFds(
  fd: number,
): { readonly bytes: Buffer; readonly fds: readonly number[] } | undefined {
  const control = Buffer.alloc(CMSG_HEADER_BYTES + MAX_FDS * 4);
  const header = messageHeader(RECEIVED, control, control.byteLength);
  const length: number = libcRecvmsg(fd, header, MSG_CMSG_CLOEXEC);
  if (length < 0 && [EAGAIN, EINTR].includes(koffi.errno())) {
    return { bytes: Buffer.alloc(0), fds: [] };
  }
  if (checked('recvmsg', length) === 0) return undefined;
  const fds: number[] = [];
  const controlBytes = Number(header.readBigUInt64LE(40));
  for (let at = 0; at + CMSG_HEADER_BYTES <= controlBytes; ) {
    const end = at + Number(control.readBigUInt64LE(at));
    if (end < at + CMSG_HEADER_BYTES) break;
    for (let next = at + CMSG_HEADER_BYTES; next + 4 <= end; next += 4) {
      fds.push(control.readInt32LE(next));
    }
    at = (end + 7) & ~7;
  }
  return { bytes: Buffer.from(RECEIVED.subarray(0, length)), fds };
}

/** @param isWriterBlocking false: a write to a full pipe fails */
export function openPipe(isWriterBlocking = true): { readonly from: number; readonly to: number } {
  const fds = Buffer.alloc(8);
  checked('pipe2', libcPipe2(fds, CLOEXEC));
  const [from, to] = [fds.readInt32LE(0), fds.readInt32LE(4)];
  if (!isWriterBlocking) setNonBlocking(to);
  return { from, to };
}

export function setNonBlocking(fd: number): void {
  libcFcntl(fd, F_SETFL, NONBLOCK);
}

/**
 * Reads what is there, at most 64 KiB: `undefined` at the end.
 * @throws SystemCallError
 */
export function readFd(fd: number): Buffer | undefined {
  const length: number = libcRead(fd, RECEIVED, RECEIVED.byteLength);
  if (length < 0 && koffi.errno() === EINTR) return Buffer.alloc(0);
  return checked('read', length) === 0 ? undefined : Buffer.from(RECEIVED.subarray(0, length));
}

/**
 * Writes as much as is taken now, and gives how many bytes that were.
 * @throws SystemCallError, such as when nobody reads any more
 */
export function writeFd(fd: number, bytes: Uint8Array): number {
  const length: number = libcWrite(fd, bytes, bytes.byteLength);
  if (length < 0 && [EAGAIN, EINTR].includes(koffi.errno())) return 0;
  return checked('write', length);
}

export function closeFd(fd: number): void {
  libcClose(fd);
}

function checked(call: string, result: number): number {
  if (result < 0) throw new SystemCallError(call);
  return result;
}
