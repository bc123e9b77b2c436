import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aClientsWorld, ANA, codeOf, RUI, type ClientsWorld } from './clients-world.js';

let clients: ClientsWorld;
beforeAll(async () => {
  clients = await aClientsWorld();
});
afterAll(() => clients?.world.close());

describe('no client gives what it lacks', () => {
  const SCOPES = ['config:write', 'cases:write'];

  it('needs config:read to look and config:write to change', async () => {
    const { key: reader } = await clients.aClient({ scopes: ['config:read'] });
    expect((await clients.world.get('/v1/clients', { key: reader })).status).toBe(200);
    expect(codeOf(await clients.send('POST /v1/clients', {}, { key: reader }))).toEqual([403, 'insufficient-scope']);
    const { key: other } = await clients.aClient({ scopes: ['cases:admin', 'ops:write'] });
    expect((await clients.world.get('/v1/clients', { key: other })).status).toBe(403);
  });

  it('neither by making, nor by patching, nor by another key', async () => {
    const { key, id } = await clients.aClient({ scopes: SCOPES });
    const strong = await clients.aClient({ scopes: ['contacts:read', 'cases:read'] });
    const refused = await clients.send(
      'POST /v1/clients',
      { name: 'x', scopes: ['cases:read', 'contacts:read'] },
      { key },
    );
    expect(codeOf(refused)).toEqual([403, 'insufficient-scope']);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('needs contacts:read') });
    expect(refused.headers['www-authenticate']).toContain('scope="contacts:read"');
    for (const [line, body] of [
      [`PATCH /v1/clients/${id}`, { scopes: [...SCOPES, 'cases:admin'] }],
      [`PATCH /v1/clients/${strong.id}`, { scopes: ['contacts:write'] }],
      [`POST /v1/clients/${strong.id}/rotate`, {}],
    ] as const) {
      expect([line, ...codeOf(await clients.send(line, body, { key }))]).toEqual([line, 403, 'insufficient-scope']);
    }
    // What it had before is nobody's gift.
    const kept = await clients.send(
      `PATCH /v1/clients/${strong.id}`,
      { scopes: ['contacts:read', 'cases:write'] },
      { key },
    );
    expect(kept.status).toBe(200);
    expect((await clients.send(`POST /v1/clients/${strong.id}/revoke`, {}, { key })).status).toBe(200);
    await clients.aClient({ scopes: ['config:read', 'cases:read'] }, { key });
  });

  it('nor agents to act for', async () => {
    const { key } = await clients.aClient({ scopes: ['config:write', 'impersonate'], allowed_agents: [ANA] });
    const asked = { name: 'x', scopes: ['impersonate'] };
    for (const allowed_agents of ['all', [ANA, RUI]]) {
      expect(codeOf(await clients.send('POST /v1/clients', { ...asked, allowed_agents }, { key }))).toEqual([
        403,
        'impersonation-refused',
      ]);
    }
    const { id } = await clients.aClient({ ...asked, name: 'for ana', allowed_agents: [ANA] }, { key });
    const wider = await clients.send(`PATCH /v1/clients/${id}`, { allowed_agents: 'all' }, { key });
    expect(codeOf(wider)).toEqual([403, 'impersonation-refused']);
    expect((await clients.send(`PATCH /v1/clients/${id}`, { allowed_agents: [] }, { key })).status).toBe(200);
  });

  it('and an agent needs the role admin to configure', async () => {
    const body = { name: 'by an agent', scopes: ['cases:read'] };
    const onBehalfOf = (id: string) => ({ headers: { 'on-behalf-of': `agent:${id}` } });
    expect(codeOf(await clients.send('POST /v1/clients', body, onBehalfOf(ANA)))).toEqual([
      403,
      'impersonation-refused',
    ]);
    expect((await clients.send('POST /v1/clients', body, onBehalfOf(RUI))).status).toBe(201);
    expect((await clients.world.get('/v1/clients', { key: clients.owner, ...onBehalfOf(ANA) })).status).toBe(200);
  });
});
