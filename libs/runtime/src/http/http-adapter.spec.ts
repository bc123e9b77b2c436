import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, HttpException, Module, Param, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

import { answersOf, dial, exchange, type RawAnswer } from '#libs/testing';

import { loadConfiguration } from '../configuration/load-configuration.js';
import { createLogger } from '../log/create-logger.js';
import { RuntimeModule } from '../runtime.module.js';
import { createHttpAdapter } from './http-adapter.js';
import { HTTP_LIMITS, LINGER_MS } from './http-limits.js';
import { readJsonBody } from './json-body.js';

let release = (): void => undefined;

@Controller()
class Answering {
  @Post('things')
  async take(@Req() request: FastifyRequest): Promise<unknown> {
    return { body: (await readJsonBody(request)).value };
  }

  @Get('things/:name')
  name(@Param('name') name: string): unknown {
    return { name };
  }

  @Get('slow')
  async slow(): Promise<unknown> {
    await new Promise<void>((resolve) => (release = resolve));
    return { slow: true };
  }

  @Get('defect')
  defect(): never {
    throw Object.assign(new Error('secret of the house'), { stack: 'at secret-file.ts:1' });
  }

  @Get('teapot')
  teapot(): never {
    throw new HttpException('<script>', 418);
  }
}

@Module({ controllers: [Answering] })
class Answers {}

const logged: string[] = [];

async function serve(limits = HTTP_LIMITS): Promise<NestFastifyApplication> {
  const logger = createLogger({ level: 'info', name: 'test' }, { write: (line) => void logged.push(line) });
  const root = { module: class Root {}, imports: [RuntimeModule.forRoot(loadConfiguration({}), logger), Answers] };
  const options = { logger: false, abortOnError: false, bodyParser: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(root, createHttpAdapter(limits), options);
  await app.listen(0, '127.0.0.1');
  return app;
}

const portOf = (server: NestFastifyApplication): number => (server.getHttpServer().address() as AddressInfo).port;

function expectProblem(answer: RawAnswer | undefined, status: number, code: string): Record<string, unknown> {
  expect(answer?.status).toBe(status);
  expect(answer?.headers['content-type']).toBe('application/problem+json');
  expect(answer?.headers['x-content-type-options']).toBe('nosniff');
  const problem = JSON.parse(answer?.body ?? '') as Record<string, unknown>;
  expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'instance', 'request_id', 'status', 'title', 'type']);
  expect(problem).toMatchObject({ status, code, type: `https://casewright.io/problems/${code}` });
  expect(problem['request_id']).toBe(answer?.headers['x-request-id']);
  expect(answer?.body).not.toMatch(/\bat .*\.[jt]s|node_modules|<script|secret/);
  return problem;
}

const request = (line: string, headers: readonly string[] = [], body = ''): string =>
  [`${line} HTTP/1.1`, 'Host: a', 'Connection: close', ...headers, '', body].join('\r\n');
const post = (type: string | null, body: string): string =>
  request(
    'POST /things',
    [`Content-Length: ${body.length}`, ...(type === null ? [] : [`Content-Type: ${type}`])],
    body,
  );

const slow = request('GET /slow').replace('Connection: close\r\n', '');
const twice = (header: string): string => post('application/json', '{}').replace(header, header + header);

let app: NestFastifyApplication;
let hasty: NestFastifyApplication;
beforeAll(async () => {
  app = await serve();
  hasty = await serve({ ...HTTP_LIMITS, headersTimeoutMs: 300, requestTimeoutMs: 400, checkTimeoutsMs: 50 });
});
afterAll(() => Promise.all([app.close(), hasty.close()]));

describe('every answer that no handler gives is a problem', () => {
  it.each([
    ['JSON that is none', post('application/json', '{"a": <script>'), 400, 'malformed-request', /not valid JSON/],
    ['an empty body', post('application/json', ''), 400, 'malformed-request', /empty/],
    ['another type', post('application/xml', '<script/>'), 415, 'unsupported-media-type', /application\/json/],
    ['no type', post(null, '{}'), 415, 'unsupported-media-type', /Content-Type/],
    ['a type that is none', post('<script>', '{}'), 415, 'unsupported-media-type', /Content-Type/],
    ['a long name', request(`GET /things/${'x'.repeat(2049)}`), 414, 'uri-too-long', /longer/],
    ['a long line', request(`GET /${'x'.repeat(17_000)}`), 431, 'headers-too-large', /16384/],
    ['long headers', request('GET /things/a', [`X: ${'x'.repeat(17_000)}`]), 431, 'headers-too-large', /16384/],
    ['half an escape', request('GET /things/%E0%A4%A'), 400, 'malformed-request', /percent-encoded/],
    ['an unknown path', request('GET /<script>"'), 404, 'not-found', /method and path/],
    ['another method', request('DELETE /things'), 405, 'method-not-allowed', /Allow/],
    ['a method of WebDAV', request('PROPFIND /things/a'), 405, 'method-not-allowed', /Allow/],
    ['a tunnel', request('CONNECT example.org:25'), 404, 'not-found', /./],
    ['a method of nobody', request('STEAL /things'), 400, 'malformed-request', /method of HTTP/],
    ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex'), 400, 'malformed-request', /method of HTTP/],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'malformed-request', /./],
    ['a broken header', request('GET /things/a', ['a b: c']), 400, 'malformed-request', /header is not valid/],
    ['no Host', request('GET /things/a').replace('Host: a\r\n', ''), 400, 'malformed-request', /needs the header Host/],
    ['two lengths', twice('Content-Length: 2\r\n'), 400, 'malformed-request', /there twice/],
    ['an odd expectation', request('GET /things/a', ['Expect: a miracle']), 417, 'expectation-failed', /100-continue/],
    ['another failure', request('GET /teapot'), 418, 'malformed-request', /./],
    ['a defect', request('GET /defect'), 500, 'internal-error', /logged/],
  ])('%s', async (_name, bytes, status, code, detail) => {
    const answers = await exchange(portOf(app), bytes);
    expect(answers).toHaveLength(1);
    expect(expectProblem(answers[0], status, code)['detail']).toMatch(detail);
  });

  it('and names the path without a query, escaped, and the request as the client named it', async () => {
    const [answer] = await exchange(portOf(app), request('GET /a"<b>?key=1', ['X-Request-Id: mine-1']));
    const { instance, request_id: id } = expectProblem(answer, 404, 'not-found');
    expect([instance, id]).toEqual(['/a%22%3Cb%3E', 'mine-1']);
  });

  it('without a body for HEAD', async () => {
    const [answer] = await exchange(portOf(app), request('HEAD /nothing'));
    expect(answer).toMatchObject({ status: 404, body: '' });
    expect(answer?.headers['content-type']).toBe('application/problem+json');
  });

  it('and a defect is logged, with the id that the client got', async () => {
    const [answer] = await exchange(portOf(app), request('GET /defect', ['X-Request-Id: find-me']));
    expectProblem(answer, 500, 'internal-error');
    expect(logged.filter((line) => line.includes('find-me'))).toHaveLength(1);
  });
});

