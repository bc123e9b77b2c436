import { Agent, request } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The same driver for whatever is measured: connections that are kept, one request at a time on each. */
export class KeepAliveClient {
  private readonly agent: Agent;

  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>>,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** The text of the answer. @throws unless it is a success. */
  ask({ method = 'GET', path, body, headers = {} }: Asked): Promise<string> {
    const type =
      body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { method, agent: this.agent, headers: { ...this.headers, ...headers, ...type } };
    return new Promise((resolve, reject) => {
      const asked = request(`${this.origin}${path}`, options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isGood = answer.statusCode === 200 || answer.statusCode === 201;
          return isGood ? resolve(text) : reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
        });
      });
      asked.on('error', reject).end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
