import type { Socket } from 'node:net';

import { LINGER_MS } from './http-limits.js';

/** Half-closes after `last`, and lets the client read what was written before the connection goes (RFC 9112 §9.6). */
export function closeLingering(socket: Socket, last: Buffer | string = ''): void {
  // Node takes its own listener away from the socket of a tunnel, and a reset would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(last);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
