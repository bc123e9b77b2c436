import { describe, expect, it } from '@jest/globals';
import { decideRejected, effectsOf, reviseInteraction, type RevisionDecision } from '#libs/case-domain';
import type { StoredInteraction } from '#libs/case-store';
import type { Interaction } from '#libs/interaction';
import { ACCOUNT_ID, aMoment, anAgent, anInteraction, aSnapshot } from '#libs/testing';
import type { Answer } from '../decide/decide-questions.js';
import { decidedIn } from '../decide/questions.js';
import { InteractionsPlan } from './plan-interactions.js';

const NOW = '2026-03-02T10:00:00.000Z';
const EARLIER = '2026-03-02T09:30:00.000Z';
const EVENT = { caseId: 'case', seq: 2 };

function aRow(interaction: Interaction, overrides: Partial<StoredInteraction> = {}): StoredInteraction {
  return {
    id: interaction.id,
    revision: 4,
    caseId: 'case',
    visibility: 'public',
    outcome: 'created',
    isRedacted: false,
    decidedAt: new Date(EARLIER),
    dueAt: null,
    payload: JSON.stringify(interaction),
    decision: '{"as":"it was"}',
    suspension: null,
    ...overrides,
  };
}

/** The answer about facts, as it is decided. */
function aFold(interaction: Interaction, stored: StoredInteraction | null, waits = false): Answer {
  const folded = { interaction, waits };
  const snapshot = aSnapshot({ agents: [anAgent()] });
  const before = stored === null ? null : interaction;
  const question = { kind: 'fold', folded, stored, before, factIds: ['fact'] } as const;
  const decision: RevisionDecision = reviseInteraction(decidedIn(question), folded, snapshot, aMoment());
  return { kind: 'fold', question, decision };
}

function planned(answer: Answer, events = [EVENT]): InteractionsPlan {
  const plan = new InteractionsPlan({ accountId: ACCOUNT_ID, now: NOW });
  plan.add(answer, events);
  return plan;
}

const spoof = (): Interaction =>
  anInteraction({ sender: { kind: 'email', value: 'ana@acme.example' }, trust: { verdict: 'fail', reason: '' } });

describe('InteractionsPlan, of facts', () => {
  it('inserts what has no row, with its fact, and names it for the relay', () => {
    const call = anInteraction();
    const { interactions, revised, facts, news } = planned(aFold(call, null));
    expect(interactions).toMatchObject([
      { interaction: call, outcome: 'created', endpoints: ['mailbox:support@acme.example'] },
    ]);
    expect([revised, facts]).toEqual([[], [{ id: 'fact', interactionId: call.id }]]);
    expect(news).toMatchObject([{ interactionId: call.id, events: [EVENT] }]);
  });

  it('has nothing to tell of what goes on', () => {
    const { interactions, news, records } = planned(aFold(anInteraction(), null, true), []);
    expect(interactions).toMatchObject([{ outcome: 'waiting', caseId: null, visibility: 'internal' }]);
    expect([news, records]).toEqual([[], []]);
  });

  it('leaves what was decided as it stands, and tells nobody of it again', () => {
    const call = anInteraction({ endpoint: null });
    const stored = aRow(call);
    const { interactions, revised, news } = planned(aFold(call, stored), []);
    expect(interactions).toEqual([]);
    expect(revised).toMatchObject([
      {
        before: stored,
        outcome: 'created',
        caseId: 'case',
        decision: stored.decision,
        decidedAt: new Date(EARLIER).toISOString(),
        endpoints: [],
      },
    ]);
    expect(news).toEqual([]);
  });

  it('decides what has waited over its row, now', () => {
    const call = anInteraction();
    const { revised } = planned(aFold(call, aRow(call, { outcome: 'waiting', caseId: null })));
    expect(revised).toMatchObject([{ outcome: 'created', decidedAt: NOW, before: { revision: 4 } }]);
  });

  it('tells what begins to wait for a person as the revision that begins it, and its events beside it', () => {
    const call = spoof();
    const first = planned(aFold(call, null));
    const later = planned(aFold(call, aRow(call, { outcome: 'waiting', caseId: null })));
    const ids = [first, later].map(({ records }) => records.map(({ headers }) => headers['ce_id']));
    expect(ids.map(({ length }) => length)).toEqual([1, 1]);
    expect(ids[0]).not.toEqual(ids[1]);
    expect(first.news).toMatchObject([{ interactionId: null, events: [EVENT] }]);
    // Further facts change nothing of that.
    const again = planned(aFold(call, aRow(call, { outcome: 'suspended', caseId: null })), []);
    expect([again.records, again.news]).toEqual([[], []]);
  });
});

describe('InteractionsPlan, of words and what is due', () => {
  it('changes nothing of what is rejected but its end and when that was decided, and tells that with what follows', () => {
    const interaction = spoof();
    const stored = aRow(interaction, { outcome: 'suspended', caseId: null });
    const word = { change: 'rejected', by: 'a person', note: 'phishing' } as const;
    const question = { kind: 'rejection', interaction, stored, word } as const;
    const { revised, records, news } = planned({
      kind: 'rejection',
      question,
      decision: decideRejected(interaction.id, word),
    });
    const { payload, decision, visibility } = stored;
    expect(revised).toMatchObject([
      { payload, decision, visibility, outcome: 'rejected', caseId: null, endpoints: null, decidedAt: NOW },
    ]);
    expect(records.map(({ headers }) => headers['ce_type'])).toEqual(['io.casewright.interaction.rejected.v1']);
    expect(news).toMatchObject([{ interactionId: null, events: [EVENT] }]);
  });

  it.each([
    ['something', [EVENT], 1],
    ['nothing', [], 0],
  ])('has %s to tell of what was due when that changed as much', (_, events, count) => {
    const decision = { verdict: { outcome: 'not_due' }, effects: effectsOf({}), evidence: null } as const;
    const question = { kind: 'due', due: { due: 'auto_close', caseId: 'case' } } as const;
    expect(planned({ kind: 'due', question, decision }, events).news).toHaveLength(count);
  });
});
