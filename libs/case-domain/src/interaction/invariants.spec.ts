import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Interaction } from '#libs/interaction';
import {
  aCaseReference,
  actOn,
  aGroup,
  aMail,
  aMember,
  aMoment,
  anAgent,
  aSnapshot,
  openingOf,
  outlineOf,
  statusIdOf,
  stories,
  type ActStep,
  type MailStep,
  type Story,
} from '#libs/testing';
import {
  advance,
  applyChange,
  caseOf,
  decideInteraction,
  effectsOf,
  fold,
  isOpened,
  isReopenable,
  NO_EFFECTS,
  survivorOf,
  type CaseChange,
  type CaseState,
  type Changed,
  type Effects,
  type InteractionDecision,
  type Snapshot,
} from '../index.js';

const AGENTS = ['ana@acme.example', 'ben@acme.example'].map((email) => anAgent({ email }));
const [START, HOUR] = [Date.parse('2026-03-02T10:00:00.000Z'), 3_600_000];

class World {
  readonly snapshot: Snapshot;
  readonly events = new Map<string, CaseChange[]>();
  readonly caseOf = new Map<string, string>();
  readonly seen = new Set<string>();
  merges = 0;
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
    const decision = decideInteraction(interaction, this.snapshot, aMoment({ now }));
    checkDecision(decision, before, this.snapshot, now);
    const { id: interactionId, occurredAt } = interaction;
    checkCauses(decision.effects, before, { interactionId, occurredAt, at: now });
    advance(this.snapshot, decision.effects);
    const { state, joined } = outlineOf(decision);
    if (state !== null) {
      expect(this.caseOf.has(interaction.id)).toBe(false);
      this.caseOf.set(interaction.id, state.id);
      joined.forEach((ended) => this.checkMerge(ended.state, before.get(ended.state.id), decision.effects));
    }
    for (const changed of decision.effects.cases) {
      checkState(changed.state);
      this.keep(changed);
    }
  }

  private checkMerge(state: CaseState, before: CaseState | undefined, { moves }: Effects): void {
    const live = { closedAt: null, deletedAt: null };
    this.merges += 1;
    expect([before, survivorOf(state.id, this.snapshot)]).toMatchObject([live, live]);
    expect(moves).toContainEqual({ fromCaseId: state.id, toCaseId: state.mergedIntoId });
  }

  agent({ act, which, agent, hours }: ActStep): void {
    this.now += hours * HOUR;
    const cases = [...this.snapshot.cases.values()].filter((one) => one.closedAt === null && one.deletedAt === null);
    const state = cases[which % Math.max(cases.length, 1)];
    const now = new Date(this.now).toISOString();
    const other = cases.find((one) => one.id !== state?.id);
    const { account } = this.snapshot;
    const changed = state && actOn(state, act, { now, agentId: AGENTS[agent]!.id, account, other });
    if (state && changed) {
      this.snapshot.cases.set(state.id, applyChange(state, changed.change));
      this.keep(changed);
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

  private keep({ state, change }: Changed): void {
    this.events.set(state.id, [...(this.events.get(state.id) ?? []), change]);
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

type Cases = ReadonlyMap<string, CaseState>;

/** I-4, I-13, I-15 and I-19: what a decision may touch. */
function checkDecision(decision: InteractionDecision, before: Cases, snapshot: Snapshot, now: string): void {
  const { verdict, effects } = decision;
  const caseId = caseOf(verdict);
  if (caseId === null) {
    const waiting = effects.suspensions.map((change) => change.change === 'opened' && change.reason);
    expect(waiting).toEqual(verdict.outcome === 'suspended' ? [verdict.because] : []);
    expect(effects).toEqual(waiting.length === 0 ? NO_EFFECTS : effectsOf({ suspensions: effects.suspensions }));
    return;
  }
  const earlier = before.get(caseId);
  expect(earlier === undefined).toBe(isOpened(verdict));
  expect(earlier?.closedAt ?? null).toBeNull();
  expect(earlier?.deletedAt ?? null).toBeNull();
  for (const claim of effects.threads) {
    const known = snapshot.threads.get(`${claim.kind}\n${claim.value}`);
    expect(known === undefined || known.caseId === claim.caseId).toBe(true);
  }
  if (verdict.outcome === 'followed_up') {
    const { rootCaseId } = openingOf(decision).state;
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

/** Every change says that the interaction caused it, and leads from the case before it to the one beside it. */
function checkCauses({ cases }: Effects, before: Cases, cause: Partial<CaseChange>): void {
  const states = new Map(before);
  for (const { state, change } of cases) {
    expect(change).toMatchObject(cause);
    expect(applyChange(states.get(state.id) ?? null, change)).toEqual(state);
    states.set(state.id, state);
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
  it('77, I-1 to I-4, I-12, I-13 and I-15 hold, and the events of each case fold to the case', () => {
    let merged = 0;
    fc.assert(
      fc.property(stories, (told) => {
        const { snapshot, events, merges } = live(told);
        merged += merges;
        for (const [caseId, changes] of events) {
          const versions = changes.map((one) => one.changes.find((moved) => moved.field === 'version')?.to);
          expect(versions).toEqual(changes.map((_, index) => index + 1));
          expect(fold(changes)).toEqual(snapshot.cases.get(caseId));
        }
      }),
      { numRuns: 400 },
    );
    expect(merged).toBeGreaterThan(20);
  });

  it('I-14 repetitions change nothing', () => {
    fc.assert(
      fc.property(stories, (told) => {
        const counts = ({ events, caseOf }: World) => [[...events.values()].map((one) => one.length), caseOf.size];
        expect(counts(live(told, 3))).toEqual(counts(live(told)));
      }),
      { numRuns: 100 },
    );
  });
});
