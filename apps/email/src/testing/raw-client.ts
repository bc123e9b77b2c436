import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PATIENCE_MS, waitUntil } from '#libs/testing';

/** A client that says what it likes. */
export class RawClient {
  #heard = '';
  readonly #socket: Socket;

  /** `from`: the address of this machine to come from. */
  constructor(port: number, from?: string) {
    this.#socket = connect({ port, host: '127.0.0.1', localAddress: from });
    this.#socket.on('data', (data) => (this.#heard += data.toString()));
    this.#socket.on('error', () => undefined);
  }

  say(text: string): void {
    this.#socket.write(text);
  }

  async hear(pattern: RegExp): Promise<string> {
    const isHeard = () => pattern.test(this.#heard);
    await waitUntil(isHeard, PATIENCE_MS, () => `waited for ${pattern.source}, heard: ${this.#heard}`, 5);
    const heard = this.#heard;
    this.#heard = '';
    return heard;
  }

  /** Comes when the server has closed. */
  async closed(): Promise<void> {
    if (!this.#socket.closed) {
      await once(this.#socket, 'close');
    }
  }

  leave(): void {
    this.#socket.destroy();
  }
}
