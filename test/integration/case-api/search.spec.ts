import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSearch } from '#libs/case-domain';
import {
  CASE_SORTS,
  type CaseSort,
  ensureSearchIndex,
  indexSearch,
  insertCases,
  positionOf,
  searchCases,
} from '#libs/case-store';
import { newId } from '#libs/interaction';
import { transaction } from '#libs/postgres';
import { aCase } from '#libs/testing';
import type { Pool } from 'pg';
import { aCaseWriter, ANA, type CaseWriter, codesOf, pathOf, type Problem } from './case-writer.js';
import { defaultStatusOf, groupOf, OUR_ACCOUNT } from './identities.js';
import { makeSearchable, settleSearch } from './searchable.js';

let writer: CaseWriter;
let pool: Pool;
beforeAll(async () => {
  writer = await aCaseWriter();
  pool = writer.world.database.pool;
  expect(await ensureSearchIndex(pool)).toBe('indexed');
});
afterAll(() => writer.world.close());

async function found(q: string, more = ''): Promise<unknown[]> {
  const { body } = await writer.send<{ data: { id: string }[] }>(`GET /v1/cases?q=${encodeURIComponent(q)}${more}`);
  return body.data.map(({ id }) => id);
}

describe('q', () => {
  it('finds each word in the subject, the description, or the name or address of the requester', async () => {
    const requester = { email: 'joao@oficina.example', name: 'João Ação' };
    const made = await writer.create({ subject: 'Straße 100%_a\\b', description: 'Der ﬁlter ist kaputt.', requester });
    await writer.create({ subject: 'Strasse 100 ab', description: 'Filter' });
    await settleSearch(pool);
    for (const q of [
      'STRASSE kaputt',
      'joao FILTER',
      'ａｃａｏ',
      'oficina.exam',
      '100%_',
      'a\\b',
      'ÁÇÃO joão@OFICINA',
    ]) {
      expect([q, await found(q)]).toEqual([q, [made.body.id]]);
    }
    for (const q of ['strasse nowhere', '100%b', '___', 'a\\\\b', 'kaputtist']) {
      expect([q, await found(q)]).toEqual([q, []]);
    }
  });

  it('finds a number at once, and with it whatever says the number', async () => {
    const made = await writer.create({ subject: 'Fresh' });
    const { id, number } = made.body;
    expect([await found(`CASE-${number}`), await found(`case-${number}`)]).toEqual([[id], [id]]);
    expect(await found(`${number}`)).toContain(id);
    expect(await found(`CASE-${number}`, '&status=resolved')).toEqual([]);
    const other = await writer.create({ subject: `As in CASE-${number}, once more` });
    await settleSearch(pool);
    expect(await found(`CASE-${number}`)).toEqual([other.body.id, id]);
    expect(await found(`CASE-${number}`, '&sort=created_at')).toEqual([id, other.body.id]);
    const query = `/v1/cases?q=CASE-${number}&limit=1`;
    const first = await writer.send<{ page: { next_cursor: string } }>(`GET ${query}`);
    const { body } = await writer.send<{ data: object[] }>(`GET ${query}&cursor=${first.body.page.next_cursor}`);
    expect(body.data).toMatchObject([{ id }]);
  });

  it('refuses what is too short, too long or nothing', async () => {
    for (const q of ['ab', ' a ', '%CC%81%CC%81%CC%81', 'x'.repeat(151)]) {
      const refused = await writer.send<Problem>(`GET /v1/cases?q=${q}`);
      expect([q, codesOf(refused)]).toEqual([q, [422, 'validation-failed', '/query/q validation-failed']]);
    }
  });
});

