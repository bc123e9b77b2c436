import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { settle } from '#libs/case-ledger';
import { defaultAccountId } from '#libs/runtime';
import { aCreation, agentIdOf, aLinking, aMail, anUpdate, aReopening, aResolution, byId } from '#libs/testing';
import { BREACHES } from '../../invariants/breaches.js';
import { BREACHES_OF_CONTACTS } from '../../invariants/invariants-of-contacts.js';
import { brokenInvariants, brokenInvariantsWithin, INVARIANTS } from '../../invariants/broken-invariants.js';
import { aCommandWorld, type CommandWorld } from '../commands/world.js';

const ANA = agentIdOf('ana@acme.example');

const ALL_BREACHES = [...BREACHES, ...BREACHES_OF_CONTACTS];

let world: CommandWorld;
beforeAll(async () => {
  world = await aCommandWorld();
  const problem = await world.done(aCreation({ type: 'problem', assigneeId: byId(ANA) }));
  const incident = await world.done(
    aCreation({ type: 'incident', problemId: byId(problem.id), assigneeId: byId(ANA) }),
  );
  await world.done(aResolution(problem.id));
  await world.done(aReopening(problem.id));
  await world.done(aReopening(incident.id));
  const plain = await world.done(aCreation({ assigneeId: byId(ANA) }));
  await world.done(anUpdate(plain.id, { priority: 'low' }));
  await world.done(aLinking(plain.id, problem.id));
  await world.done(aResolution(plain.id));
  const mail = aMail({ messageId: '<first@x>' });
  const input = { kind: 'interaction', interaction: mail, payload: Buffer.from(JSON.stringify(mail)) } as const;
  await settle(world.ledger, [{ accountId: defaultAccountId, inputs: [input] }]);
  // Whatever the database holds by itself stands aside.
  const { rows } = await world.database.pool.query<{ drop: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop
       from pg_constraint where contype = 'c' and conrelid in ('cases'::regclass, 'case_link'::regclass)
     union all select format('alter table %s disable trigger user', relname)
       from pg_class where relname in ('cases', 'case_link', 'comment')`,
  );
  await world.rows(rows.map((row) => row.drop).join('; '));
});
afterAll(() => world.database.drop());

it('nothing is broken before', async () => {
  expect(await brokenInvariants(world.database.pool)).toEqual([]);
  const breached = new Set(ALL_BREACHES.map(([number]) => number));
  expect([...breached].sort()).toEqual([...Object.keys(INVARIANTS), 'untold'].sort());
});

it.each(ALL_BREACHES)('%s is seen to be broken: %s', async (number, _what, forgery) => {
  const client = await world.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(forgery);
    const broken = await brokenInvariantsWithin(client);
    expect(broken.filter((line) => line.startsWith(`${number} `))).not.toEqual([]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
