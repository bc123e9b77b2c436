import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureSearchIndex } from '#libs/case-store';
import { aMail } from '#libs/testing';
import { receive } from './beside-http.js';
import { codesOf, type Problem } from './case-writer.js';
import { aWorldOfContacts, type Contact, type ContactPage, type ContactsWorld } from './contacts-world.js';
import { OTHER_ACCOUNT, OUR_ACCOUNT } from './identities.js';
import { settleSearch } from './searchable.js';

let contacts: ContactsWorld;
beforeAll(async () => {
  contacts = await aWorldOfContacts();
  await ensureSearchIndex(contacts.pool);
});
afterAll(() => contacts.world.close());
afterEach(() => contacts.pool.query('truncate contact, contact_identity, contact_search, search_queue cascade'));

const refusal = async (query: string) => codesOf(await contacts.send<Problem>(`GET /v1/contacts${query}`));

describe('the list of contacts', () => {
  it('is newest first, page by page, and its cursor is good for nothing else', async () => {
    await contacts.store(...['A', 'B', 'C', 'D', 'E'].map((name) => ({ name })));
    const first = await contacts.list('?limit=2');
    expect(first.data.map(({ name }) => name)).toEqual(['E', 'D']);
    await contacts.store({ name: 'F' });
    const cursor = first.page.next_cursor ?? '';
    const second = await contacts.list(`?limit=2&cursor=${cursor}`);
    expect(second.data.map(({ name }) => name)).toEqual(['C', 'B']);
    expect(await contacts.names('?sort=created_at&limit=3')).toEqual(['A', 'B', 'C']);
    for (const query of [`?blocked=false&cursor=${cursor}`, `?sort=created_at&cursor=${cursor}`]) {
      expect(await refusal(query)).toEqual([400, 'malformed-query', '/query/cursor malformed-query']);
    }
    const foreign = await contacts.world.get<Problem>(`/v1/contacts?cursor=${cursor}`, { key: contacts.theirs });
    expect(foreign.status).toBe(400);
  });

  it('has no throw-away contacts, none that were merged, and none of another account', async () => {
    const [rita] = await contacts.store({ name: 'Rita' });
    await contacts.store(
      { name: 'Hidden', kind: 'anonymous' },
      { name: 'Merged', mergedInto: rita ?? '' },
      { name: 'Theirs', accountId: OTHER_ACCOUNT },
      { name: 'Switchboard', kind: 'shared_line' },
    );
    expect(await contacts.names()).toEqual(['Switchboard', 'Rita']);
    expect(await contacts.names('?kind=shared_line')).toEqual(['Switchboard']);
    expect(await contacts.names('?kind=person,shared_line')).toEqual(['Switchboard', 'Rita']);
    expect(await contacts.names('', contacts.theirs)).toEqual(['Theirs']);
    expect(await refusal('?kind=anonymous')).toEqual([422, 'validation-failed', '/query/kind validation-failed']);
  });

  it('is narrowed by addresses, numbers in any spelling and keys of integrations, current and former', async () => {
    await contacts.pool.query(`update account set default_country = 'PT' where id = $1`, [OUR_ACCOUNT]);
    const [rita] = await contacts.store({
      name: 'Rita',
      identities: ['email:rita@xn--bcher-kva.example', '~email:old@example.org', 'phone:+351210000001'],
    });
    await contacts.store(
      { name: 'Rui', identities: ['phone:+351210000001', '!email:old@example.org', 'external:hubspot:12'] },
      { name: 'Once', mergedInto: rita ?? '', identities: ['email:once@example.org'] },
      { name: 'Bia', identities: ['phone:+5541987990000'] },
    );
    const cases: [string, string[]][] = [
      ['?email=Rita@B%C3%BCcher.example', ['Rita']],
      ['?email=old@example.org', ['Rita']],
      ['?email=once@example.org,nobody@example.org', ['Rita']],
      ['?phone=210%20000%20001', ['Rui', 'Rita']],
      ['?phone=+351%20210-000-001', ['Rui', 'Rita']],
      ['?phone=00351210000001&external=hubspot:12', ['Rui']],
      ['?phone=%2B554187990000', ['Bia']],
      ['?external=hubspot:13', []],
    ];
    for (const [query, names] of cases) {
      const { body } = await contacts.send<ContactPage & Problem>(`GET /v1/contacts${query}`);
      expect([query, body.data?.map(({ name }) => name) ?? body]).toEqual([query, names]);
    }
    expect(await refusal('?email=nobody&phone=anonymous&external=hubspot')).toEqual([
      400,
      'malformed-query',
      ...['email', 'phone', 'external'].map((name) => `/query/${name} malformed-query`),
    ]);
  });

  it('tells who is blocked and what changed since an instant, in the order of changes', async () => {
    await contacts.store(
      { name: 'Early', updatedAt: '2026-03-04T00:00:00Z' },
      { name: 'Late', updatedAt: '2026-03-06T00:00:00Z', blocked: true },
      { name: 'Never' },
    );
    expect(await contacts.names('?blocked=true')).toEqual(['Late']);
    expect(await contacts.names('?blocked=false&sort=updated_at')).toEqual(['Never', 'Early']);
    expect(await contacts.names('?updated_from=2026-03-04&sort=updated_at')).toEqual(['Early', 'Late']);
    expect(await contacts.names('?updated_to=2026-03-06&sort=-updated_at')).toEqual(['Early', 'Never']);
    const first = await contacts.list('?sort=updated_at&limit=2');
    const second = await contacts.list(`?sort=updated_at&limit=2&cursor=${first.page.next_cursor ?? ''}`);
    expect([...first.data, ...second.data].map(({ name }) => name)).toEqual(['Never', 'Early', 'Late']);
    expect(await refusal('?updated_from=2026-03-06&updated_to=2026-03-05')).toEqual([
      ...[422, 'validation-failed', '/query/updated_to validation-failed'],
    ]);
  });

  it('needs contacts:read', async () => {
    expect((await contacts.world.get('/v1/contacts', { key: contacts.world.ours })).status).toBe(403);
    expect((await contacts.world.get('/v1/contacts', { key: contacts.reader })).status).toBe(200);
  });
});

