import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HANDLINGS, type Interaction, TRUST_VERDICTS } from '#libs/interaction';
import { aCaseId, aCaseReference, aGroup, aMail, aMember, anAgent, aSnapshot, statusIdOf } from '#libs/testing';
import {
  advance,
  applyChange,
  changeCase,
  closeDue,
  decide,
  fold,
  isReopenable,
  survivorOf,
  type CaseChange,
  type CaseFields,
  type CaseJoin,
  type CaseState,
  type Decision,
  type Snapshot,
} from '../index.js';

const AGENTS = ['ana@acme.example', 'ben@acme.example'].map((email) => anAgent({ email }));
const SENDERS = ['carol@example.org', 'dan@example.org', 'mallory@example.net', 'ana@acme.example'];
const [START, HOUR] = [Date.parse('2026-03-02T10:00:00.000Z'), 3_600_000];

/** One thing that happens: a mail, or what an agent or a timer does to one of the cases. */
const mailStep = fc.record({
  act: fc.constant('mail' as const),
  name: fc.nat(15),
  from: fc.constantFrom(...SENDERS),
  cc: fc.subarray(SENDERS),
  references: fc.array(fc.nat(15), { maxLength: 3 }),
  token: fc.option(fc.nat(), { freq: 4 }),
  handling: fc.constantFrom('ordinary', ...HANDLINGS),
  direction: fc.constantFrom('inbound', 'inbound', 'inbound', 'outbound'),
  verdict: fc.constantFrom(...TRUST_VERDICTS),
});
const agentStep = fc.record({
  act: fc.constantFrom('own', 'wait', 'resolve', 'close', 'trash', 'merge'),
  which: fc.nat(),
  agent: fc.nat(1),
  hours: fc.nat(200),
});
const story = fc.record({
  steps: fc.array(fc.oneof({ weight: 3, arbitrary: mailStep }, { weight: 2, arbitrary: agentStep }), { maxLength: 40 }),
  strategy: fc.constantFrom('manual', 'round_robin', 'least_open', 'least_open_pct', 'skills'),
  reopenPolicy: fc.constantFrom('until_closed', 'window', 'never'),
  followUpInheritAssignee: fc.boolean(),
  capacity: fc.option(fc.integer({ min: 1, max: 2 })),
});
type MailStep = typeof mailStep extends fc.Arbitrary<infer T> ? T : never;
type AgentStep = typeof agentStep extends fc.Arbitrary<infer T> ? T : never;
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

class World {
  readonly snapshot: Snapshot;
  readonly events = new Map<string, CaseChange[]>();
  readonly caseOf = new Map<string, string>();
  readonly seen = new Set<string>();
  private now = START;

  constructor({ strategy, reopenPolicy, followUpInheritAssignee, capacity }: Story) {
    const members = AGENTS.map((agent) => aMember(agent, { capacity }));
    this.snapshot = aSnapshot({
      agents: AGENTS,
      groups: [aGroup({ strategy, members })],
      account: { reopenPolicy, reopenWindowDays: 2, followUpInheritAssignee },
    });
  }

  mail(step: MailStep): void {
    const interaction = this.interaction(step);
    // The claim of the interaction row drops repetitions before they are decided.
    if (this.seen.size === this.seen.add(interaction.id).size) {
      return;
    }
    const before = new Map(this.snapshot.cases);
    const now = new Date(this.now).toISOString();
    const decision = decide(interaction, this.snapshot, { now, newCaseId: aCaseId() });
    checkDecision(decision, before, this.snapshot, now);
    advance(this.snapshot, decision);
    if (decision.kind === 'create' || decision.kind === 'attach') {
      expect(this.caseOf.has(interaction.id)).toBe(false);
      this.caseOf.set(interaction.id, decision.state.id);
      this.keep(decision.state.id, decision.changes);
      checkState(decision.state);
      (decision.joins ?? []).forEach((join) => this.merge(join, before.get(join.state.id)));
    }
  }

  private merge({ state, changes }: CaseJoin, before: CaseState | undefined): void {
    const live = { closedAt: null, deletedAt: null };
    expect([before, survivorOf(state.id, this.snapshot)]).toMatchObject([live, live]);
    this.keep(state.id, changes);
    checkState(state);
  }

  agent({ act, which, agent, hours }: AgentStep): void {
    this.now += hours * HOUR;
    const cases = [...this.snapshot.cases.values()].filter((one) => one.closedAt === null && one.deletedAt === null);
    const state = cases[which % Math.max(cases.length, 1)];
    const now = new Date(this.now).toISOString();
    const change = state && agentChange(state, act, { now, agentId: AGENTS[agent]!.id, cases, world: this.snapshot });
    if (state && change) {
      this.snapshot.cases.set(state.id, applyChange(state, change));
      this.keep(state.id, [change]);
    }
  }

