import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A response as it came over the wire; the names of headers in small letters. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A connection to a port of this machine, on which a test can say what no HTTP client would. */
export async function dial(port: number): Promise<Socket> {
  // Not half-closed by itself when the server has said its last word.
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  return socket;
}

/** The responses until the server closes. Rejects when it resets the connection, which loses answers. */
export async function answersOf(socket: Socket): Promise<RawAnswer[]> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // Rejects by itself on `error`.
  await once(socket, 'end');
  socket.destroy();
  return parsed(Buffer.concat(chunks).toString('latin1'));
}

/** Sends bytes, with `Connection: close` in them where the server would keep the connection, and reads the responses. */
export async function exchange(port: number, bytes: string | Buffer): Promise<RawAnswer[]> {
  const socket = await dial(port);
  socket.write(bytes);
  return answersOf(socket);
}

function parsed(text: string): RawAnswer[] {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) {
    return [];
  }
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const [name = '', value = ''] = line.split(': ', 2);
      return [name.toLowerCase(), value] as const;
    }),
  );
  const rest = end + 4 + Number(headers['content-length'] ?? 0);
  return [
    { status: Number(first.split(' ')[1]), headers, body: text.slice(end + 4, rest) },
    ...parsed(text.slice(rest)),
  ];
}