describe('the search for contacts', () => {
  it('finds what reads the same to a person, and follows changes and merges', async () => {
    const [rita] = await contacts.store({
      name: 'Rita O’Brien-Ação',
      company: 'Straße & Söhne',
      identities: ['email:rita.85@xn--bcher-kva.example', 'phone:+49301234567', 'external:hubspot:1246965'],
    });
    await contacts.store(
      { name: 'Анна Попова', company: 'Καφέ Όλυμπος' },
      { name: '李明' },
      { name: 'Hidden Rita', kind: 'anonymous' },
      { name: 'Their Rita', accountId: OTHER_ACCOUNT },
      { name: 'Her Other Name', mergedInto: rita ?? '', identities: ['email:other@example.org'] },
    );
    await settleSearch(contacts.pool);
    const found = async (q: string, as?: string) => contacts.names(`?q=${encodeURIComponent(q)}`, as);
    const asked: [string, string][] = [
      ['ＲＩＴＡ', 'Rita O’Brien-Ação'],
      ["o'brien acao", 'Rita O’Brien-Ação'],
      ['strasse sohne', 'Rita O’Brien-Ação'],
      ['bücher.exam', 'Rita O’Brien-Ação'],
      ['030 123 45-67', 'Rita O’Brien-Ação'],
      ['+49 (0)30 1234567', 'Rita O’Brien-Ação'],
      ['٠٣٠١٢٣٤٥٦٧', 'Rita O’Brien-Ação'],
      ['hubspot:1246', 'Rita O’Brien-Ação'],
      ['other@example', 'Rita O’Brien-Ação'],
      ['her other', 'Rita O’Brien-Ação'],
      ['ПОПОВА', 'Анна Попова'],
      ['ολυμπος', 'Анна Попова'],
      ['李明', '李明'],
    ];
    for (const [q, name] of asked) {
      expect([q, await found(q)]).toEqual([q, [name]]);
    }
    expect([await found('rita'), await found('hidden'), await found('popova')]).toEqual([
      ['Rita O’Brien-Ação'],
      [],
      [],
    ]);
    expect(await found('rita', contacts.theirs)).toEqual(['Their Rita']);
    await contacts.pool.query(`update contact set name = 'Zoe' where id = $1`, [rita]);
    await contacts.pool.query(`update contact set merged_into = null where merged_into = $1`, [rita]);
    await contacts.pool.query(`delete from contact_identity where value = '+49301234567'`);
    await settleSearch(contacts.pool);
    expect([await found('acao'), await found('zoe'), await found('other@')]).toEqual([[], ['Zoe'], ['Her Other Name']]);
    expect(await found('030 1234567')).toEqual([]);
  });

  it('gives every hit once, in order, with filters, page by page', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Tulip ${index % 5 === 0 ? 'rare' : 'often'} ${index}`);
    await contacts.store(...names.map((name, index) => ({ name, blocked: index % 2 === 0 })));
    await settleSearch(contacts.pool);
    for (const sort of ['-created_at', 'created_at', '-updated_at', 'updated_at']) {
      const seen: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const query = `?q=tulip%20rare&blocked=true&limit=2&sort=${sort}${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const { data, page }: ContactPage = await contacts.list(query);
        seen.push(...data.map(({ name }) => name));
        cursor = page.next_cursor;
      }
      const wanted = ['Tulip rare 0', 'Tulip rare 10', 'Tulip rare 20'];
      expect([sort, seen]).toEqual([sort, sort.startsWith('-') ? wanted.toReversed() : wanted]);
    }
    expect(await refusal('?q=ab')).toEqual([422, 'validation-failed', '/query/q validation-failed']);
  });
});

