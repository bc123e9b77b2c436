import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { problemOfError } from './framework-problem.js';
import { readJsonBody } from './json-body.js';

const LIMIT = 1000;

function requestWith(bytes: string | Buffer | null, headers: Record<string, string> = {}, method = 'POST') {
  return {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    routeOptions: { bodyLimit: LIMIT },
    body: bytes === null ? undefined : Readable.from([Buffer.from(bytes)]),
  } as unknown as FastifyRequest;
}

const read = async (...given: Parameters<typeof requestWith>) => (await readJsonBody(requestWith(...given))).value;
const refusal = (...given: Parameters<typeof requestWith>) => read(...given).catch(problemOfError);
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('a body of JSON', () => {
  it.each([
    ['null', null],
    ['\ufeff{"a":"]]}\\"["}', { a: ']]}"[' }],
    ['{"a":1,"a":2}', { a: 2 }],
    [nested(2), [[]]],
  ])('%s is read', async (bytes, value) => {
    expect(await read(bytes, { 'content-type': 'Application/JSON; charset=utf-8' })).toEqual(value);
  });

  it('is as deep as anything here, and no deeper', async () => {
    await expect(read(nested(32))).resolves.toBeDefined();
    expect(await refusal(nested(33))).toMatchObject({ status: 400, detail: expect.stringContaining('32 levels') });
  });

  it('is nothing when there is none', async () => {
    expect(await read(null)).toEqual({});
  });

  it('changes no prototype', async () => {
    const value = await read('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it.each([
    ['', {}, 400, 'malformed-request', /empty/],
    ['{', {}, 400, 'malformed-request', /not valid JSON/],
    [Buffer.from('"caf\u00e9"', 'latin1'), {}, 400, 'malformed-request', /not valid JSON/],
    ['{}', { 'content-type': 'text/json' }, 415, 'unsupported-media-type', /application\/json is/],
    ['{}', { 'content-encoding': 'gzip' }, 415, 'unsupported-media-type', /Content-Encoding/],
    ['x'.repeat(LIMIT + 1), {}, 413, 'body-too-large', /bytes/],
    ['{}', { 'content-length': String(LIMIT + 1) }, 413, 'body-too-large', /bytes/],
  ])('%s with %j is refused', async (bytes, headers, status, code, detail) => {
    expect(await refusal(bytes, headers)).toMatchObject({ status, code, detail: expect.stringMatching(detail) });
  });

  it('names the types that are read, by the method', async () => {
    const patch = readJsonBody(requestWith('{}', { 'content-type': 'text/plain' }, 'PATCH'), [
      'application/merge-patch+json',
      'application/json',
    ]);
    expect(await patch.catch(problemOfError)).toMatchObject({
      headers: { 'accept-patch': 'application/merge-patch+json, application/json' },
    });
    expect(await refusal('{}', { 'content-type': 'text/plain' })).toMatchObject({
      headers: { 'accept-post': 'application/json' },
    });
  });
});
