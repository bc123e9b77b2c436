import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aCase,
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anAssignmentRule,
  anInteraction,
  aSnapshot,
  openingOf,
  someAssignmentRules,
  SUPPORT_ID,
} from '#libs/testing';
import type { Interaction } from '#libs/interaction';
import {
  type AssignmentRule,
  type Condition,
  decideInteraction,
  type RuleActions,
  type RuleTrace,
  type Snapshot,
} from '../index.js';

const ana = anAgent({ email: 'ana@acme.example' });
const ben = anAgent({ email: 'ben@acme.example' });
const both = [aMember(ana), aMember(ben)];
const SUPPORT = aGroup({ members: both });
const NIGHT = aGroup({ name: 'Night', members: [aMember(ben)] });
const is = (field: string, value: string | number | boolean): Condition => ({ field, op: 'is', value });
const sos: Condition = { field: 'interaction.words', op: 'contains', value: 'sos' };

function world(rules: readonly AssignmentRule[], more: Parameters<typeof aSnapshot>[0] = {}): Snapshot {
  return aSnapshot({
    agents: [ana, ben],
    groups: [SUPPORT, NIGHT],
    assignmentRules: someAssignmentRules(rules),
    ...more,
  });
}

function opened(rules: readonly AssignmentRule[], given: Partial<Interaction> = {}, more = {}) {
  const decision = decideInteraction(anInteraction(given), world(rules, more), aMoment());
  const { state, evidence, change } = { change: decision.effects.cases[0]?.change, ...openingOf(decision) };
  return { state, evidence, details: change?.details ?? {} };
}

describe('an incident', () => {
  const problem = aCase({ type: 'problem', category: 'open', assigneeId: ana.id });
  const rule = anAssignmentRule('outage', { actions: { problemId: problem.id } });

  it('of a problem is what a case becomes by a rule', () => {
    expect(opened([rule], {}, { cases: [problem] }).state).toMatchObject({ type: 'incident', problemId: problem.id });
  });

  it('is none once the problem is resolved, and none without a problem', () => {
    const resolved = { ...problem, category: 'resolved' as const };
    const late = opened([rule], {}, { cases: [resolved] });
    expect(late.state).toMatchObject({ type: null, problemId: null });
    expect(late.evidence.rules?.[0]?.skipped).toEqual([{ action: 'problem_id', because: 'not_a_problem' }]);
    const alone = opened([anAssignmentRule('alone', { actions: { type: 'incident' } })]);
    expect(alone.state.type).toBeNull();
    expect(alone.evidence.rules?.[0]?.skipped).toEqual([{ action: 'type', because: 'problem_required' }]);
  });

  it('is none of a case to which a rule before gave another type', () => {
    const question = anAssignmentRule('question', { actions: { type: 'question' } });
    expect(opened([question, rule], {}, { cases: [problem] }).state).toMatchObject({
      type: 'question',
      problemId: null,
    });
    const later = opened([rule, question], {}, { cases: [problem] });
    expect(later.state).toMatchObject({ type: 'incident', problemId: problem.id });
  });
});

const actions: fc.Arbitrary<RuleActions> = fc.record(
  {
    groupId: fc.constantFrom(SUPPORT_ID, NIGHT.id),
    assigneeId: fc.constantFrom(ana.id, ben.id),
    priority: fc.constantFrom('low', 'urgent'),
    type: fc.constantFrom('question', 'problem'),
    tagsAdd: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
  },
  { requiredKeys: [] },
);
const asked = fc.constantFrom<Condition>(is('interaction.channel', 'email'), is('interaction.channel', 'call'), sos);

it('rules in their order, with what stops: as a model of a few lines says', () => {
  const list = fc.array(
    fc.record({
      match: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(asked, { minLength: 1, maxLength: 3 }),
      actions,
      stop: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(list, fc.boolean(), (given, isSos) => {
      const rules = given.map((one, index) => anAssignmentRule(`rule ${index}`, one));
      const subject = isSos ? 'sos' : 'hello';
      const { state, evidence } = opened(rules, { content: { subject, text: '', attachments: [] } });
      const holds = (condition: Condition): boolean =>
        condition === sos ? isSos : 'value' in condition && condition.value === 'email';
      const held = rules.map(({ match, conditions }) =>
        match === 'all' ? conditions.every(holds) : conditions.some(holds),
      );
      const end = rules.findIndex(({ stop }, index) => stop && held[index] === true);
      const looked = end < 0 ? rules : rules.slice(0, end + 1);
      const matched = looked.filter((_, index) => held[index]).map((one) => one.actions);
      const first = <Name extends keyof RuleActions>(name: Name) =>
        matched.find((one) => one[name] !== undefined)?.[name];
      const groupId = first('groupId') ?? SUPPORT_ID;
      const assigneeId = first('assigneeId');
      const isMember = assigneeId !== undefined && (groupId === SUPPORT_ID || assigneeId === ben.id);
      expect(state).toMatchObject({
        groupId,
        assigneeId: isMember ? assigneeId : null,
        priority: first('priority') ?? null,
        type: first('type') ?? null,
      });
      expect([...state.tags].sort()).toEqual([...new Set(matched.flatMap((one) => one.tagsAdd ?? []))].sort());
      expect((evidence.rules ?? []).map((trace: RuleTrace) => trace.holds)).toEqual(held.slice(0, looked.length));
    }),
    { numRuns: 300 },
  );
});