describe('what is searched', () => {
  it('follows changes of the case, its way to the trash and back, and its end', async () => {
    const made = await writer.create({ subject: 'Periwinkle' });
    await settleSearch(pool);
    await writer.send(`PATCH ${pathOf(made)}`, { subject: 'Marigold' });
    await settleSearch(pool);
    expect([await found('periwinkle'), await found('marigold')]).toEqual([[], [made.body.id]]);
    await writer.send(`DELETE ${pathOf(made)}`);
    await settleSearch(pool);
    expect(await texts(made.body.id)).toEqual([]);
    await writer.send(`POST ${pathOf(made)}/restore`, {});
    await settleSearch(pool);
    expect(await found('marigold')).toEqual([made.body.id]);
    await writer.send(`DELETE ${pathOf(made)}`);
    await writer.send(`DELETE ${pathOf(made)}?permanent=true`);
    expect(await texts(made.body.id)).toEqual([]);
    await settleSearch(pool);
    expect(await texts(made.body.id)).toEqual([]);
  });

  it('follows people who are called otherwise, contacts and agents', async () => {
    const made = await writer.create({ requester: { email: 'zoe@example.org', name: 'Zoe Before' } });
    const acting = { 'on-behalf-of': `agent:${ANA}` };
    const own = await writer.send('POST /v1/cases', { subject: 'For herself' }, acting);
    await settleSearch(pool);
    await pool.query(`update contact set name = 'Zoe Afterwards' where name = 'Zoe Before'`);
    await pool.query(`update agent set name = 'Ana Newname' where id = $1`, [ANA]);
    await pool.query(`update contact_identity set value = 'zoe2@example.org' where value = 'zoe@example.org'`);
    await settleSearch(pool);
    expect([await found('zoe before'), await found('zoe afterwards'), await found('zoe2@')]).toEqual([
      [],
      [made.body.id],
      [made.body.id],
    ]);
    expect(await found('newname')).toEqual([own.body.id]);
  });

  it('loses nothing when its writer dies half-way, and takes repetitions', async () => {
    const made = await writer.create({ subject: 'Hollyhock' });
    const { rows } = await pool.query<{ id: string }>('select id from outbox order by id');
    expect(rows.length).toBeGreaterThan(0);
    const dying = transaction(pool, async (client) => {
      await makeSearchable(client);
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await found('hollyhock')).toEqual([]);
    await settleSearch(pool);
    await makeSearchable(pool);
    expect([await found('hollyhock'), await indexSearch(pool)]).toEqual([[made.body.id], 0]);
  });

  it('needs no extension, and says so when there is none', async () => {
    const made = await writer.create({ subject: 'Snapdragon' });
    await settleSearch(pool);
    await pool.query('drop extension pg_trgm cascade');
    expect(await found('snapdrag')).toEqual([made.body.id]);
    await pool.query('create role plain_role');
    const client = await pool.connect();
    await client.query('set role plain_role');
    expect(await ensureSearchIndex(client)).toBe('no-extension');
    await client.query('reset role; drop role plain_role');
    client.release();
    expect(await ensureSearchIndex(pool)).toBe('indexed');
  });

  it('gives every hit once, in order, however common the words are', async () => {
    const tag = newId();
    const cases = Array.from({ length: 40 }, (_, index) => {
      return aCase({
        id: newId(),
        accountId: OUR_ACCOUNT,
        number: String(500_000 + index),
        groupId: groupOf(OUR_ACCOUNT),
        statusId: defaultStatusOf(OUR_ACCOUNT, 'new'),
        subject: `Tulip ${index % 7 === 0 ? 'rarely' : 'often'} ${index === 21 ? 'once' : ''}`,
        priority: index % 5 === 0 ? 'high' : 'low',
        updatedAt: `2026-04-01T00:00:${String((index * 17) % 60).padStart(2, '0')}.000Z`,
        tags: [tag],
      });
    });
    await insertCases(pool, OUR_ACCOUNT, cases);
    await makeSearchable(pool);
    const asked = fc.record({
      q: fc.constantFrom('tulip', 'tulip rarely', 'once tulip', '500021', 'tulip often'),
      sort: fc.constantFrom(...CASE_SORTS),
      limit: fc.integer({ min: 1, max: 45 }),
      size: fc.constantFrom(1, 3, 10, 5000),
      priorities: fc.constantFrom(undefined, ['high']),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ q, sort, limit, size, priorities }) => {
        const search = readSearch(q) ?? { words: [], number: null };
        const filter = { tags: [tag], priorities };
        const seen: string[] = [];
        for (let position: readonly string[] | null = []; position !== null;) {
          const page = { sort, limit, position };
          const views = await searchCases(pool, OUR_ACCOUNT, { filter, search }, page, size);
          seen.push(...views.map(({ state }) => state.id));
          const last = views.at(-1);
          position = views.length < limit || last === undefined ? null : positionOf(sort, last.state);
        }
        const wanted = cases.filter(({ subject, number, priority }) => {
          const says = search.words.every((word) => subject.toLowerCase().includes(word));
          return (says || number === search.number) && (priorities === undefined || priority === 'high');
        });
        expect(seen).toEqual(inOrder(wanted, sort));
      }),
      { numRuns: 60 },
    );
  });
});

function inOrder(cases: readonly ReturnType<typeof aCase>[], sort: CaseSort): string[] {
  const key = ({ id, updatedAt }: (typeof cases)[number]) => (sort.endsWith('updated_at') ? `${updatedAt} ${id}` : id);
  const ascending = [...cases].sort((one, other) => (key(one) < key(other) ? -1 : 1)).map(({ id }) => id);
  return sort.startsWith('-') ? ascending.reverse() : ascending;
}

async function texts(caseId: string): Promise<unknown[]> {
  return (await pool.query<object>('select text from case_search where case_id = $1', [caseId])).rows;
}

describe('q, however it is typed or encoded', () => {
  it('finds a requester by any spelling of the number, and a word of two ideographs by the index', async () => {
    const [called, written] = [
      await writer.create({ subject: 'Wrong bill', requester: { phone: '+5511987654321', name: 'Beatriz' } }),
      await writer.create({ subject: '東京電力の請求書', description: 'Bitte um R&uuml;ckruf: 030 / 123 45 67' }),
    ];
    await settleSearch(pool);
    for (const q of [
      '+55 (11) 98765-4321',
      '0055 11 98765 4321',
      '11 98765-4321',
      '+55 11 8765-4321',
      '１１９８７６５４３２１',
    ]) {
      expect([q, await found(q)]).toEqual([q, [called.body.id]]);
    }
    for (const q of [
      '請求',
      '東京 請求書',
      '+49 30 1234567',
      '030-1234567',
      'rückruf',
      'R%C3%BCckruf',
      '=?utf-8?B?UsO8Y2tydWY=?=',
    ]) {
      expect([q, await found(q)]).toEqual([q, [written.body.id]]);
    }
    const [word = ''] = readSearch('請求')?.words ?? [];
    const { rows } = await pool.query<{ trigrams: string[] }>('select show_trgm($1) as trigrams', [word]);
    expect(rows[0]?.trigrams.length).toBeGreaterThanOrEqual(4);
  });

  it('finds a case by its number in whatever form', async () => {
    const { id, number } = (await writer.create({ subject: 'Numbered' })).body;
    const fullWidth = [...`${number}`].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    for (const q of [
      `CASE-${number}`,
      `case ${number}`,
      `#${number}`,
      `ＣＡＳＥ－${fullWidth}`,
      `Case–${number}`,
      fullWidth,
    ]) {
      expect([q, (await found(q)).includes(id)]).toEqual([q, true]);
    }
  });
});
