import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CALL_FOLD } from '#libs/case-domain';
import { declareConfiguration } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { aCall, aDeclaration, aDeclaredGroup, aDeclaredLine, instantAt, LINE } from '#libs/testing';
import { casewright } from '../cli/terminal-of-test.js';
import { receive } from './beside-http.js';
import { OUR_ACCOUNT } from './identities.js';
import { aWorld, type World } from './world.js';

let world: World;
let call: Interaction;
let caseId: string;
beforeAll(async () => {
  world = await aWorld();
  const declaration = aDeclaration({ groups: [aDeclaredGroup('Support')], endpoints: [aDeclaredLine(LINE)] });
  await declareConfiguration(world.database.pool, declaration);
  const facts = aCall().map((fact) => ({ ...fact, accountId: OUR_ACCOUNT }));
  call = CALL_FOLD.fold(null, facts).interaction;
  [caseId = ''] = await receive(world, call);
});
afterAll(() => world.close());

const told = {
  outcome: 'answered',
  disposition: 'completed',
  queue: 'Support',
  started_at: instantAt(0),
  ringing_at: instantAt(4),
  agent_connected_at: instantAt(9),
  ended_at: instantAt(60),
  durations_ms: { ring: 5000, wait: 9000, talk: 51_000, hold: 0, total: 60_000 },
  end: { by: 'caller', reason: 'completed' },
  talks: [{ agent: { extension: '201' }, from: instantAt(9), until: instantAt(60) }],
  moments: [
    { kind: 'started', decides: false },
    { kind: 'ringing', decides: false },
    { kind: 'answered', by: 'agent', decides: true },
    { kind: 'ended', by: 'caller', reason: 'completed', decides: false },
  ],
};

it('a call reads as what happened in it, who talked and how long', async () => {
  const { status, body } = await world.get(`/v1/interactions/${call.id}`);
  expect({ status, call: body['call'] }).toMatchObject({ status: 200, call: told });
});

it('and so it does in the timeline of its case', async () => {
  expect(caseId).not.toBe('');
  const { body } = await world.get<{ data: Record<string, unknown>[] }>(`/v1/cases/${caseId}/timeline`);
  expect(body.data.map(({ interaction }) => interaction).filter(Boolean)).toMatchObject([{ id: call.id, call: told }]);
});

it('and explain says which of it decided', async () => {
  const environment = { DATA_DIR: '/nonexistent/casewright', CASEWRIGHT_API_KEY: world.ours };
  const { code, output } = await casewright(
    ['explain', call.id, '--url', await world.application.getUrl()],
    environment,
  );
  expect(code).toBe(0);
  expect(output).toContain('outcome    answered (completed)');
  expect(output).toContain('talked     201, from +9 s, 51 s');
  expect(output).toMatch(/→ +\+9 s answered +201, by agent/);
});
