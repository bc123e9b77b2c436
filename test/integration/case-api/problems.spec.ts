import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, storeCase, type World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

describe('problems', () => {
  it.each([
    ['limit=ten', 400, 'malformed-query', ['/query/limit']],
    ['limit=1&limit=2&created_from=yesterday', 400, 'malformed-query', ['/query/created_from', '/query/limit']],
    ['cursor=abc.def', 400, 'malformed-query', ['/query/cursor']],
    ['group_id=7', 400, 'malformed-query', ['/query/group_id']],
    ['q=a%00b', 400, 'malformed-query', ['/query/q']],
    ['limit=101', 422, 'validation-failed', ['/query/limit']],
    ['status=new,odd&colour=red', 422, 'validation-failed', ['/query/colour', '/query/status']],
    ['colour=red', 422, 'unknown-field', ['/query/colour']],
    ['created_from=0000-01-01', 400, 'malformed-query', ['/query/created_from']],
    ['created_from=0001-01-01T00:00:00%2B23:59', 400, 'malformed-query', ['/query/created_from']],
    ['created_from=2026-02-31', 400, 'malformed-query', ['/query/created_from']],
    ['created_to=9999-12-31T23:59:59-23:59', 400, 'malformed-query', ['/query/created_to']],
    ['created_from=2026-02-01&created_to=2026-01-01', 422, 'validation-failed', ['/query/created_to']],
  ])('%s ends in %d %s', async (query, status, code, pointers) => {
    const answer = await world.get<{ errors: { pointer: string }[] }>(`/v1/cases?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ status, code, type: `https://casewright.io/problems/${code}` });
    expect(answer.body.errors.map((error) => error.pointer)).toEqual(pointers);
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('are what unknown paths, methods and names end in, with the request id', async () => {
    for (const path of [
      '/nothing',
      '/v1/cases/x',
      '/v1/cases/number:0',
      `/v1/cases/number:${'9'.repeat(30)}`,
      '/v1/interactions/x',
    ]) {
      const answer = await world.get(path, { headers: { 'x-request-id': 'mine-1' } });
      expect([path, answer.status, answer.body['request_id']]).toEqual([path, 404, 'mine-1']);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.headers['x-request-id']).toBe('mine-1');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const unreadable = await world.get('/v1/%E0%A4%A');
    expect(unreadable.body).toMatchObject({ status: 400, code: 'malformed-request', instance: '/v1/%E0%A4%A' });
    expect(unreadable.headers['content-type']).toBe('application/problem+json');
  });

  it('tell nothing of a defect, which is logged', async () => {
    await world.database.pool.query('alter table case_event rename to hidden');
    const { id } = await storeCase(world).catch(() => ({ id: null }));
    expect(id).toBeNull();
    const { rows } = await world.database.pool.query<{ id: string }>(
      'select id from cases where account_id = $1 limit 1',
      [OUR_ACCOUNT],
    );
    const answer = await world.get(`/v1/cases/${rows[0]?.id}/events`);
    await world.database.pool.query('alter table hidden rename to case_event');
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('case_event');
    expect(world.log.join('')).toContain(String(answer.body['request_id']));
  });
});
