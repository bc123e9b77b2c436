import fc from 'fast-check';
import { CATEGORIES } from '#libs/case-domain';
import { aCustomField, aGroup, aMember, aStatus, byId } from './builders/index.js';
import { BEN, OUTSIDER, SUPPORT_TEAM, TEAM } from './command-outcomes.js';

export const SALES_TEAM = aGroup({
  name: 'Sales',
  strategy: 'round_robin',
  members: [aMember(OUTSIDER), aMember(BEN)],
});
export const LAB = aStatus({ key: 'with_the_lab', category: 'on_hold' });
export const OLD_STATUS = aStatus({ key: 'old', category: 'pending', active: false });
const STATUSES = [...CATEGORIES.map((category) => aStatus({ category })), LAB, OLD_STATUS];
/** What wishes say of `x` and `y`. */
export const STEP_FIELDS = [aCustomField('x', { type: 'numeric' }), aCustomField('y', { type: 'numeric' })];
const some = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const agentId = fc.constantFrom(...TEAM.map(({ id }) => id));

const WISHES = {
  status: some(...CATEGORIES, 'closed' as const),
  statusId: fc.constantFrom(...STATUSES.map(({ id }) => byId(id))),
  resolution: some('Sent a new one.', ' ', null),
  priority: some('low' as const, null),
  type: some('question' as const, 'incident' as const, 'incident' as const, 'problem' as const, 'task' as const, null),
  dueOn: some('2026-03-29', '2026-07-01', null),
  problem: fc.option(fc.nat(20)),
  parent: fc.option(fc.nat(20)),
  groupId: fc.constantFrom(byId(SUPPORT_TEAM.id), byId(SALES_TEAM.id)),
  assigneeId: fc.option(agentId.map(byId)),
  tags: fc.subarray(['a', 'b', 'c']),
  customFields: fc.dictionary(some('x', 'y'), some<unknown>(1, null)),
  excludeFromAutoClose: fc.boolean(),
};

/** Wishes that fit together, which chance alone seldom finds. */
const FITTING = fc.oneof(
  fc.record({ type: some('task' as const), dueOn: some('2026-03-29'), assigneeId: some(byId(BEN.id)) }),
  fc.record({ type: some('problem' as const), assigneeId: some(byId(BEN.id)) }),
  fc.record({ type: some('incident' as const), problem: fc.nat(20) }),
  fc.record({ type: some('question' as const, null), problem: some(null) }),
  fc.record({ parent: fc.nat(20) }),
  fc.record({ status: some('pending' as const, 'open' as const), assigneeId: some(byId(BEN.id)) }),
);
const ANY = fc
  .tuple(fc.record(WISHES), fc.subarray(Object.keys(WISHES) as (keyof typeof WISHES)[], { maxLength: 4 }))
  .map(([all, keys]): Partial<typeof all> => Object.fromEntries(keys.map((key) => [key, all[key]])));

/** A wish about a few things, in which cases are named by their place among those there are. */
const wish: typeof ANY = fc.oneof(ANY, FITTING);
export type WishStep = typeof wish extends fc.Arbitrary<infer T> ? T : never;

/** Any command about any of the cases that there are, or the timer that closes. */
export const commandStep = fc.record({
  act: some(
    'create',
    'create',
    'update',
    'update',
    'update',
    'assign',
    'auto',
    'unassign',
    'resolve',
    'reopen',
    'close',
    'delete',
    'restore',
    'purge',
    'merge',
    'merge',
  ),
  sources: fc.array(fc.nat(20), { minLength: 1, maxLength: 3 }),
  which: fc.nat(20),
  agent: agentId,
  wish,
  asAgent: fc.boolean(),
});
export type CommandStep = typeof commandStep extends fc.Arbitrary<infer T> ? T : never;
