import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CALL_FOLD, type CaseState, type Snapshot, VOICEMAIL_FOLD } from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import {
  callInteractionId,
  type CallFact,
  type Interaction,
  type VoicemailFact,
  voicemailInteractionId,
} from '#libs/interaction';
import {
  aCall,
  aCallFact,
  aCallParty,
  ACCOUNT_ID,
  aGroup,
  aMember,
  aMoment,
  anAgent,
  anEndpoint,
  aSnapshot,
  aVoicemailFact,
  CALLER,
  instantAt,
  LINE,
  theCallRules,
} from '#libs/testing';
import type { Input } from '../inputs.js';
import { InteractionsPlan } from '../write/plan-interactions.js';
import { decideQuestions } from './decide-questions.js';
import { recognise } from './recognise-inputs.js';

type Fact = CallFact | VoicemailFact;

const [started, ringing, answered, ended] = aCall();
const missed = aCallFact('ended', 41, { end: { by: 'system', reason: 'no_answer' } });
const left = aVoicemailFact('left', 50, {
  callId: 'c-77',
  from: aCallParty(CALLER),
  to: aCallParty(LINE),
  recording: { id: 'r-1', status: 'pending', durationMs: 47_000 },
});
const text = aVoicemailFact('transcript', 90, { transcript: { status: 'completed', text: 'Bom dia.' } });

const ana = anAgent({ email: 'ana@acme.example', extensions: ['201'] });
const rui = anAgent({ email: 'rui@acme.example', extensions: ['202'] });

/** A ledger without a database: rows, cases and a clock, settled as the real one settles them. */
class Company {
  readonly rows = new Map<string, StoredInteraction>();
  private readonly facts = new Set<string>();
  private readonly snapshot: Snapshot = aSnapshot({
    account: { timeZone: 'Europe/Lisbon' },
    agents: [ana, rui],
    groups: [aGroup({ strategy: 'round_robin', members: [aMember(ana), aMember(rui)] })],
    lines: { [LINE]: anEndpoint(LINE) },
  });

  tell(seconds: number, ...facts: Fact[]): void {
    this.settle(seconds, facts.map(inputOf));
  }

  /** As the timer does; returns whether anything was due. */
  passTime(seconds: number): boolean {
    const now = instantAt(seconds);
    const due = [...this.rows.values()].filter(({ dueAt }) => dueAt !== null && dueAt.toISOString() <= now);
    const foldOf = ({ payload }: StoredInteraction) =>
      (JSON.parse(payload) as Interaction).channel === 'call' ? CALL_FOLD : VOICEMAIL_FOLD;
    this.settle(
      seconds,
      due.map((row) => ({ kind: 'due', due: 'interaction', fold: foldOf(row), interactionId: row.id })),
    );
    return due.length > 0;
  }

  /** What its cases say, but for when and how often they were told. */
  cases(): unknown[] {
    const bornWith = (state: CaseState) => [...this.rows.values()].filter(({ caseId }) => caseId === state.id).length;
    return [...this.snapshot.cases.values()]
      .filter(({ mergedIntoId }) => mergedIntoId === null)
      .map((state) => {
        const { id: _, rootCaseId: __, version: ___, createdAt, updatedAt, requester, submitter, ...said } = state;
        expect([createdAt <= updatedAt, requester.id === submitter.id]).toEqual([true, true]);
        return { ...said, interactions: bornWith(state) };
      });
  }

  private settle(seconds: number, inputs: readonly Input[]): void {
    const now = instantAt(seconds);
    const clock = { now, times: theCallRules() };
    const { questions } = recognise(inputs, { known: new Map(), stored: this.rows, facts: this.facts }, clock);
    const answers = decideQuestions(questions.values(), this.snapshot, aMoment({ now }), []);
    const plan = new InteractionsPlan({ accountId: ACCOUNT_ID, now });
    answers.forEach((answer) => plan.add(answer, []));
    plan.facts.forEach(({ id }) => this.facts.add(id));
    for (const row of [...plan.interactions, ...plan.revised]) {
      const { interaction, payload, caseId, visibility, outcome, decision, dueAt } = row;
      const { id } = interaction;
      this.rows.set(id, {
        id,
        revision: (this.rows.get(id)?.revision ?? 0) + 1,
        caseId,
        visibility,
        outcome,
        isRedacted: false,
        decidedAt: new Date(now),
        dueAt: dueAt ? new Date(dueAt) : null,
        payload: payload.toString(),
        decision,
        suspension: null,
      });
    }
  }
}

function inputOf(fact: Fact): Input {
  const { id, accountId } = fact;
  const [fold, interactionId] =
    fact.channel === 'call' ? [CALL_FOLD, callInteractionId(fact)] : [VOICEMAIL_FOLD, voicemailInteractionId(fact)];
  return { kind: 'fact', fold, fact: { accountId, id, interactionId, data: fact } };
}

/** Long enough for all that time ever does. */
const LATER = 7 * 24 * 3600;

function inTheEnd(company: Company): unknown[] {
  for (let day = 1; company.passTime(LATER * day); day += 1) {
    expect(day).toBeLessThan(9);
  }
  return company.cases();
}

describe('the case of a call, whether time passed before a late fact or after it', () => {
  it.each<[string, readonly Fact[]]>([
    ['missed', [started, ringing, missed]],
    ['answered', [started, ringing, answered, ended]],
    ['answered, as it turns out', [started, missed, answered]],
    ['without an end', [started, ringing]],
    ['missed, with a message and its text', [started, missed, left, text]],
  ])('%s: is the same in the end', (_, facts) => {
    const atOnce = new Company();
    atOnce.tell(100, ...facts);
    const expected = inTheEnd(atOnce);
    expect(expected).toHaveLength(1);
    const orders = fc
      .array(fc.constantFrom(...facts), { maxLength: 3 })
      .chain((again) => fc.shuffledSubarray([...facts, ...again], { minLength: facts.length + again.length }));
    const pauses = fc.array(fc.constantFrom(0, 0, 1, 5, 100, 20_000), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(orders, pauses, (order, waits) => {
        const company = new Company();
        let now = 100;
        order.forEach((fact, place) => {
          company.tell(now, fact);
          now += waits[place] ?? 0;
          company.passTime(now);
        });
        expect(inTheEnd(company)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
