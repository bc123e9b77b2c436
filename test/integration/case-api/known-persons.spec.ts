import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCaseWriter, type CaseBody, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { OTHER_ACCOUNT } from './identities.js';
import { closeAfter } from './beside-http.js';

type Body = CaseBody & Problem & { readonly requester_match: object };

let writer: CaseWriter;
beforeAll(async () => {
  writer = await aCaseWriter();
});
afterAll(() => writer.world.close());

const rows = (text: string, values: unknown[]) => writer.world.database.pool.query(text, values);
/** As the CRM's synchronisation knows the contact. */
const known = (contactId: string, value: string) =>
  rows(
    `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
     select account_id, 'external', $2, id, $2, now() from contact where id = $1`,
    [contactId, value],
  );
const create = (requester: object) => writer.send<Body>('POST /v1/cases', { subject: 'My lamp is broken', requester });
const listed = async (query: string) => {
  const { status, body } = await writer.send<{ data?: { id: string }[] } & Problem>(`GET /v1/cases?${query}`);
  return body.data?.map(({ id }) => id) ?? [status, body.code];
};
const latest = async (query: string) => {
  const { body } = await writer.send<Body & { ambiguous: boolean }>(`GET /v1/cases/latest?${query}`);
  return [body.id ?? body.code, body.ambiguous];
};

describe('a requester of another system', () => {
  it('is who bears the id there, for new cases and for those that there are', async () => {
    const first = await writer.create();
    const contact = first.body.requester.id;
    await known(contact, 'hubspot:12:Zoë');
    const rita = { integration: 'hubspot', external_id: '12:Zoë' };
    const made = await create(rita);
    expect([made.status, made.body.requester.id]).toEqual([201, contact]);
    expect(made.body.requester_match).toEqual({ method: 'R1', confidence: 'exact', candidates: [] });
    const other = await writer.create();
    const moved = await writer.send<Body>(`PATCH ${pathOf(other)}`, { requester: rita });
    expect([moved.status, moved.body.requester.id]).toEqual([200, contact]);
    const named = await create({ contact_id: 'external:hubspot:12:Zoë' });
    expect(named.body.requester.id).toBe(contact);
    const all = [named, other, made, first].map(({ body }) => body.id);
    for (const name of ['hubspot:12:Zoë', 'hubspot:12:Zoe\u0308'].map(encodeURIComponent)) {
      expect((await listed(`requester_id=external:${name}`)).sort()).toEqual(all.toSorted());
      expect(await latest(`external=${name}`)).toEqual([named.body.id, false]);
      expect(await latest(`contact_id=external:${name}`)).toEqual([named.body.id, false]);
    }
  });

  it.each<[object, readonly unknown[]]>([
    [{ integration: 'hubspot', external_id: '4711' }, [422, 'unknown-contact', '/requester/external_id']],
    [{ contact_id: 'external:hubspot:4711' }, [422, 'unknown-contact', '/requester/contact_id']],
    [{ integration: 'hub:spot', external_id: '1' }, [422, 'validation-failed', '/requester/integration']],
    [{ integration: 'hubspot' }, [422, 'validation-failed', '/requester']],
    [{ integration: 'hubspot', external_id: '1', email: 'a@b.example' }, [422, 'validation-failed', '/requester']],
    [{ integration: 'hubspot', external_id: '' }, [422, 'validation-failed', '/requester/external_id']],
  ])('%j is refused', async (requester, [status, code, pointer]) => {
    expect(codesOf(await create(requester)).map(String)).toEqual([
      ...[String(status), code, expect.stringContaining(`${String(pointer)} `)],
    ]);
  });

  it('71 is of one account', async () => {
    await rows(`insert into contact (account_id, id, created_at) values ($1, gen_random_uuid(), now())`, [
      OTHER_ACCOUNT,
    ]);
    await rows(
      `insert into contact_identity (account_id, kind, value, contact_id, value_raw, first_seen)
       select account_id, 'external', 'hubspot:theirs', id, 'theirs', now() from contact where account_id = $1`,
      [OTHER_ACCOUNT],
    );
    const theirs = { integration: 'hubspot', external_id: 'theirs' };
    expect(codesOf(await create(theirs))[1]).toBe('unknown-contact');
    expect(await listed('requester_id=external:hubspot:theirs')).toEqual([422, 'unknown-contact']);
    expect(await latest('external=hubspot:theirs')).toEqual(['not-found', undefined]);
  });
});

describe('contacts that were merged', () => {
  it('78 are one person by each of their names, over any number of steps, and closed cases are hers', async () => {
    const made = [await writer.create(), await writer.create(), await writer.create()];
    const [loser = '', middle = '', survivor = ''] = made.map(({ body }) => body.requester.id);
    await known(loser, 'hubspot:loser');
    await writer.send(`PATCH ${pathOf(made[0]!)}`, { assignee_id: 'email:ana@acme.example' });
    await writer.send(`POST ${pathOf(made[0]!)}/resolve`, { resolution: 'Sent.' });
    await closeAfter(writer.world, new Date().toISOString(), 6);
    await rows('update contact set merged_into = $2 where id = $1', [loser, middle]);
    await rows('update contact set merged_into = $2 where id = $1', [middle, survivor]);
    const cases = made.map(({ body }) => body.id);
    for (const name of [loser, middle, survivor, 'external:hubspot:loser']) {
      expect((await listed(`requester_id=${name}`)).sort()).toEqual(cases.toSorted());
      expect(await latest(`contact_id=${name}`)).toEqual([cases[2], false]);
      expect(await latest(`contact_id=${name}&state=resolved`)).toEqual([cases[0], false]);
      const { body } = await create({ contact_id: name });
      expect([name, body.requester.id]).toEqual([name, survivor]);
      await writer.send(`DELETE ${pathOf({ body })}`);
    }
    const r1 = await create({ integration: 'hubspot', external_id: 'loser' });
    expect([r1.body.requester.id, r1.body.requester_match]).toMatchObject([survivor, { method: 'R1' }]);
    await rows('update contact set deleted_at = now() where id = $1', [survivor]);
    expect(await latest(`contact_id=${loser}`)).toEqual(['not-found', undefined]);
    expect(codesOf(await create({ contact_id: loser }))).toEqual([
      ...[422, 'unknown-contact', '/requester/contact_id unknown-contact'],
    ]);
  });
});
