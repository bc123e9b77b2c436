import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

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
    const until = Date.now() + 8_000;
    while (!pattern.test(this.#heard) && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    if (!pattern.test(this.#heard)) {
      throw new Error(`waited for ${pattern.source}, heard: ${this.#heard}`);
    }
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