describe('a body that is too large', () => {
  const large = HTTP_LIMITS.bodyBytes + 1;

  it('is refused when it is announced, and a client that sends it all the same reads the answer', async () => {
    const socket = await dial(portOf(app));
    socket.write(request('POST /things', ['Content-Type: application/json', `Content-Length: ${large}`]));
    socket.write('x'.repeat(large));
    socket.end();
    const [answer] = await answersOf(socket);
    expect(expectProblem(answer, 413, 'body-too-large')['detail']).toContain('1048576');
  });

  it('is refused while it comes in chunks, and does not come for ever', async () => {
    const socket = await dial(portOf(app));
    socket.on('error', () => undefined);
    socket.write(request('POST /things', ['Content-Type: application/json', 'Transfer-Encoding: chunked']));
    const drip = setInterval(() => socket.write(`10000\r\n${'x'.repeat(0x10000)}\r\n`), 10);
    try {
      const started = performance.now();
      const heard: string[] = [];
      socket.on('data', (chunk: Buffer) => heard.push(chunk.toString('latin1')));
      await new Promise((resolve) => socket.once('close', resolve));
      expect(heard.join('')).toMatch(/^HTTP\/1.1 413 [\s\S]*"code":"body-too-large"/);
      expect(Math.round((performance.now() - started) / LINGER_MS)).toBe(1);
    } finally {
      clearInterval(drip);
    }
  });
});

describe('a request that does not come whole', () => {
  it.each([
    ['nothing at all', ''],
    ['half a header', 'GET /things/a HTTP/1.1\r\nHos'],
    ['half a body', 'POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'],
  ])('is not waited for: %s', async (_name, bytes) => {
    const answers = await exchange(portOf(hasty), bytes);
    expect(answers).toHaveLength(1);
    expectProblem(answers[0], 408, 'request-timeout');
  });

  it('is refused where its body stops being HTTP', async () => {
    const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
    const answers = await exchange(portOf(app), request('POST /things', headers, 'zz\r\n'));
    expect(answers).toHaveLength(1);
    expect(expectProblem(answers[0], 400, 'malformed-request')).toMatchObject({ instance: '/things' });
  });
});

describe('a connection', () => {
  it('is kept after a refusal that was read whole', async () => {
    const keep = request('POST /things', ['Content-Type: application/xml', 'Content-Length: 2'], '{}').replace(
      'Connection: close\r\n',
      '',
    );
    const answers = await exchange(portOf(app), keep + request('GET /things/b'));
    expectProblem(answers[0], 415, 'unsupported-media-type');
    expect(answers[1]).toMatchObject({ status: 200, body: '{"name":"b"}' });
  });

  it('gives the answer to an earlier request first, and the refusal after it', async () => {
    const socket = await dial(portOf(app));
    socket.write(slow);
    await once(app.getHttpServer(), 'request');
    socket.write('rubbish\r\n\r\n');
    await delay(50);
    socket.write('more of it\r\n\r\n');
    const answers = answersOf(socket);
    await delay(50);
    release();
    const [first, second, ...rest] = await answers;
    expect(first).toMatchObject({ status: 200, body: '{"slow":true}' });
    expectProblem(second, 400, 'malformed-request');
    expect(rest).toEqual([]);
  });

  it('may be reset after a refused tunnel', async () => {
    const socket = await dial(portOf(app));
    socket.write(request('CONNECT example.org:25'));
    await once(socket, 'data');
    socket.resetAndDestroy();
    await delay(50);
    // An error that nobody listens to would end the process, and fails the whole suite here.
    expect(await exchange(portOf(app), request('GET /things/a'))).toMatchObject([{ status: 200 }]);
  });

  it('is told that the service stops', async () => {
    const stopping = await serve();
    const socket = await dial(portOf(stopping));
    socket.write(slow);
    await once(stopping.getHttpServer(), 'request');
    const closed = stopping.close();
    await delay(50);
    socket.write(request('GET /things/a'));
    const answers = answersOf(socket);
    await delay(50);
    release();
    const [first, second] = await answers;
    expect(first?.status).toBe(200);
    expectProblem(second, 503, 'temporarily-unavailable');
    expect(second?.headers['retry-after']).toBe('1');
    await closed;
  });
});
