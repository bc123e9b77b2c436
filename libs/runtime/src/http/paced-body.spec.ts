import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { AddressInfo, Socket } from 'node:net';
import { answersOf, dial, exchange } from '#libs/testing';
import { createHttpAdapter } from './http-adapter.js';
import { HTTP_LIMITS } from './http-limits.js';
import { paceBody } from './paced-body.js';

@Controller()
class Receiving {
  @Post('files')
  async take(@Req() request: FastifyRequest): Promise<unknown> {
    paceBody(request, { bytes: 1000, windowMs: 200 });
    let size = 0;
    for await (const chunk of request.body as AsyncIterable<Buffer>) {
      size += chunk.length;
    }
    return { size };
  }
}

@Module({ controllers: [Receiving] })
class Files {}

let app: NestFastifyApplication;
beforeAll(async () => {
  const limits = { ...HTTP_LIMITS, headersTimeoutMs: 300, requestTimeoutMs: 400, checkTimeoutsMs: 50 };
  const options = { logger: false, abortOnError: false, bodyParser: false } as const;
  app = await NestFactory.create<NestFastifyApplication>(Files, createHttpAdapter(limits), options);
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

const portOf = (): number => (app.getHttpServer().address() as AddressInfo).port;
const head = (length: number, connection = 'close'): string =>
  ['POST /files HTTP/1.1', 'Host: a', `Connection: ${connection}`, `Content-Length: ${length}`, '', ''].join('\r\n');

async function drip(socket: Socket, pieces: number, bytes: number): Promise<void> {
  for (let piece = 0; piece < pieces && socket.writable; piece += 1) {
    socket.write('x'.repeat(bytes));
    await delay(50);
  }
}

describe('a body with a pace', () => {
  it('may take longer than any other while it keeps it, and what comes after it does not', async () => {
    const socket = await dial(portOf());
    socket.on('error', () => undefined);
    socket.write(head(20_000, 'keep-alive'));
    const answers = answersOf(socket);
    await drip(socket, 20, 1000);
    socket.write('GET /files HTTP/1.1\r\nHos');
    expect((await answers).map(({ status, body }) => [status, body.slice(0, 14)])).toEqual([
      [201, '{"size":20000}'],
      [408, expect.any(String)],
    ]);
  });

  it('is answered 408 and cut off when it drips', async () => {
    const socket = await dial(portOf());
    socket.on('error', () => undefined);
    socket.write(head(20_000));
    const answers = answersOf(socket);
    void drip(socket, 100, 10);
    const [answer] = await answers;
    expect(answer?.status).toBe(408);
    expect(answer?.body).toContain('request-timeout');
  });

  it('has none to keep when it came with its head', async () => {
    expect(await exchange(portOf(), `${head(3)}abc`)).toMatchObject([{ status: 201, body: '{"size":3}' }]);
  });
});
