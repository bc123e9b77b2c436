import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseState } from '#libs/case-domain';
import {
  CASE_SORTS,
  type CaseFilter,
  type CaseSort,
  declareConfiguration,
  insertCases,
  listCases,
  positionOf,
} from '#libs/case-store';
import { aCase, aDeclaration, aDeclaredAccount, testDatabase, type TestDatabase } from '#libs/testing';
import { v7 } from 'uuid';
import { INVARIANTS } from '../../invariants/broken-invariants.js';
import { defaultStatusOf, groupOf, OUR_ACCOUNT } from './identities.js';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.parse('2026-03-01T09:00:00.000Z');
const GROUPS = [groupOf(OUR_ACCOUNT), v7()];
const AGENTS = [v7(), v7()];
const REQUESTERS = [v7(), v7()];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await declareConfiguration(database.pool, aDeclaration({ account: aDeclaredAccount({ id: OUR_ACCOUNT }) }));
  await insertCases(database.pool, OUR_ACCOUNT, CASES);
});
afterAll(() => database.drop());

/** One of the values, by a number that differs for each purpose. */
const one = <Value>(values: readonly Value[], index: number): Value => values[index % values.length] as Value;
const instant = (days: number): string => new Date(START + days * DAY).toISOString();

/** Every mixture of what lists are narrowed by; some were made in the same millisecond, some changed in one. */
const CASES: readonly CaseState[] = Array.from({ length: 240 }, (_, index) => {
  const status = one(['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const, index * 7 + (index >> 3));
  const category = status === 'closed' ? 'resolved' : status;
  const isResolved = category === 'resolved';
  const assigneeId = status === 'new' || (isResolved && index % 4 === 0) ? null : one(AGENTS, index);
  const isTask = assigneeId !== null && index % 3 === 0;
  const created = Math.floor(index / 2);
  return aCase({
    id: v7({ msecs: START + created * DAY }),
    accountId: OUR_ACCOUNT,
    number: String(index + 1),
    category,
    statusId: defaultStatusOf(OUR_ACCOUNT, category),
    groupId: one(GROUPS, index >> 1),
    assigneeId,
    requester: { kind: 'contact', id: one(REQUESTERS, index >> 2) },
    ...(isResolved ? { resolvedAt: instant(created + 2), resolution: 'Done.', resolutionSource: 'automation' } : {}),
    ...(status === 'closed' ? { closedAt: instant(created + 7), closedReason: 'auto_close' } : {}),
    ...(isTask ? { type: 'task', dueOn: '2026-06-01', dueAt: instant(index % 90), dueTimeZone: 'UTC' } : {}),
    priority: one([null, 'low', 'urgent'] as const, index),
    source: one(['email', 'api', 'agent'] as const, index >> 1),
    tags: one([[], ['red'], ['red', 'blue']], index),
    customFields: one([{}, { model: 'a' }, { sizes: ['s', 'm'], weight: 5 }, { sizes: ['m'] }] as const, index >> 2),
    deletedAt: index % 11 === 0 ? instant(created + 9) : null,
    createdAt: instant(created),
    updatedAt: instant(created + (index % 5) * 3),
  });
});

const someOf = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value[]> => {
  return fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
};
const span = fc.integer({ min: -5, max: 130 }).map(instant);
const filters: fc.Arbitrary<CaseFilter> = fc.record(
  {
    statuses: someOf('new', 'open', 'pending', 'on_hold', 'resolved', 'closed'),
    statusIds: someOf('new', 'open', 'resolved').map((all) => all.map((of) => defaultStatusOf(OUR_ACCOUNT, of))),
    priorities: someOf('low', 'urgent'),
    types: someOf('task', 'question'),
    sources: someOf('email', 'api', 'agent'),
    tags: someOf('red', 'blue', 'red'),
    customFields: fc.array(
      someOf('{"model":"a"}', '{"sizes":["m"]}', '{"sizes":["s"]}', '{"weight":5.0}', '{"model":"b"}'),
      { maxLength: 2 },
    ),
    groupIds: someOf(...GROUPS),
    assigneeIds: someOf(...AGENTS),
    requesterIds: someOf(...REQUESTERS),
    unassigned: fc.boolean(),
    overdue: fc.boolean(),
    createdFrom: span,
    createdTo: span,
    updatedFrom: span,
    updatedTo: span,
    resolvedFrom: span,
    resolvedTo: span,
    trashed: fc.constantFrom('no', 'only', 'with'),
  },
  { requiredKeys: [] },
);

const within = (value: string | null, from: string | undefined, to: string | undefined): boolean =>
  (from === undefined && to === undefined) ||
  (value !== null && (from === undefined || value >= from) && (to === undefined || value < to));
const isAny = (values: readonly string[] | undefined, value: string | null): boolean =>
  values === undefined || (value !== null && values.includes(value));

function hasValue({ customFields }: CaseState, json: string): boolean {
  const [[key, value] = []] = Object.entries(JSON.parse(json) as Record<string, unknown>);
  const own = customFields[key ?? ''];
  return own !== undefined && [value].flat().every((chosen) => [own].flat().includes(chosen as never));
}

/** What the filters say, in other words. */
function isListed(filter: CaseFilter, state: CaseState): boolean {
  const { tags, unassigned, overdue, trashed = 'no' } = filter;
  const isOverdue = state.dueAt !== null && state.dueAt < new Date().toISOString() && state.category !== 'resolved';
  return (
    isAny(filter.statuses, state.closedAt === null ? state.category : 'closed') &&
    isAny(filter.statusIds, state.statusId) &&
    isAny(filter.priorities, state.priority) &&
    isAny(filter.types, state.type) &&
    isAny(filter.sources, state.source) &&
    isAny(filter.groupIds, state.groupId) &&
    isAny(filter.assigneeIds, state.assigneeId) &&
    isAny(filter.requesterIds, state.requester.id) &&
    (tags === undefined || tags.some((tag) => state.tags.includes(tag))) &&
    (filter.customFields ?? []).every((values) => values.some((value) => hasValue(state, value))) &&
    (unassigned === undefined || unassigned === (state.assigneeId === null)) &&
    (overdue === undefined || overdue === isOverdue) &&
    within(state.createdAt, filter.createdFrom, filter.createdTo) &&
    within(state.updatedAt, filter.updatedFrom, filter.updatedTo) &&
    within(state.resolvedAt, filter.resolvedFrom, filter.resolvedTo) &&
    (trashed === 'with' || (trashed === 'only') === (state.deletedAt !== null))
  );
}

function inOrder(cases: readonly CaseState[], sort: CaseSort): string[] {
  const key = ({ id, updatedAt, dueAt }: CaseState): string => {
    const by = { created_at: id, updated_at: `${updatedAt} ${id}`, due_at: `${dueAt ?? 'without'} ${id}` };
    return by[sort.replace('-', '') as keyof typeof by];
  };
  const ascending = [...cases].sort((first, second) => (key(first) < key(second) ? -1 : 1)).map(({ id }) => id);
  return sort.startsWith('-') ? ascending.reverse() : ascending;
}

async function allPages(filter: CaseFilter, sort: CaseSort, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let position: readonly string[] | null = []; position !== null;) {
    const views = await listCases(database.pool, OUR_ACCOUNT, filter, { sort, limit, position });
    ids.push(...views.map(({ state }) => state.id));
    const last = views.at(-1);
    position = views.length < limit || last === undefined ? null : positionOf(sort, last.state);
  }
  return ids;
}

it('a list has what its filters say, once and in order, page by page, whatever runs it is merged of', async () => {
  const asked = fc.record({
    filter: filters,
    sort: fc.constantFrom(...CASE_SORTS),
    limit: fc.integer({ min: 7, max: 99 }),
  });
  await fc.assert(
    fc.asyncProperty(asked, async ({ filter, sort, limit }) => {
      const wanted = CASES.filter((state) => isListed(filter, state));
      expect(await allPages(filter, sort, limit)).toEqual(inOrder(wanted, sort));
    }),
    { numRuns: 300 },
  );
});

it('a case is listed by what marks it now, and by nothing when it is purged', async () => {
  const [first, second, third] = CASES.filter(({ tags }) => tags.includes('red')).map(({ id }) => id);
  const { pool } = database;
  await pool.query(`update cases set tags = '{green}', custom_fields = '{"model": "z"}' where id = $1`, [first]);
  await pool.query(`update cases set tags = '{}', custom_fields = '{}' where id = $1`, [second]);
  await pool.query('delete from cases where id = $1', [third]);
  expect(await allPages({ tags: ['green'], trashed: 'with' }, '-created_at', 7)).toEqual([first]);
  expect(await allPages({ customFields: [['{"model":"z"}']], trashed: 'with' }, '-created_at', 7)).toEqual([first]);
  const red = await allPages({ tags: ['red', 'blue'], trashed: 'with' }, '-created_at', 7);
  expect([first, second, third].filter((id) => red.includes(id ?? ''))).toEqual([]);
  const { rows } = await pool.query(INVARIANTS['marks'] ?? '');
  expect(rows).toEqual([]);
});
