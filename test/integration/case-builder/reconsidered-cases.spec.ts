import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aContactFact, aMail } from '#libs/testing';
import { brokenInvariants } from '../../invariants/broken-invariants.js';
import { ContactsWorld } from './contacts-world.js';
import { emptyTables } from './facts-world.js';

const MARIA = 'maria@loja.example';

let world: ContactsWorld;
beforeAll(async () => {
  world = await ContactsWorld.open();
});
beforeEach(() => emptyTables(world.builder.database.pool));
afterAll(async () => world.builder.database.drop());

const key = (externalId: string) => ({ contact: { integration: 'crm', externalId } });

describe('cases that may mean somebody else', () => {
  it('57 are those of who was told first to have the address, also where that becomes known last', async () => {
    const emails = [{ value: MARIA }];
    await world.write(MARIA);
    await world.tell(aContactFact('upserted', 60, { ...key('2'), name: 'Ana', emails }));
    await world.reconsider();
    expect(await world.requesters()).toMatchObject([{ name: 'Ana' }]);
    await world.tell(aContactFact('upserted', 0, { ...key('1'), name: 'Eva', emails }));
    await world.reconsider();
    expect(await world.requesters()).toMatchObject([{ name: 'Eva' }]);
    // The stranger stays Eva when the address is somebody else’s.
    await world.tell(aContactFact('upserted', 90, { ...key('1'), emails: [] }));
    await world.write(MARIA);
    expect((await world.requesters()).at(-1)).toMatchObject({ name: 'Ana' });
    expect(
      await world.rows(`select p.name from contact c join contact p on p.id = c.merged_into where c.is_heard`),
    ).toEqual([{ name: 'Eva' }]);
    expect(await brokenInvariants(world.builder.database.pool)).toEqual([]);
  });

  it('keep, where they cannot be looked at, no others waiting, and are tried again later', async () => {
    const broken = await world.write(MARIA);
    await world.write('rui@loja.example');
    await world.tell(
      aContactFact('upserted', 0, { ...key('1'), name: 'Maria', emails: [{ value: MARIA }] }),
      aContactFact('upserted', 0, { ...key('2'), name: 'Rui', emails: [{ value: 'rui@loja.example' }] }),
    );
    await world.rows(`create function refuse() returns trigger language plpgsql as $$
      begin if new.id = '${broken}' then raise exception 'no room'; end if; return new; end $$`);
    await world.rows('create trigger refuse before update on cases for each row execute function refuse()');
    try {
      expect(await world.reconsider()).toBe(1);
      expect((await world.requesters()).map(({ name }) => name)).toEqual([MARIA, 'Rui']);
      expect(world.warnings).toMatchObject([{ reason: expect.stringContaining('no room'), retryInMs: 5_000 }]);
      expect(await world.reconsider()).toBe(0);
      world.milliseconds += 5_000;
      expect(await world.reconsider()).toBe(0);
      expect(world.warnings).toMatchObject([{ retryInMs: 5_000 }, { retryInMs: 10_000 }]);
    } finally {
      await world.rows('drop function refuse() cascade');
    }
    world.milliseconds += 9_999;
    expect(await world.reconsider()).toBe(0);
    world.milliseconds += 1;
    expect(await world.reconsider()).toBe(1);
    expect((await world.requesters()).map(({ name }) => name)).toEqual(['Maria', 'Rui']);
  });

  it('are looked at a few at a time where a contact has very many', async () => {
    const from = 'many@example.org';
    const many = Array.from({ length: 230 }, (_, index) => aMail({ messageId: `many-${index}@example.org`, from }));
    await world.builder.handle(many, { partition: 2, offset: 0 });
    await world.tell(aContactFact('upserted', 0, { name: 'Many', emails: [{ value: from }] }));
    expect(await world.reconsider()).toBe(230);
    expect(await world.rows(`select count(*)::int as n from case_event where kind = 'requester_changed'`)).toEqual([
      { n: 230 },
    ]);
    expect(new Set((await world.requesters()).map(({ name }) => name))).toEqual(new Set(['Many']));
  });
});