  private interaction(step: MailStep): Interaction {
    const cases = [...this.snapshot.cases.keys()];
    const token = step.token === null ? undefined : cases[step.token % Math.max(cases.length, 1)];
    const mail = aMail({
      messageId: `<m${step.name}@x>`,
      from: step.from,
      cc: step.cc,
      references: step.references.map((name) => `<m${name}@x>`),
    });
    const references = [...(token === undefined ? [] : [aCaseReference(token)]), ...mail.references];
    const { handling, direction } = step;
    return { ...mail, references, handling, direction, trust: { verdict: step.verdict, reason: '' } };
  }

  private keep(caseId: string, changes: readonly CaseChange[]): void {
    this.events.set(caseId, [...(this.events.get(caseId) ?? []), ...changes]);
  }
}

interface Act {
  readonly now: string;
  readonly agentId: string;
  readonly cases: readonly CaseState[];
  readonly world: Snapshot;
}

function agentChange(state: CaseState, act: AgentStep['act'], { now, agentId, cases, world }: Act): CaseChange | null {
  const cause = { actor: { kind: 'agent', id: agentId }, details: {}, at: now } as const;
  const edit = (kind: CaseChange['kind'], fields: CaseFields) => changeCase(state, kind, fields, cause).change;
  const solved = {
    category: 'resolved',
    statusId: statusIdOf('resolved'),
    resolvedAt: now,
    resolution: 'Done',
  } as const;
  const unresolved = state.category !== 'resolved';
  const other = cases.find((one) => one.id !== state.id);
  switch (act) {
    case 'own':
      return unresolved
        ? edit('assigned', { category: 'open', statusId: statusIdOf('open'), assigneeId: agentId })
        : null;
    case 'wait':
      return unresolved
        ? edit('status_changed', { category: 'pending', statusId: statusIdOf('pending'), assigneeId: agentId })
        : null;
    case 'resolve':
      return unresolved ? edit('resolved', { ...solved, resolutionSource: 'agent', assigneeId: agentId }) : null;
    case 'close':
      return closeDue(state, world.account, now);
    case 'trash':
      return edit('closed', { deletedAt: now });
    case 'merge':
      return other
        ? edit('closed', {
            ...solved,
            resolutionSource: 'merge',
            closedAt: now,
            closedReason: 'merged',
            mergedIntoId: other.id,
          })
        : null;
  }
}

/** I-1 to I-4, as far as one case shows them. */
function checkState(state: CaseState): void {
  const settled = state.category === 'resolved';
  expect(settled || (state.category === 'new') === (state.assigneeId === null)).toBe(true);
  expect(state.assigneeId === null || AGENTS.some((agent) => agent.id === state.assigneeId)).toBe(true);
  expect(settled).toBe(state.resolvedAt !== null);
  expect(state.closedAt === null || settled).toBe(true);
  expect((state.closedAt === null) === (state.closedReason === null)).toBe(true);
  expect(state.statusId).toBe(statusIdOf(state.category));
}

/** I-4, I-13, I-15 and I-19: what a decision may touch. */
function checkDecision(decision: Decision, before: Map<string, CaseState>, snapshot: Snapshot, now: string): void {
  if (decision.kind === 'record' || decision.kind === 'suspend') {
    return;
  }
  const earlier = before.get(decision.state.id);
  expect(earlier === undefined).toBe(decision.kind === 'create');
  expect(earlier?.closedAt ?? null).toBeNull();
  expect(earlier?.deletedAt ?? null).toBeNull();
  for (const claim of decision.threads) {
    const known = snapshot.threads.get(`${claim.kind}\n${claim.value}`);
    expect(known === undefined || known.caseId === claim.caseId).toBe(true);
  }
  if (decision.kind === 'create' && decision.relation?.kind === 'follow_up') {
    const rootCaseId = decision.state.rootCaseId;
    const usable = [...before.values()].filter(
      (one) =>
        one.rootCaseId === rootCaseId &&
        one.closedAt === null &&
        one.deletedAt === null &&
        (one.category !== 'resolved' || isReopenable(one, snapshot, now)),
    );
    expect(usable).toEqual([]);
  }
}

function live(told: Story, repeats = 1): World {
  const world = new World(told);
  for (const step of told.steps) {
    for (let time = 0; time < repeats; time += 1) {
      if (step.act === 'mail') {
        world.mail(step);
      } else if (time === 0) {
        world.agent(step);
      }
    }
  }
  return world;
}

describe('whatever happens in whatever order', () => {
  it('I-1 to I-4, I-12, I-13, I-15 hold, and 77 the events of each case fold to the case', () => {
    fc.assert(
      fc.property(story, (told) => {
        const { snapshot, events } = live(told);
        for (const [caseId, changes] of events) {
          const versions = changes.map((one) => one.changes.find((moved) => moved.field === 'version')?.to);
          expect(versions).toEqual(changes.map((_, index) => index + 1));
          expect(fold(changes)).toEqual(snapshot.cases.get(caseId));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('I-14 repetitions change nothing', () => {
    fc.assert(
      fc.property(story, (told) => {
        const counts = ({ events, caseOf }: World) => [[...events.values()].map((one) => one.length), caseOf.size];
        expect(counts(live(told, 3))).toEqual(counts(live(told)));
      }),
      { numRuns: 100 },
    );
  });
});
