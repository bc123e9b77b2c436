import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiKey } from '#libs/testing';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
let writer: string;
beforeAll(async () => {
  world = await aWorld();
  writer = await createApiKey(world.database.pool, { accountId: OUR_ACCOUNT, name: 'writer', scopes: ['cases:write'] });
});
afterAll(() => world.close());

const NOBODY = '00000000-0000-4000-8000-000000000000';
const REJECT = `POST /v1/quarantine/${NOBODY}/reject`;
const XML = { 'content-type': 'application/xml' };

describe('what is wrong is told in one order', () => {
  it.each([
    ['an unknown path before the key', 'POST /v1/nothing', { key: null, body: 'x', headers: XML }, 404, 'not-found'],
    ['a method before the key', 'PUT /v1/cases', { key: null, body: 'x', headers: XML }, 405, 'method-not-allowed'],
    ['the key before the body', REJECT, { key: null, body: '<a/>', headers: XML }, 401, 'unauthenticated'],
    ['the key before its scope', REJECT, { key: 'cwk_0123456789' }, 401, 'unauthenticated'],
    ['the scope before the body', REJECT, { body: '{', headers: XML }, 403, 'insufficient-scope'],
    ['the type before what it says', REJECT, { write: true, body: '{', headers: XML }, 415, 'unsupported-media-type'],
    ['the size before the type', REJECT, { write: true, large: true, headers: XML }, 413, 'body-too-large'],
    ['JSON before the idempotency key', REJECT, { write: true, body: '{', keyed: '"' }, 400, 'malformed-request'],
    ['the idempotency key before the name', REJECT, { write: true, body: {}, keyed: '"' }, 400, 'malformed-request'],
    ['the name before the values', 'POST /v1/quarantine/x/reject', { write: true, body: {} }, 404, 'not-found'],
    ['the values last', REJECT, { write: true, body: {} }, 422, 'validation-failed'],
  ])('%s', async (_name, line, options, status, code) => {
    const { write, large, keyed, ...given } = options as Record<string, unknown> & { keyed?: string };
    const key = { ...(write === true ? { key: writer } : {}) };
    const body = { ...(large === true ? { body: 'x'.repeat(1024 * 1024 + 1) } : {}) };
    const headers = {
      ...(given['headers'] ?? {}),
      ...(keyed === undefined ? {} : { 'idempotency-key': keyed }),
    };
    const answer = await world.send(line, { ...given, ...key, ...body, headers });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('and 405 names the methods that there are', async () => {
    for (const [line, allow] of [
      ['PATCH /v1/cases', 'GET, HEAD, POST'],
      ['GET /v1/quarantine/7/reject', 'POST'],
      ['OPTIONS /v1/cases/7/events?x=1', 'GET, HEAD'],
      ['POST /openapi.json', 'GET, HEAD'],
    ] as const) {
      const { status, headers } = await world.send(line, { key: null });
      expect([line, status, headers['allow']]).toEqual([line, 405, allow]);
    }
  });
});

describe('every answer', () => {
  it('is protected, kept by nobody who cannot compare it, and for no other origin', async () => {
    const origin = { origin: 'https://elsewhere.example', 'access-control-request-method': 'GET' };
    const answers = [
      await world.get('/v1/cases', { headers: origin }),
      await world.send('OPTIONS /v1/cases', { headers: origin }),
      await world.send(REJECT, { key: writer, body: {}, headers: origin }),
      await world.get('/v1/cases', { key: null, headers: origin }),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        'cache-control': 'no-store',
      });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('a client that asks too often', () => {
  let busy: World;
  beforeAll(async () => {
    busy = await aWorld({ rateLimit: { quota: 3, window: 60 } });
  });
  afterAll(() => busy.close());

  it('is told how much is left, and then to wait; others are not', async () => {
    const first = await busy.get('/v1/cases');
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"default";q=3;w=60',
      ratelimit: expect.stringMatching(/^"default";r=2;t=(60|59)$/),
    });
    // What is refused for another reason counts as well, and says so.
    const refused = await busy.send(REJECT, { body: {} });
    expect([refused.status, refused.headers['ratelimit']]).toEqual([403, expect.stringMatching(/r=1/)]);
    expect((await busy.get('/v1/cases/x')).headers['ratelimit']).toMatch(/r=0/);
    const over = await busy.send(REJECT, { body: {} });
    expect(over).toMatchObject({
      status: 429,
      body: {
        type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
        code: 'quota-exceeded',
        'violated-policies': ['default'],
      },
    });
    const [, resetsIn] = /^"default";r=0;t=(\d+)$/.exec(over.headers['ratelimit'] ?? '') ?? [];
    expect(over.headers['retry-after']).toBe(resetsIn);
    expect((await busy.get('/v1/cases', { key: busy.theirs })).status).toBe(200);
  });

  it('may still ask for the description, and without a key nothing is counted', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      expect((await busy.get('/openapi.json')).status).toBe(200);
      expect((await busy.get('/v1/cases', { key: null })).headers['ratelimit']).toBeUndefined();
    }
  });
});
