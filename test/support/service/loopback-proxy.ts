import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network in between: passes bytes on to a port of this computer until it is cut or hangs. */
export class LoopbackProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #targets = new Set<Socket>();
  #isHanging = false;
  #isDelaying = false;
  #isCut = false;
  /** What the next connections may still bring from the target before they end, in bytes. */
  #allowedBytes = Number.POSITIVE_INFINITY;

  private constructor(targetPort: number) {
    this.#server = createServer((client) => {
      if (this.#isCut) {
        client.destroy();
        return;
      }
      const target = connect(targetPort, '127.0.0.1');
      this.#join(client, target);
      this.#join(target, client);
      target.on('data', ({ length }) => this.#count(length));
      this.#targets.add(target);
      target.once('close', () => this.#targets.delete(target));
      if (this.#isDelaying) target.pause();
    });
  }

  static async start(targetPort: number): Promise<LoopbackProxy> {
    const proxy = new LoopbackProxy(targetPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  /** Ends all connections; new ones are refused until `restore`. */
  cut(): void {
    this.#isCut = true;
    this.disconnect();
  }

  /** Ends all connections; new ones are taken. */
  disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Ends all connections once the target has sent so many more bytes; new ones are taken. */
  disconnectAfter(bytes: number): void {
    this.#allowedBytes = bytes;
  }

  /** Takes everything and passes nothing on, as where packets are lost, until `restore`. */
  hang(): void {
    this.#isHanging = true;
  }

  /** Passes questions on at once, and their answers late: when it is restored. */
  delay(): void {
    this.#isDelaying = true;
    for (const target of this.#targets) target.pause();
  }

  /** What was lost meanwhile stays lost, so connections of before are ended. */
  restore(): void {
    if (this.#isHanging) this.disconnect();
    this.#isHanging = false;
    this.#isDelaying = false;
    this.#isCut = false;
    for (const target of this.#targets) target.resume();
  }

  async end(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #count(bytes: number): void {
    this.#allowedBytes -= bytes;
    if (this.#allowedBytes > 0) return;
    this.#allowedBytes = Number.POSITIVE_INFINITY;
    this.disconnect();
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (chunk) => {
      if (this.#isHanging || to.write(chunk)) return;
      from.pause();
      to.once('drain', () => {
        if (!(this.#isDelaying && this.#targets.has(from))) from.resume();
      });
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
