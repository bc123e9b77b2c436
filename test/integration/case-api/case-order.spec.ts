import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginWrite, insertCases, settledUntil, updateCases } from '#libs/case-store';
import { LEDGER, type LedgerDependencies, settle } from '#libs/case-ledger';
import { newId } from '#libs/interaction';
import { transactionBegunBy } from '#libs/postgres';
import { aCase, anUpdate, waitUntil } from '#libs/testing';
import { aCaseWriter, ANA, type CaseWriter } from './case-writer.js';
import { defaultStatusOf, groupOf, OUR_ACCOUNT } from './identities.js';

interface Page {
  readonly data: readonly { readonly id: string; readonly subject: string; readonly version: number }[];
  readonly page: { readonly next_cursor: string | null; readonly has_more: boolean };
}

let writer: CaseWriter;
let ledger: LedgerDependencies;
beforeAll(async () => {
  writer = await aCaseWriter();
  ledger = writer.world.application.get<LedgerDependencies>(LEDGER);
});
afterAll(() => writer.world.close());

const listed = async (query: string): Promise<Page> => {
  const { status, body } = await writer.send<Page>(`GET /v1/cases?${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body;
};
const idsOf = ({ data }: Page): string[] => data.map(({ id }) => id);

/** The page behind one with a next one. */
const following = (query: string, { page }: Page): Promise<Page> => listed(`${query}&cursor=${page.next_cursor}`);

async function create(body: object): Promise<string> {
  return (await writer.create(body)).body.id;
}

/** Changes a case and does not commit before it is told to. */
async function slowWrite(caseId: string): Promise<{ readonly commit: () => Promise<void> }> {
  const command = anUpdate(caseId, { subject: 'Changed slowly' });
  let release = (): void => undefined;
  let written = (): void => undefined;
  const isWritten = new Promise<void>((resolve) => (written = resolve));
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  const settling = settle(ledger, [{ accountId: OUR_ACCOUNT, inputs: [{ kind: 'command', command }] }], {
    after: async () => {
      written();
      await isReleased;
    },
  });
  await isWritten;
  return {
    commit: async () => {
      release();
      await settling;
    },
  };
}

describe('the order of a list', () => {
  it('is that of creation or of change, in either direction, and a cursor is of one order alone', async () => {
    const tags = [newId()];
    const query = `tag=${tags[0]}&limit=2`;
    const [first, second, third] = [await create({ tags }), await create({ tags }), await create({ tags })];
    await writer.send(`PATCH /v1/cases/${first}`, { subject: 'Changed' });
    const orders = {
      '': [third, second, first],
      '&sort=-created_at': [third, second, first],
      '&sort=created_at': [first, second, third],
      '&sort=updated_at': [second, third, first],
      '&sort=-updated_at': [first, third, second],
    };
    for (const [sort, order] of Object.entries(orders)) {
      const page = await listed(`${query}${sort}`);
      const next = await following(`${query}${sort}`, page);
      expect([sort, [...idsOf(page), ...idsOf(next)], next.page.has_more]).toEqual([sort, order, false]);
    }
    const { page } = await listed(`${query}&sort=created_at`);
    const elsewhere = await writer.send<{ code: string }>(`GET /v1/cases?${query}&cursor=${page.next_cursor}`);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'malformed-query']);
    const unknown = await writer.send<{ errors: object[] }>('GET /v1/cases?sort=priority');
    expect([unknown.status, unknown.body.errors]).toMatchObject([422, [{ pointer: '/query/sort' }]]);
  });

  it('by due_at puts what is due first, and what has no date last, page by page', async () => {
    const tags = [newId()];
    const task = (due: string) => create({ tags, type: 'task', assignee_id: ANA, due_on: due });
    const undated = [await create({ tags }), await create({ tags })];
    const dated = [await task('2026-03-03'), await task('2026-03-01'), await task('2126-03-02')];
    const order = [dated[1], dated[0], dated[2], ...undated];
    for (const limit of [1, 2, 3, 4, 5]) {
      const query = `tag=${tags[0]}&sort=due_at&limit=${limit}`;
      let page = await listed(query);
      const ids = idsOf(page);
      while (page.page.has_more) {
        page = await following(query, page);
        ids.push(...idsOf(page));
      }
      expect(ids).toEqual(order);
    }
    expect(idsOf(await listed(`tag=${tags[0]}&overdue=true&sort=due_at`))).toEqual([dated[1], dated[0]]);
    expect(idsOf(await listed(`tag=${tags[0]}&overdue=false&sort=due_at`))).toEqual([dated[2], ...undated]);
  });
});

describe('the list by updated_at', () => {
  it('ends before a write that is still under way, so that no case is passed over', async () => {
    const tags = [newId()];
    const query = `tag=${tags[0]}&sort=updated_at`;
    const [slow, quick] = [await create({ tags }), await create({ tags })];
    const write = await slowWrite(slow);
    await writer.send(`PATCH /v1/cases/${quick}`, { subject: 'Changed quickly' });
    const early = await listed(query);
    expect([idsOf(early), early.page.has_more]).toEqual([[slow], true]);
    const still = await following(query, early);
    expect([idsOf(still), still.page.has_more]).toEqual([[], true]);
    await write.commit();
    const late = await following(query, still);
    expect([idsOf(late), late.page.has_more]).toEqual([[slow, quick], false]);
    expect(late.data.map(({ subject }) => subject)).toEqual(['Changed slowly', 'Changed quickly']);
  });

  it('is not held up by who only reads, nor by a write that failed', async () => {
    const { pool } = writer.world.database;
    const reader = await pool.connect();
    await reader.query('begin');
    await reader.query('select count(*) from cases');
    const failing = transactionBegunBy(pool, beginWrite, () => Promise.reject(new Error('a failure')));
    await expect(failing).rejects.toThrow('a failure');
    const before = Date.now();
    expect(Date.parse(await settledUntil(pool))).toBeGreaterThanOrEqual(before);
    await reader.query('rollback');
    reader.release();
  });

  it('F24 shows every case at least once while they change, and none twice that does not', async () => {
    const tag = newId();
    const cases = someCases(1000, tag);
    await insertCases(writer.world.database.pool, OUR_ACCOUNT, cases);
    const changing = cases.filter((_, index) => index % 3 === 0);
    const changed = new Set<string>();
    const walk = new AbortController();
    const changes = (async () => {
      for (let turn = 0; !walk.signal.aborted; turn += 1) {
        const at = (turn * 7919) % changing.length;
        const { id } = changing[at] ?? { id: '' };
        changed.add(id);
        await writer.send(`PATCH /v1/cases/${id}`, { subject: `Changed in turn ${turn}` });
      }
    })();
    const seen = new Map<string, number>();
    let page: Page | null = null;
    while (page === null || page.page.has_more) {
      const query = `tag=${tag}&sort=updated_at&limit=100`;
      page = page === null ? await listed(query) : await following(query, page);
      page.data.forEach(({ id }) => seen.set(id, (seen.get(id) ?? 0) + 1));
      // However fast the pages come: something changes between any two of the first ten.
      const wanted = Math.min(changed.size + 1, 10);
      await waitUntil(
        () => changed.size >= wanted,
        5_000,
        () => `${changed.size} cases changed`,
        5,
      );
    }
    walk.abort();
    await changes;
    expect(cases.filter(({ id }) => !seen.has(id))).toEqual([]);
    expect(cases.filter(({ id }) => (seen.get(id) ?? 0) > 1 && !changed.has(id))).toEqual([]);
    expect(changed.size).toBeGreaterThan(5);
  });

  it('69 keeps its place among cases of one millisecond while rows are inserted and change', async () => {
    const tag = newId();
    const cases = someCases(12, tag).map((state) => ({ ...state, updatedAt: '2026-02-01T00:00:00.000Z' }));
    const { pool } = writer.world.database;
    await insertCases(pool, OUR_ACCOUNT, cases);
    const query = `tag=${tag}&sort=-updated_at&limit=5`;
    const first = await listed(query);
    await insertCases(pool, OUR_ACCOUNT, someCases(3, tag));
    const passed = cases.at(-1);
    if (passed !== undefined) {
      await updateCases(pool, OUR_ACCOUNT, [{ ...passed, version: 2, updatedAt: '2026-02-02T00:00:00.000Z' }]);
    }
    const second = await following(query, first);
    const third = await following(query, second);
    expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(cases.map(({ id }) => id).reverse());
  });
});

let lastNumber = 100_000;

/** Cases as an import leaves them: every fifth of one millisecond. */
function someCases(count: number, tag: string): ReturnType<typeof aCase>[] {
  return Array.from({ length: count }, (_, index) => {
    lastNumber += 1;
    const seconds = String(index % 5 === 0 ? 0 : index % 60).padStart(2, '0');
    return aCase({
      id: newId(),
      accountId: OUR_ACCOUNT,
      number: String(lastNumber),
      groupId: groupOf(OUR_ACCOUNT),
      statusId: defaultStatusOf(OUR_ACCOUNT, 'new'),
      tags: [tag],
      updatedAt: `2026-03-01T09:00:${seconds}.000Z`,
    });
  });
}
