import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** How fast a body has to come. */
export interface Pace {
  /** Bytes in each window; slower ends the request. */
  readonly bytes: number;
  /** Milliseconds. */
  readonly windowMs: number;
}

/** 128 kbit/s, looked at twice a minute: a file of 50 MB within an hour, and a lost connection is noticed in one. */
export const UPLOAD_PACE: Pace = { bytes: 30 * 16 * 1024, windowMs: 30_000 };

/** Connections on which a body comes at a pace of its own. */
const paced = new WeakSet<Socket>();

/** Whether the time that a request may take does not count for what comes on the connection now. */
export function isPaced(socket: Socket): boolean {
  return paced.has(socket);
}

/**
 * From here on the body of the request may take as long as it takes, while it keeps its pace; what becomes slower is
 * answered 408 and cut off, as what takes too long is.
 */
export function paceBody({ raw, server }: FastifyRequest, { bytes, windowMs }: Pace = UPLOAD_PACE): void {
  if (raw.complete) {
    return;
  }
  const { socket } = raw;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const came = socket.bytesRead - seen;
    seen = socket.bytesRead;
    if (came < bytes && !raw.complete) {
      end();
      server.server.emit('clientError', tooSlow(), socket);
    }
  }, windowMs);
  const end = (): void => {
    clearInterval(timer);
    paced.delete(socket);
  };
  paced.add(socket);
  raw.once('end', end).once('close', end);
}

function tooSlow(): Error {
  return Object.assign(new Error('the body comes too slowly'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
}
