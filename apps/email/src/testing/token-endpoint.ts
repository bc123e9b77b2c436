import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the endpoint says next. A text is sent as it is, an object as JSON; `hang` never answers. */
export interface TokenReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
  readonly hang?: boolean;
}

export interface TokenEndpoint {
  readonly url: string;
  /** Forms that were sent, in order. */
  readonly forms: URLSearchParams[];
  reply: TokenReply;
  close(): Promise<void>;
}

/** Plays the token endpoint of a provider on 127.0.0.1. */
export async function startTokenEndpoint(): Promise<TokenEndpoint> {
  const forms: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      forms.push(new URLSearchParams(body));
      const { status = 200, headers = {}, body: answer = {}, hang = false } = endpoint.reply;
      if (!hang) {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint: TokenEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    forms,
    reply: {},
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return endpoint;
}
