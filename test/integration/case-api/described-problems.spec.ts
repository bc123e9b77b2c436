import { expect, it } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { undescribedProblems } from './described-problems.js';

it('tells which problems the description does not have, per operation', () => {
  const described = { content: { 'application/problem+json': { examples: { 'in-use': {} } } } };
  const description = {
    paths: {
      '/things/{id}': { delete: { responses: { 409: described } }, get: { responses: {} } },
      '/things/latest': { get: { responses: { 409: described } } },
    },
  } as unknown as OpenAPIObject;
  const seen = [
    ['DELETE /things/7', 409, 'in-use'],
    ['DELETE /things/7?x=1', 409, 'name-taken'],
    ['DELETE /things/8', 409, 'name-taken'],
    ['GET /things/latest', 409, 'in-use'],
    ['GET /things/7', 409, 'in-use'],
    ['GET /things/7', 200, undefined],
    ['GET /things/7', 500, 'internal-error'],
    ['PUT /things/7', 405, 'method-not-allowed'],
    ['GET /nothing', 404, 'not-found'],
  ] as const;
  expect(
    undescribedProblems(
      description,
      seen.map(([line, status, code]) => ({ line, status, code })),
    ),
  ).toEqual(['DELETE /things/{id} ends in 409 name-taken', 'GET /things/{id} ends in 409 in-use']);
});
