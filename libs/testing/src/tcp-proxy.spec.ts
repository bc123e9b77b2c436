import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

describe('TCP proxy', () => {
  let echo: Server;
  let proxy: TcpProxy;

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startTcpProxy({ port: (echo.address() as AddressInfo).port });
  });

  afterEach(async () => {
    await proxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  const open = async () => {
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    const received: string[] = [];
    const closed = new Promise<string>((resolve) => {
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      socket.on('close', () => resolve('closed'));
    });
    socket.on('data', (chunk: Buffer) => received.push(chunk.toString()));
    await once(socket, 'connect');
    return { socket, received, closed };
  };

  it('passes bytes on', async () => {
    const { socket, received } = await open();
    socket.write('hello');
    await once(socket, 'data');
    expect(received).toEqual(['hello']);
    socket.destroy();
  });

  it('hangs without closing and delivers after it heals', async () => {
    const { socket, received } = await open();
    proxy.set({ mode: 'hang' });
    socket.write('late');
    await sleep(60);
    expect(received).toEqual([]);
    proxy.set({});
    await once(socket, 'data');
    expect(received).toEqual(['late']);
    socket.destroy();
  });

  it('delays', async () => {
    const { socket } = await open();
    proxy.set({ latencyMs: 50 });
    const started = performance.now();
    socket.write('slow');
    await once(socket, 'data');
    expect(performance.now() - started).toBeGreaterThan(95);
    socket.destroy();
  });

  it('cuts what is open, refuses what is new, and cuts in the middle of an answer', async () => {
    const first = await open();
    proxy.cut();
    await expect(first.closed).resolves.toMatch(/ECONNRESET|closed/);
    proxy.set({ cutAfterBytes: 3 });
    const second = await open();
    second.socket.write('four');
    await expect(second.closed).resolves.toMatch(/ECONNRESET|closed/);
    proxy.set({ mode: 'refuse' });
    const third = connect({ host: '127.0.0.1', port: proxy.port });
    const ended = new Promise((resolve) => third.on('error', resolve).on('close', resolve));
    await ended;
  });
});
