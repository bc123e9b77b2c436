import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { contactFactRecord } from '#libs/interaction';
import { aContactFact, ACCOUNT_ID } from '#libs/testing';
import { brokenInvariants } from '../../invariants/broken-invariants.js';
import { asHandedOver } from './builder.js';
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

describe('facts about contacts', () => {
  it('make a contact once, however often they come, and repetitions touch nothing', async () => {
    const fact = aContactFact('upserted', 0, {
      name: 'Maria Silva',
      company: 'Loja',
      emails: [{ value: MARIA, primary: true }],
    });
    await world.tell(fact, fact);
    const before = await world.rows('select * from contact_fact');
    await world.tell(fact);
    expect(await world.rows('select * from contact_fact')).toEqual(before);
    expect(await world.outcomes()).toEqual([['created', null]]);
    expect(await world.rows('select name, company, version, is_heard from contact')).toEqual([
      { name: 'Maria Silva', company: 'Loja', version: 1, is_heard: false },
    ]);
    const identities = await world.rows('select kind, value, is_primary from contact_identity order by kind');
    expect(identities).toEqual([
      { kind: 'email', value: MARIA, is_primary: true },
      { kind: 'external', value: 'crm:crm-100', is_primary: false },
    ]);
  });

  it('F10 keep what is newest, whatever the order, and an old address as a former one that still matches', async () => {
    const john = [{ value: 'john@acme.example' }];
    await world.tell(
      aContactFact('upserted', 60, { name: 'John Doe', emails: [{ value: 'johndoe@acme.example' }], complete: true }),
    );
    await world.tell(aContactFact('upserted', 0, { name: 'John', company: 'Acme', emails: john }));
    expect(await world.rows('select name, company from contact')).toEqual([{ name: 'John Doe', company: 'Acme' }]);
    expect(
      await world.rows(`select value, is_former from contact_identity where kind = 'email' order by value`),
    ).toEqual([
      { value: 'john@acme.example', is_former: true },
      { value: 'johndoe@acme.example', is_former: false },
    ]);
    await world.write('john@acme.example');
    expect(await world.requesters()).toEqual([{ name: 'John Doe', method: 'R4', confidence: 'weak' }]);
    expect(await world.persons()).toHaveLength(1);
  });

  it('leave an address with who has it, and say so', async () => {
    await world.tell(aContactFact('upserted', 0, { ...key('2'), name: 'Ana', emails: [{ value: MARIA }] }));
    await world.tell(aContactFact('upserted', 60, { ...key('1'), name: 'Eva', emails: [{ value: MARIA }] }));
    const [ana] = await world.rows<{ id: string }>(`select id from contact where name = 'Ana'`);
    const flagged = await world.rows(`select outcome, field, reason, flags from contact_fact where reason is not null`);
    const flag = { flag: 'identity_conflict', field: '/emails/0', contactId: ana?.id };
    expect(flagged).toEqual([{ outcome: 'created', field: '/emails/0', reason: 'identity_conflict', flags: [flag] }]);
    await world.write(MARIA);
    expect(await world.requesters()).toMatchObject([{ name: 'Ana' }]);
  });

  it('57 whoever wrote before the directory told of her is the contact that the directory has', async () => {
    await world.write(MARIA);
    await world.tell(aContactFact('upserted', 0, { name: 'Maria Silva', emails: [{ value: MARIA, verified: true }] }));
    expect(await world.reconsider()).toBe(1);
    expect(await world.requesters()).toEqual([{ name: 'Maria Silva', method: 'R3', confidence: 'verified' }]);
    expect(await world.reconsider()).toBe(0);
    const events = await world.rows(
      `select kind, actor, details -> 'contact_change' ->> 'because' as because from case_event order by seq`,
    );
    expect(events.at(-1)).toEqual({
      kind: 'requester_changed',
      actor: { kind: 'system', id: null },
      because: 'merged',
    });
    const [waiting] = await world.rows<{ count: number }>('select count(*)::int as count from contact_reconsideration');
    expect(waiting?.count).toBe(0);
  });

  it('78 F11 merged contacts are one person under the winner; closed rows stay byte for byte', async () => {
    const mailOf = (name: string) => [{ value: `${name}@acme.example` }];
    await world.tell(
      aContactFact('upserted', 0, { ...key('100'), name: 'A', emails: mailOf('a') }),
      aContactFact('upserted', 1, {
        ...key('200'),
        name: 'B',
        company: 'Gold',
        emails: [...mailOf('b'), ...mailOf('a')],
      }),
    );
    const [closed, open] = [await world.write('b@acme.example'), await world.write('b@acme.example')];
    await world.rows(
      `update cases set category = 'resolved', closed_at = now(), closed_reason = 'auto_close', resolved_at = now(),
         resolution = 'Sent.', resolution_source = 'automation' where id = $1`,
      [closed],
    );
    const rowOf = () => world.rows<{ row: string }>('select c::text as row from cases c where id = $1', [closed]);
    const before = await rowOf();
    await world.tell(aContactFact('merged', 60, { ...key('100'), mergedExternalIds: ['200'] }));
    await world.reconsider();
    expect(await rowOf()).toEqual(before);
    expect(await world.rows('select name, company from contact where merged_into is null')).toEqual([
      { name: 'A', company: 'Gold' },
    ]);
    const [winner] = await world.persons();
    expect(await world.rows('select requester_id from cases where id = $1', [open])).toEqual([
      { requester_id: winner?.id },
    ]);
    await world.write('b@acme.example');
    await world.tell(aContactFact('upserted', 90, { ...key('200'), phones: [{ value: '+351210000001' }] }));
    expect(await world.persons()).toHaveLength(1);
    const told = await world.toldContacts();
    const state = JSON.parse(String(told.get(winner?.id ?? '')?.value)) as {
      identities: { kind: string; value: string }[];
    };
    expect(state).toMatchObject({ name: 'A', company: 'Gold', merged_into: null });
    expect(state.identities.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      ...[
        'email a@acme.example',
        'email b@acme.example',
        'external crm:100',
        'external crm:200',
        'phone +351210000001',
      ],
    ]);
  });

  it('78 a merge that comes before either contact is known ends the same', async () => {
    await world.tell(aContactFact('merged', 60, { ...key('100'), mergedExternalIds: ['200'] }));
    await world.tell(aContactFact('upserted', 0, { ...key('200'), name: 'B', emails: [{ value: MARIA }] }));
    await world.write(MARIA);
    await world.tell(aContactFact('upserted', 1, { ...key('100'), name: 'A' }));
    expect(await world.persons()).toMatchObject([{ name: 'A' }]);
    await world.reconsider();
    expect(await world.requesters()).toMatchObject([{ name: 'A' }]);
  });

  it('take the key of the directory away and nothing else, and ask for erasures', async () => {
    await world.tell(aContactFact('upserted', 0, { name: 'Maria', emails: [{ value: MARIA }] }));
    await world.tell(aContactFact('deleted', 60));
    await world.write(MARIA);
    expect(await world.requesters()).toMatchObject([{ name: 'Maria' }]);
    await world.tell(aContactFact('erased', 70), aContactFact('erased', 80, { mayErase: true }));
    expect(await world.rows('select state, requested_by from contact_erasure')).toEqual([
      { state: 'requested', requested_by: { kind: 'app', id: 'generic/crm' } },
    ]);
  });

  it('F3 a number of several people identifies nobody alone', async () => {
    const phones = [{ value: '+351210000100' }];
    await world.tell(
      aContactFact('upserted', 0, { ...key('1'), name: 'Ana', phones }),
      aContactFact('upserted', 1, { ...key('2'), name: 'Rui', phones }),
    );
    await world.tell(aContactFact('upserted', 2, { ...key('3'), name: 'Eva', phones }));
    expect(
      await world.rows(
        'select count(*)::int as n, bool_and(is_shared) as shared from contact_identity where kind = $1',
        ['phone'],
      ),
    ).toEqual([{ n: 3, shared: true }]);
    expect((await world.outcomes()).map((one) => (one as string[])[0]).sort()).toEqual([
      'created',
      'flagged_shared',
      'flagged_shared',
    ]);
  });

  it('71 concern one account alone', async () => {
    await world.tell(aContactFact('upserted', 0, { name: 'Maria', emails: [{ value: MARIA }] }));
    const other = '0197a000-0000-7000-8000-00000000beef';
    await world.tell(
      aContactFact('upserted', 1, { name: 'Somebody else', accountId: other, emails: [{ value: MARIA }] }),
    );
    expect(await world.rows('select account_id, name from contact')).toEqual([
      { account_id: ACCOUNT_ID, name: 'Maria' },
    ]);
  });

  it('76 tell on contact.state.v1 what the rows say, whatever was told', async () => {
    const emails = [{ value: MARIA }];
    await world.write(MARIA);
    await world.tell(aContactFact('upserted', 0, { ...key('1'), name: 'Ana', emails }));
    await world.tell(aContactFact('merged', 60, { ...key('2'), mergedExternalIds: ['1'] }));
    await world.tell(
      aContactFact('upserted', 90, { ...key('1'), company: 'Loja', phones: [{ value: '+351210000001' }] }),
    );
    await world.tell(aContactFact('deleted', 95, key('9')));
    const told = await world.toldContacts();
    const rows = await world.rows<{ id: string }>(
      'select id, name, company, merged_into, version from contact where deleted_at is null',
    );
    expect(rows).toHaveLength(3);
    expect(rows.map(({ id }) => JSON.parse(String(told.get(id)?.value)) as unknown)).toMatchObject(rows);
    const [gone] = await world.rows<{ id: string }>('select id from contact where deleted_at is not null');
    expect(told.get(gone?.id ?? '')?.value).toBeNull();
    expect(await brokenInvariants(world.builder.database.pool)).toEqual([]);
  });

  it('tell the first contact of a mail on contact.state.v1', async () => {
    await world.write(MARIA);
    const [told] = [...(await world.toldContacts()).values()];
    expect(JSON.parse(String(told?.value))).toMatchObject({
      identities: [{ kind: 'email', value: MARIA }],
      version: 1,
    });
  });

  it('two partitions that tell of one contact at once make one', async () => {
    const facts = Array.from({ length: 40 }, (_, index) =>
      aContactFact('upserted', index, {
        ...key(`${index % 5}`),
        name: `N${index % 5}`,
        emails: [{ value: `p${index % 5}@x.example` }],
      }),
    );
    const halves = [facts.filter((_, index) => index % 2 === 0), facts.filter((_, index) => index % 2 === 1)];
    await Promise.all(
      halves.map((half, partition) =>
        world.builder.handleRecords(
          half.map((fact, at) => asHandedOver(contactFactRecord(fact), 10_000 + at, 3 + partition)),
        ),
      ),
    );
    expect(await world.persons()).toHaveLength(5);
    expect(await world.rows('select count(*)::int as n from contact_fact')).toEqual([{ n: 40 }]);
  });
});
