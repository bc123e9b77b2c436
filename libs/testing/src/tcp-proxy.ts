import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the proxy does to the bytes that pass. */
export interface TcpFault {
  /** `hang`: connections stay open and nothing passes. `refuse`: every connection is reset, new ones too. */
  readonly mode?: 'pass' | 'hang' | 'refuse';
  /** `present`: connections that are opened after this was set are let alone, as after a failover. */
  readonly only?: 'present';
  /** Added to each chunk in each direction, in ms, without changing the order. */
  readonly latencyMs?: number;
  /** Only the client's side hangs or only the server's: a half-open network. */
  readonly direction?: 'both' | 'to-server' | 'to-client';
  /** Resets a connection after so many bytes to the client: an answer that is lost half-way. */
  readonly cutAfterBytes?: number;
  /** Resets a connection instead of passing on what the client sent: a request that breaks off. */
  readonly cutOn?: (sent: Buffer) => boolean;
}

export interface TcpProxy {
  readonly port: number;
  /** Replaces the fault for present and future connections; `{}` heals. */
  set(fault: TcpFault): void;
  /** Resets the connections that are open now. */
  cut(): void;
  close(): Promise<void>;
}

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  bytesToClient: number;
}

/** A proxy on 127.0.0.1 that can cut, hang, delay and reset; `target` is a port on 127.0.0.1. */
export async function startTcpProxy(target: { port: number }, listenPort = 0): Promise<TcpProxy> {
  const links = new Set<Link>();
  let fault: TcpFault = {};
  const server: Server = createServer((client) => {
    if (fault.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    links.add(openLink(client, target.port, () => fault, links));
  });
  server.listen(listenPort, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => links.forEach(resetLink);
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    set(next) {
      fault = next;
      if (next.mode === 'refuse') {
        cut();
      }
      links.forEach(({ client, server: upstream }) => {
        client.resume();
        upstream.resume();
      });
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function openLink(client: Socket, port: number, current: () => TcpFault, links: Set<Link>): Link {
  const openedUnder = current();
  const fault = (): TcpFault => (current().only === 'present' && current() === openedUnder ? {} : current());
  const server = connect({ host: '127.0.0.1', port });
  const link: Link = { client, server, bytesToClient: 0 };
  const end = () => {
    links.delete(link);
    client.destroy();
    server.destroy();
  };
  [client, server].forEach((socket) => socket.setNoDelay(true).on('error', end).on('close', end));
  client.on('data', (sent: Buffer) => {
    if (fault().cutOn?.(sent) === true) {
      resetLink(link);
      links.delete(link);
    }
  });
  pass(client, server, 'to-server', fault);
  pass(server, client, 'to-client', fault, (bytes) => {
    link.bytesToClient += bytes;
    if (link.bytesToClient > (fault().cutAfterBytes ?? Infinity)) {
      resetLink(link);
      links.delete(link);
    }
  });
  return link;
}

/** Chunks that arrive while the proxy hangs are kept and sent after it heals, as a stalled network does. */
function pass(
  from: Socket,
  to: Socket,
  direction: 'to-server' | 'to-client',
  fault: () => TcpFault,
  onBytes: (bytes: number) => void = () => {},
): void {
  let previous = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    from.pause();
    previous = previous.then(async () => {
      await wait(fault().latencyMs ?? 0);
      while (hangs(fault(), direction) && !from.destroyed) {
        await wait(10);
      }
      to.write(chunk);
      onBytes(chunk.length);
      from.resume();
    });
  });
}

function hangs({ mode, direction = 'both' }: TcpFault, of: 'to-server' | 'to-client'): boolean {
  return mode === 'hang' && (direction === 'both' || direction === of);
}

function wait(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function resetLink({ client, server }: Link): void {
  client.resetAndDestroy();
  server.destroy();
}
