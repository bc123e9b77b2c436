import { connect, type Socket } from 'node:net';

/** A client that says what it likes. */
export class RawClient {
  #heard = '';
  readonly #socket: Socket;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
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

  leave(): void {
    this.#socket.destroy();
  }
}