describe('one contact', () => {
  it('is named by its id, an address, a number or a key, and answers for those that were merged', async () => {
    const [rita, rui] = await contacts.store(
      { name: 'Rita', identities: ['email:rita@example.org', '~email:old@example.org', 'phone:+351210000001'] },
      { name: 'Rui', identities: ['phone:+351210000001', 'external:hubspot:12'] },
    );
    const [once] = await contacts.store({
      name: 'Once',
      mergedInto: rita ?? '',
      identities: ['email:rita2@example.org'],
    });
    const get = (name: string, as = contacts.key) => contacts.world.get<Contact>(`/v1/contacts/${name}`, { key: as });
    for (const name of [rita, rita?.toUpperCase(), once, 'email:rita@example.org', 'email:rita2@example.org']) {
      const { status, body, headers } = await get(name ?? '');
      expect([name, status, body.id, body.merged_from, headers['etag']]).toEqual([name, 200, rita, [once], '"1"']);
    }
    expect((await get('external:hubspot:12')).body.id).toBe(rui);
    expect((await get(rita ?? '')).body.identities).toMatchObject([
      { kind: 'email', value: 'rita2@example.org', former: false },
      { kind: 'email', value: 'rita@example.org', former: false, shared: false, conflicting: false },
      { kind: 'phone', value: '+351210000001', shared: true },
      { kind: 'email', value: 'old@example.org', former: true },
    ]);
    const shared = await get('phone:+351210000001');
    expect([shared.status, shared.body['detail']]).toEqual([404, expect.stringContaining('Several contacts')]);
    for (const name of [rita ?? '', once ?? '', 'email:rita@example.org', 'external:hubspot:12']) {
      expect((await get(name, contacts.theirs)).status).toBe(404);
    }
    for (const name of ['me', '%00', 'email:', `phone:${'9'.repeat(40)}`, 'email:ana@acme.example']) {
      expect([name, (await get(name)).status]).toEqual([name, 404]);
    }
    const known = await contacts.world.get(`/v1/contacts/${rita ?? ''}`, {
      key: contacts.key,
      headers: { 'if-none-match': '"1"' },
    });
    expect(known.status).toBe(304);
  });

  it('has its interactions, newest first, also those that others’ cases have', async () => {
    const mail = (messageId: string, from: string, extra = {}) =>
      aMail({ messageId: `<${messageId}@example.org>`, from, ...extra }, { accountId: OUR_ACCOUNT });
    await receive(contacts.world, mail('1', 'rita@example.org'), mail('2', 'rui@example.org'));
    await receive(contacts.world, mail('3', 'rita@example.org', { inReplyTo: '<1@example.org>' }));
    const { data } = await contacts.list('?email=rita@example.org');
    const path = `/v1/contacts/${data[0]?.id ?? ''}/interactions`;
    const first = await contacts.send<ContactPage>(`GET ${path}?limit=1`);
    const rest = await contacts.send<ContactPage>(`GET ${path}?cursor=${first.body.page.next_cursor ?? ''}`);
    const seen = [...first.body.data, ...rest.body.data].map((one) => one['external_id']);
    expect(seen.toSorted()).toEqual(['<1@example.org>', '<3@example.org>']);
    expect((await contacts.world.get(path, { key: contacts.reader })).status).toBe(403);
    expect((await contacts.world.get(path, { key: contacts.theirs })).status).toBe(404);
  });
});
